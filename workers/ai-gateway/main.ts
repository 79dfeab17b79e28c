import { pinoLog } from "#adapters/log.ts";
import { prometheusMetrics } from "#adapters/prometheus.ts";
import { runProcess } from "#adapters/run-process.ts";
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
    const { metrics, text: metricsText } = prometheusMetrics();
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
