import { AppError } from "#core/lib/errors.ts";
import { ConfigError } from "./env/parse.ts";

/** An orchestrator that asks a process to stop waits this long before it kills it. */
const stopMsMax = 30_000;
const interrupted = 130;

type Options = {
  /** A launcher holds the other end of standard input: when it is gone, so is this process. */
  readonly stopsWithStdin?: boolean;
};

/**
 * The frame of every program of ours. What cannot start says why, in one line where the reason is a setting or a server. SIGTERM and SIGINT
 * stop it in good order; a second one does not wait.
 */
export async function runProcess(start: () => Promise<AsyncDisposable>, options: Options = {}): Promise<void> {
  try {
    const running = await start();
    stopOnSignals(running, options);
  } catch (error) {
    const isOurs = error instanceof ConfigError || error instanceof AppError;
    console.error(isOurs ? error.message : error);
    process.exit(1);
  }
}

function stopOnSignals(running: AsyncDisposable, { stopsWithStdin = false }: Options): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(interrupted);
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
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
  if (stopsWithStdin) process.stdin.resume().once("end", stop);
}
