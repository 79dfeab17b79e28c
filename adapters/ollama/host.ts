import { Ollama } from "ollama";
import { AppError } from "#core/lib/errors.ts";
import type { ModelCall, ModelHost, ModelOutcome } from "#core/ports/models.ts";
import type { Clock } from "#core/ports/system.ts";
import { isOverlong } from "#core/llm/check-output.ts";
import { failureOf, GivenUp } from "./failure.ts";
import { fetchWith } from "./fetch-with.ts";
import { watchdog } from "./watchdog.ts";

export type OllamaHostOptions = {
  readonly url: string;
  readonly clock: Clock;
  /** Of each model, the same in every request: a change of runner options makes the host load the model anew. */
  readonly modelOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly limits?: Partial<HostLimits>;
};
export type HostLimits = {
  /** Until the first token, loading included. */
  readonly firstTokenMs: number;
  /** Between tokens. */
  readonly stallMs: number;
  readonly totalMs: number;
};
export const hostLimits: HostLimits = { firstTokenMs: 60_000, stallMs: 10_000, totalMs: 180_000 };

const keepAlive = "30m";

/** A server of Ollama. */
export function ollamaHost({ url, clock, modelOptions, limits }: OllamaHostOptions): ModelHost {
  const dog = watchdog(clock, { ...hostLimits, ...limits });
  return {
    async look(signal) {
      const client = new Ollama({ host: url, fetch: fetchWith(signal) });
      try {
        const [tags, running] = await Promise.all([client.list(), client.ps()]);
        return { models: namesOf(tags.models), loaded: namesOf(running.models) };
      } catch (cause) {
        throw new AppError("UNAVAILABLE", "A model host does not answer.", { retryAfterS: 1, cause });
      }
    },

    async run(call, { signal, onToken }) {
      // No composite signal: it costs more than the rest of the call.
      const stop = new AbortController();
      const cancel = () => stop.abort(signal.reason);
      if (signal.aborted) cancel();
      signal.addEventListener("abort", cancel, { once: true });
      using watching = dog.watch((reason) => stop.abort(new GivenUp(reason)));
      const said = { text: "", pieces: 0 };
      try {
        const client = new Ollama({ host: url, fetch: fetchWith(stop.signal) });
        const options = { ...modelOptions[call.model], num_predict: call.outputTokensMax };
        const { parts, textOf } = await streamOf(client, call, options);
        for await (const raw of parts) {
          watching.alive();
          const part = partOf(raw, textOf(raw));
          if (part.text !== "") {
            said.text += part.text;
            said.pieces += 1;
            if (isOverlong(call, said.text)) stop.abort(new GivenUp("overlong"));
            stop.signal.throwIfAborted();
            onToken?.(part.text);
          }
          if (part.done) return ended(part, said.text);
        }
        throw new Error("Did not receive done");
      } catch (error) {
        const outcome = failureOf(error, stop.signal, { prompt: 0, output: said.pieces });
        if (!stop.signal.aborted) stop.abort(error);
        return outcome;
      } finally {
        signal.removeEventListener("abort", cancel);
      }
    },
  };
}

type Part = {
  readonly text: string;
  readonly done: boolean;
  readonly reason: string;
  readonly prompt: number;
  readonly output: number;
};

/** Always streamed, also where the answer is wanted whole: only so is a stall seen. */
async function streamOf(client: Ollama, call: ModelCall, options: object): Promise<Stream> {
  const { model, schema } = call;
  const shared = {
    model,
    options,
    keep_alive: keepAlive,
    stream: true,
    ...(schema !== undefined && { format: schema }),
  } as const;
  if (call.mode === "chat") {
    const parts = await client.chat({ ...shared, messages: call.messages.map((message) => ({ ...message })) });
    return { parts, textOf: ({ message }) => message?.content };
  }
  const of = (isSystem: boolean) =>
    call.messages.flatMap(({ role, content }) => ((role === "system") === isSystem ? [content] : [])).join("\n\n");
  const parts = await client.generate({ ...shared, system: of(true), prompt: of(false) });
  return { parts, textOf: ({ response }) => response };
}

type Stream = { readonly parts: AsyncIterable<Raw>; readonly textOf: (raw: Raw) => unknown };
type Raw = {
  readonly message?: { readonly content?: unknown };
  readonly response?: unknown;
  readonly done?: boolean;
  readonly done_reason?: string;
  readonly prompt_eval_count?: number;
  readonly eval_count?: number;
};

function partOf(raw: Raw, text: unknown): Part {
  if (typeof text !== "string") throw new Error("a line of the stream is not an answer's");
  const { done = false, done_reason: reason = "stop", prompt_eval_count: prompt = 0, eval_count: output = 0 } = raw;
  return { text, done, reason, prompt, output };
}

function ended({ reason, prompt, output }: Part, text: string): ModelOutcome {
  const tokens = { prompt, output };
  // It ran into its limit: there is no telling what is missing.
  if (reason === "length") return { status: "failed", reason: "overlong", isHostFault: false, tokens };
  return { status: "answered", text, tokens };
}

const namesOf = (models: readonly { readonly name: string }[]): ReadonlySet<string> =>
  new Set(models.flatMap(({ name }) => (name.endsWith(":latest") ? [name, name.slice(0, -":latest".length)] : [name])));
