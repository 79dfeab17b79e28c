import { createHash } from "node:crypto";
import { Redis as Client } from "@upstash/redis";
import { AppError } from "#core/lib/errors.ts";
import type { Clock, Log } from "#core/ports/system.ts";
import { systemClock } from "../system-clock.ts";
import { type Answer, type BatchLimits, batches } from "./batches.ts";

/** A Redis behind Upstash's REST API. Whatever goes wrong with it comes out as UNAVAILABLE or TIMEOUT, within three seconds. */
export type Redis = Disposable & {
  /** Before every key, so that several stages can share one database. */
  readonly prefix: string;
  /** One script is one atomic step. */
  run(script: Script, call: Call): Promise<unknown>;
  get(key: string): Promise<string | null>;
  /** Resolves when Redis answers. */
  ping(): Promise<void>;
};

export type Script = { readonly text: string; readonly sha1: string };

export type Call = {
  readonly keys: readonly string[];
  readonly args: readonly (string | number)[];
  /** Running it twice does no more harm than not knowing whether it ran: it may be tried again. */
  readonly isRepeatable?: boolean;
};

export type RedisOptions = {
  readonly url: string;
  readonly token: string;
  readonly log: Log;
  readonly prefix?: string;
  readonly clock?: Clock;
  readonly limits?: Partial<BatchLimits & { readonly requestMsMax: number }>;
};

/** With the wait before it, at most two and a half seconds. */
const requestMsMax = 1500;

type Pipeline = ReturnType<Client["pipeline"]>;
type AddTo = (pipeline: Pipeline) => unknown;

/** Lua 5.1 without a shebang: Redis 7.0 refuses those that Upstash knows. */
export function script(text: string): Script {
  return { text, sha1: createHash("sha1").update(text).digest("hex") };
}

/** Connects with every request: a Redis that is not there yet is UNAVAILABLE, not a failed start. */
export function connectRedis({ url, token, log, prefix = "tw:", clock = systemClock, limits }: RedisOptions): Redis {
  const timeoutMs = limits?.requestMsMax ?? requestMsMax;
  const client = new Client({
    url,
    token,
    // What is retried, and put together, is decided in batches.ts: this client would send an append twice. `retry: false` tries twice.
    retry: { retries: 0 },
    enableAutoPipelining: false,
    automaticDeserialization: false,
    enableTelemetry: false,
    // Given as a signal, and not as a function, it would make up a successful answer when aborted.
    signal: () => AbortSignal.timeout(timeoutMs),
  });
  const exec = async (commands: readonly AddTo[]): Promise<readonly Answer[]> => {
    const pipeline = client.pipeline();
    for (const add of commands) add(pipeline);
    return pipeline.exec({ keepErrors: true });
  };
  const queue = batches({ exec, clock, ...(limits !== undefined && { limits }) });
  const observed = observer(log);

  const evaluate = async ({ text, sha1 }: Script, { keys, args, isRepeatable = false }: Call) => {
    const chars = sum(keys) + sum(args);
    const [theKeys, theArgs] = [[...keys], [...args]];
    try {
      return await queue.send({ content: (pipeline) => pipeline.evalsha(sha1, theKeys, theArgs), chars, isRepeatable });
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
      // Redis forgets scripts when it starts; it refused, so nothing has run.
      return queue.send({
        content: (pipeline) => pipeline.eval(text, theKeys, theArgs),
        chars: chars + text.length,
        isRepeatable,
      });
    }
  };
  const simple = (content: AddTo, chars: number) => queue.send({ content, chars, isRepeatable: true });

  return {
    prefix,
    run: (given, call) => observed(evaluate(given, call)),
    get: async (key) => (await observed(simple((pipeline) => pipeline.get(key), key.length))) as string | null,
    ping: async () => void (await observed(simple((pipeline) => pipeline.ping(), 0))),
    [Symbol.dispose]: () => queue[Symbol.dispose](),
  };
}

function sum(words: readonly (string | number)[]): number {
  return words.reduce<number>((chars, word) => chars + (typeof word === "string" ? word.length : 16), 0);
}

/** One line when Redis goes, and one when it is back: not one for every command that failed meanwhile. */
function observer(log: Log): <T>(work: Promise<T>) => Promise<T> {
  let isAway = false;
  return async (work) => {
    try {
      const result = await work;
      if (isAway) log.info({}, "Redis answers again");
      isAway = false;
      return result;
    } catch (error) {
      const isServing = !(error instanceof AppError);
      if (!isServing && !isAway) log.warn({ error }, "Redis does not answer");
      isAway = !isServing;
      throw error;
    }
  };
}
