import { Ollama } from "ollama";
import { AppError } from "#core/lib/errors.ts";
import type { Clock, ModelCall, ModelHost, ModelOutcome } from "#core/ports.ts";
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
  const bounds = { ...hostLimits, ...limits };
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
      const giveUp = new AbortController();
      const either = AbortSignal.any([signal, giveUp.signal]);
      using watching = watchdog(clock, bounds, (reason) => giveUp.abort(new GivenUp(reason)));
      const said = { text: "", pieces: 0 };
      try {
        const client = new Ollama({ host: url, fetch: fetchWith(either) });
        const options = { ...modelOptions[call.model], num_predict: call.outputTokensMax };
        for await (const part of await streamOf(client, call, options)) {
          watching.alive();
          if (part.text !== "") {
            said.text += part.text;
            said.pieces += 1;
            if (isOverlong(call, said.text)) giveUp.abort(new GivenUp("overlong"));
            either.throwIfAborted();
            onToken?.(part.text);
          }
          if (part.done) return ended(part, said.text);
        }
        throw new Error("Did not receive done");
      } catch (error) {
        const outcome = failureOf(error, either, { prompt: 0, output: said.pieces });
        if (!either.aborted) giveUp.abort(error);
        return outcome;
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
async function streamOf(client: Ollama, call: ModelCall, options: object): Promise<AsyncIterable<Part>> {
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
    return map(parts, (part) => partOf(part, part.message?.content));
  }
  const of = (isSystem: boolean) =>
    call.messages.flatMap(({ role, content }) => ((role === "system") === isSystem ? [content] : [])).join("\n\n");
  const parts = await client.generate({ ...shared, system: of(true), prompt: of(false) });
  return map(parts, (part) => partOf(part, part.response));
}

type Raw = { done?: boolean; done_reason?: string; prompt_eval_count?: number; eval_count?: number };

function partOf(raw: Raw, text: unknown): Part {
  if (typeof text !== "string") throw new Error("a line of the stream is not an answer's");
  const { done = false, done_reason: reason = "stop", prompt_eval_count: prompt = 0, eval_count: output = 0 } = raw;
  return { text, done, reason, prompt, output };
}

async function* map<In, Out>(all: AsyncIterable<In>, change: (each: In) => Out): AsyncIterable<Out> {
  for await (const each of all) yield change(each);
}

function ended({ reason, prompt, output }: Part, text: string): ModelOutcome {
  const tokens = { prompt, output };
  // It ran into its limit: there is no telling what is missing.
  if (reason === "length") return { status: "failed", reason: "overlong", isHostFault: false, tokens };
  return { status: "answered", text, tokens };
}

const namesOf = (models: readonly { readonly name: string }[]): ReadonlySet<string> =>
  new Set(models.flatMap(({ name }) => (name.endsWith(":latest") ? [name, name.slice(0, -":latest".length)] : [name])));
