import { AppError, type ErrorCode } from "#core/lib/errors.ts";

/** The one place where what the driver throws becomes an AppError. What it does not know is our bug and goes on as it is. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw appErrorOf(error) ?? error;
  }
}

export function appErrorOf(error: unknown): AppError | null {
  if (error instanceof AppError) return error;
  const { code, message } = driverErrorOf(error);
  const known = (code === null ? null : byCode(code)) ?? byMessage(message);
  return known === null ? null : new AppError(known, words[known], { cause: error });
}

/** The constraint that an insert or update would have broken, or null. */
export function brokenUnique(error: unknown): string | null {
  const { code, constraint } = driverErrorOf(error);
  return code === "23505" ? constraint : null;
}

/** Postgres undid the whole statement and says that running it again makes sense. */
export function isDeadlock(error: unknown): boolean {
  const { code } = driverErrorOf(error);
  return code === "40P01" || code === "40001";
}

type Known = Extract<ErrorCode, "UNAVAILABLE" | "TIMEOUT" | "INVALID_INPUT">;

const words: Record<Known, string> = {
  UNAVAILABLE: "The database cannot be reached just now.",
  TIMEOUT: "The database took too long to answer.",
  INVALID_INPUT: "This holds something that cannot be stored.",
};

const unavailable = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  // A unix socket whose server is gone.
  "ENOENT",
  // Shut down by an administrator, crashed, not up yet, dropped for idling.
  "57P01",
  "57P02",
  "57P03",
  "57P05",
  "25P03",
  // A standby that has not been promoted.
  "25006",
]);

function byCode(code: string): Known | null {
  if (unavailable.has(code)) return "UNAVAILABLE";
  // Connection exceptions, a password or database that is not (yet) there, no more connections or space, lost races.
  if (/^(08|28|3D|53|58|40)/.test(code)) return "UNAVAILABLE";
  if (code === "57014" || code === "55P03") return "TIMEOUT";
  // Data exceptions: a NUL in a text, a number out of range.
  if (code.startsWith("22")) return "INVALID_INPUT";
  return null;
}

// `pg` gives these no code.
function byMessage(message: string): Known | null {
  if (/query read timeout/i.test(message)) return "TIMEOUT";
  return /connection terminated|timeout exceeded when trying to connect|connection error and is not queryable|client was closed|timeout expired/i.test(
    message,
  )
    ? "UNAVAILABLE"
    : null;
}

const causesMax = 4;

function driverErrorOf(error: unknown): { code: string | null; constraint: string | null; message: string } {
  let found = error;
  // drizzle wraps what the driver threw; a refused connection to a name with several addresses is an AggregateError with a code.
  for (
    let depth = 0;
    depth < causesMax && found instanceof Error && (found instanceof AppError || !("code" in found));
    depth++
  ) {
    if (!(found.cause instanceof Error)) break;
    found = found.cause;
  }
  if (!(found instanceof Error)) return { code: null, constraint: null, message: "" };
  const { code, constraint } = found as { code?: unknown; constraint?: unknown };
  return {
    code: typeof code === "string" ? code : null,
    constraint: typeof constraint === "string" ? constraint : null,
    message: found.message,
  };
}
