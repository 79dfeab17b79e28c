import { AppError } from "#core/lib/errors.ts";
import type { Clock } from "#core/ports/system.ts";
import { type Failure, replyFailure, requestFailure } from "./errors.ts";
import { type InLine, type WaitingLimits, type WaitingLine, waitingLine } from "./waiting-line.ts";

/** What Redis answered to one command. */
export type Answer = { readonly result?: unknown; readonly error?: string | undefined };

export type Command<T> = {
  /** What goes into a request; opaque here. */
  readonly content: T;
  readonly chars: number;
  /** Running it twice does no more harm than not knowing whether it ran. */
  readonly isRepeatable: boolean;
};

export type BatchLimits = WaitingLimits & {
  /** Requests under way. Commands that come meanwhile go together in the next one. */
  readonly requestsMax: number;
  readonly commandsPerRequestMax: number;
  /** A request grows no further beyond it; one command may be longer. */
  readonly charsPerRequestMax: number;
};

export const defaultBatchLimits: BatchLimits = {
  requestsMax: 8,
  commandsPerRequestMax: 200,
  charsPerRequestMax: 512 * 1024,
  waitingMax: 20_000,
  waitingMsMax: 1000,
};

const retryPauseMs = 50;
/** Later than this after it was asked for, a command that failed is not tried again. */
const retryWithinMs = 500;

type Waiting<T> = Command<T> & InLine & { readonly resolve: (result: unknown) => void; isRetry: boolean };

export type Batches<T> = Disposable & { send(command: Command<T>): Promise<unknown> };

/**
 * Few requests with many commands each: whatever is asked for while the requests under way are out goes together in the next. A command
 * that did not reach Redis, or may run twice, is tried once more. Commands of different requests may overtake one another.
 */
export function batches<T>(options: {
  readonly exec: (contents: readonly T[]) => Promise<readonly Answer[]>;
  readonly clock: Clock;
  readonly limits?: Partial<BatchLimits>;
}): Batches<T> {
  const { exec, clock } = options;
  const limits = { ...defaultBatchLimits, ...options.limits };
  const line = waitingLine<Waiting<T>>(clock, limits);
  let requests = 0;
  let isFlushDue = false;

  const flushSoon = () => {
    if (isFlushDue) return;
    isFlushDue = true;
    // After everything else that this turn of the event loop has to say.
    setImmediate(() => {
      isFlushDue = false;
      while (requests < limits.requestsMax && line.length > 0) void request(takeBatch(line, limits));
    });
  };

  const request = async (batch: readonly Waiting<T>[]) => {
    requests += 1;
    try {
      settle(batch, await exec(batch.map(({ content }) => content)));
    } catch (thrown) {
      failed(batch, thrown);
    } finally {
      requests -= 1;
      if (line.length > 0) flushSoon();
    }
  };

  const failed = (batch: readonly Waiting<T>[], thrown: unknown) => {
    const failure = requestFailure(thrown);
    const nowMs = clock.monotonicMs();
    const again = batch.filter((command) => mayRetry(command, failure, nowMs));
    for (const command of batch) if (!again.includes(command)) command.reject(failure.error);
    if (again.length > 0) void retry(again);
  };

  const retry = async (again: readonly Waiting<T>[]) => {
    for (const command of again) command.isRetry = true;
    await clock.sleep(retryPauseMs);
    line.putBack(again);
    flushSoon();
  };

  return {
    send: (content) =>
      new Promise((resolve, reject) => {
        line.push({ ...content, sinceMs: clock.monotonicMs(), resolve, reject, isRetry: false });
        flushSoon();
      }),
    [Symbol.dispose]: () => line[Symbol.dispose](),
  };
}

function takeBatch<T>(line: WaitingLine<Waiting<T>>, limits: BatchLimits): readonly Waiting<T>[] {
  let chars = 0;
  return line.take((command, index) => {
    chars += command.chars;
    return index === 0 || (index < limits.commandsPerRequestMax && chars <= limits.charsPerRequestMax);
  });
}

function settle<T>(batch: readonly Waiting<T>[], answers: readonly Answer[]): void {
  for (const [i, { resolve, reject }] of batch.entries()) {
    const { result, error } = answers[i] ?? { error: "ERR no answer" };
    if (error === undefined) resolve(result);
    else reject(replyFailure(error));
  }
}

function mayRetry<T>(command: Waiting<T>, { error, wasSent }: Failure, nowMs: number): boolean {
  return (
    error instanceof AppError &&
    error.code === "UNAVAILABLE" &&
    !command.isRetry &&
    (command.isRepeatable || !wasSent) &&
    nowMs - command.sinceMs <= retryWithinMs
  );
}
