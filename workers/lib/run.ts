import pino from "pino";
import { ConfigError } from "#adapters/env/parse.ts";
import { pinoLog } from "#adapters/log.ts";
import { readEnv, type WorkerConfig, workerConfigFromEnv } from "../config.ts";
import { createWorkerContext, type WorkerContext } from "../context.ts";
import { serveHealth } from "./health.ts";

/** An orchestrator that asks a worker to stop waits this long before it kills it. */
const stopMsMax = 30_000;

type Start = (ctx: WorkerContext, config: WorkerConfig) => AsyncDisposable | Promise<AsyncDisposable>;

/** Runs one worker until it is told to stop: SIGTERM and SIGINT drain it, a second one does not wait. */
export async function runWorker(role: string, start: Start): Promise<void> {
  try {
    const config = workerConfigFromEnv(readEnv());
    const log = pinoLog({ level: config.logLevel, destination: pino.destination({ fd: 1, sync: true }) });
    const running = new AsyncDisposableStack();
    const context = running.use(await createWorkerContext(config, log));
    const health = running.use(await serveHealth(context.ctx.checks, config.healthPort));
    running.use(await start(context.ctx, config));
    log.info({ role, name: config.name, healthPort: health.port }, "worker ready");
    stopOnSignals(running, config, () => log.info({ role, name: config.name }, "worker stopped"));
  } catch (error) {
    console.error(error instanceof ConfigError ? error.message : error);
    process.exit(1);
  }
}

function stopOnSignals(running: AsyncDisposable, { stopsWithStdin }: WorkerConfig, onStopped: () => void): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(130);
    isStopping = true;
    setTimeout(() => process.exit(1), stopMsMax).unref();
    running[Symbol.asyncDispose]().then(
      () => {
        onStopped();
        process.exit(0);
      },
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
