import { AppError } from "#core/lib/errors.ts";
import { ConfigError } from "./env/parse.ts";

/** An orchestrator that asks a process to stop waits this long before it kills it. */
const stopMsMax = 30_000;
const interrupted = 130;
const stopSignals = ["SIGTERM", "SIGINT"] as const;

type Options = {
  /** A launcher holds the other end of standard input: when it is gone, so is this process. */
  readonly stopsWithStdin?: boolean;
  /** What it has begun to start would outlive it: told to stop meanwhile, it undoes that and throws. Others just end. */
  readonly undoesStart?: boolean;
};

/**
 * The frame of every program of ours. What cannot start says why, in one line where the reason is a setting or a server. SIGTERM and SIGINT
 * stop it in good order; a second one does not wait.
 */
export async function runProcess(
  start: (stopped: AbortSignal) => Promise<AsyncDisposable>,
  options: Options = {},
): Promise<void> {
  const stopped = new AbortController();
  const undo = (): void => stopped.abort();
  const { undoesStart = false } = options;
  if (undoesStart) for (const signal of stopSignals) process.on(signal, undo);
  try {
    const running = await start(stopped.signal);
    for (const signal of stopSignals) process.off(signal, undo);
    stopOnSignals(running, options);
    if (stopped.signal.aborted) process.kill(process.pid, "SIGTERM");
  } catch (error) {
    if (stopped.signal.aborted) process.exit(interrupted);
    const isOurs = error instanceof ConfigError || error instanceof AppError;
    console.error(isOurs ? error.message : error);
    process.exit(1);
  }
}

function stopOnSignals(running: AsyncDisposable, { stopsWithStdin = false }: Options): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), stopMsMax).unref();
    running[Symbol.asyncDispose]().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of stopSignals) {
    process.on(signal, () => {
      if (isStopping) process.exit(interrupted);
      stop();
    });
  }
  if (stopsWithStdin) process.stdin.resume().once("end", stop);
}
