import { pinoLog } from "#adapters/log.ts";
import { runProcess } from "#adapters/run-process.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { workerMetrics } from "#adapters/worker-metrics.ts";
import { untilReady } from "#core/health/readiness.ts";
import { serveHealth } from "../lib/health.ts";
import { gatewayConfigFromEnv, readEnv } from "./config.ts";
import { createGatewayContext } from "./create-context.ts";
import { startGateway } from "./service.ts";

const env = readEnv();
await runProcess(
  async () => {
    const config = gatewayConfigFromEnv(env);
    const log = pinoLog({ level: config.logLevel, fd: 1 });
    await using starting = new AsyncDisposableStack();
    const metering = workerMetrics(config.emf, { role: "ai-gateway", clock: systemClock });
    const { metrics, text: metricsText } = starting.use(metering);
    const { ctx, checks } = starting.use(await createGatewayContext(config, { log, metrics }));
    const own = { clock: ctx.clock, log, checks, metricsText };
    const health = starting.use(await serveHealth(own, config.healthPort));
    starting.use(await startGateway(ctx, config));
    const stopped = new AbortController();
    starting.defer(() => stopped.abort());
    void untilReady(own, stopped.signal).then((isReady) => {
      if (isReady) log.info({ role: "ai-gateway", name: config.name, healthPort: health.port }, "worker ready");
    });
    return starting.move();
  },
  { stopsWithStdin: env["STOP_WITH_STDIN"] === "true" },
);
