import { untilReady } from "#core/health/readiness.ts";
import { pinoLog } from "#adapters/log.ts";
import { runProcess } from "#adapters/run-process.ts";
import { readEnv, type WorkerConfig, workerConfigFromEnv } from "../config.ts";
import { createWorkerContext, type WorkerContext } from "../context.ts";
import { serveHealth } from "./health.ts";

type Start = (ctx: WorkerContext, config: WorkerConfig) => AsyncDisposable | Promise<AsyncDisposable>;

/** Runs one worker until it is told to stop, with its health at a port. */
export async function runWorker(role: string, start: Start): Promise<void> {
  const env = readEnv();
  await runProcess(
    async () => {
      const config = workerConfigFromEnv(env);
      const log = pinoLog({ level: config.logLevel, fd: 1 });
      await using starting = new AsyncDisposableStack();
      const { ctx } = starting.use(await createWorkerContext(config, { role, log }));
      const health = starting.use(await serveHealth(ctx, config.healthPort));
      starting.use(await start(ctx, config));
      const stopped = new AbortController();
      starting.defer(() => stopped.abort());
      void untilReady(ctx, stopped.signal).then((isReady) => {
        if (isReady) log.info({ role, name: config.name, healthPort: health.port }, "worker ready");
      });
      return starting.move();
    },
    { stopsWithStdin: env["STOP_WITH_STDIN"] === "true" },
  );
}
