import { pinoLog } from "#adapters/log.ts";
import { runProcess } from "#adapters/run-process.ts";
import { configFromEnv, readEnv } from "#functions/config.ts";
import { createFunctionsContext } from "#functions/create-context.ts";
import { createHandler } from "#functions/http/handler.ts";
import { handleConnect } from "#functions/ws/connect.ts";
import { handleMessage } from "#functions/ws/default.ts";
import { handleDisconnect } from "#functions/ws/disconnect.ts";
import { untilReady } from "#core/health/readiness.ts";
import { startLambdaHost } from "./host.ts";

// The functions in a process of their own, over real servers, invoked at FUNCTIONS_PORT.

await runProcess(
  async () => {
    const env = readEnv();
    const config = configFromEnv(env);
    const log = pinoLog({ level: config.logLevel, fd: 1 });
    const running = new AsyncDisposableStack();
    const { ctx } = running.use(await createFunctionsContext(config, log));
    const functions = {
      http: createHandler(ctx, config),
      connect: (event: Parameters<typeof handleConnect>[2]) => handleConnect(ctx, config, event),
      default: (event: Parameters<typeof handleMessage>[2]) => handleMessage(ctx, config, event),
      disconnect: (event: Parameters<typeof handleDisconnect>[1]) => handleDisconnect(ctx, event),
    };
    const host = running.use(await startLambdaHost(functions, { port: Number(env["FUNCTIONS_PORT"] ?? 0), log }));
    const stopped = new AbortController();
    running.defer(() => stopped.abort());
    void untilReady(ctx, stopped.signal).then((isReady) => {
      if (isReady) log.info({ url: host.url }, "functions ready");
    });
    return running;
  },
  { stopsWithStdin: true },
);
