import { AppError } from "#core/lib/errors.ts";

/** What became of a command that failed. `wasSent`: it may have run all the same. */
export type Failure = { readonly error: Error; readonly wasSent: boolean };

/** The one place where what goes wrong on the way to Redis becomes an AppError. */
export function requestFailure(thrown: unknown): Failure {
  const code = codeOf(thrown);
  if (thrown instanceof DOMException && thrown.name === "TimeoutError")
    return { error: new AppError("TIMEOUT", "The session store took too long to answer."), wasSent: true };
  if (code !== null && notSent.has(code)) return { error: unavailable(thrown), wasSent: false };
  // TypeError is what fetch throws, and the client where an answer is not what it expects.
  if (thrown instanceof TypeError) return { error: unavailable(thrown), wasSent: true };
  if (thrown instanceof Error && thrown.name.startsWith("Upstash"))
    return { error: unavailable(withoutData(thrown)), wasSent: true };
  return { error: thrown instanceof Error ? thrown : new Error(String(thrown)), wasSent: true };
}

/** What Redis itself said to one command. It is our bug unless it is one of the ways in which Redis says "not now". */
export function replyFailure(reply: string): Error {
  const error = new Error(reply.slice(0, replyCharsMax));
  return /^(LOADING|BUSY|READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|OOM|MISCONF|NOREPLICAS|ERR max )/.test(reply)
    ? unavailable(error)
    : error;
}

const replyCharsMax = 300;

export function unavailable(cause?: unknown): AppError {
  return new AppError("UNAVAILABLE", "The session store cannot be reached just now.", { cause, retryAfterS: 1 });
}

const notSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);

function codeOf(thrown: unknown): string | null {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : null;
}

/** The client ends its messages with the commands, which hold what players said, or quotes the answer, which may. */
function withoutData(error: Error): Error {
  if (error.name === "UpstashJSONParseError") return new Error("the answer was not JSON");
  return new Error(error.message.replace(/, command was: [^]*$/, "").slice(0, replyCharsMax));
}
