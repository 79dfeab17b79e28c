import pino from "pino";
import { ConfigError } from "#adapters/env/parse.ts";
import { pinoLog } from "#adapters/log.ts";
import { configFromEnv, readEnv } from "#functions/config.ts";
import { createFunctionsContext } from "#functions/create-context.ts";
import { createHandler } from "#functions/http/handler.ts";
import { handleConnect } from "#functions/ws/connect.ts";
import { handleMessage } from "#functions/ws/default.ts";
import { handleDisconnect } from "#functions/ws/disconnect.ts";
import { startLambdaHost } from "../lambda/host.ts";

// The functions in a process of their own, over real servers; PORT is where they are invoked.

try {
  const env = readEnv();
  const config = configFromEnv(env);
  const log = pinoLog({ level: config.logLevel, destination: pino.destination({ fd: 1, sync: true }) });
  const running = new AsyncDisposableStack();
  const { ctx } = running.use(await createFunctionsContext(config, log));
  const host = await startLambdaHost(
    {
      http: createHandler(ctx, config) as never,
      connect: (event) => handleConnect(ctx, config, event),
      default: (event) => handleMessage(ctx, config, event),
      disconnect: (event) => handleDisconnect(ctx, event),
    },
    { port: Number(env["FUNCTIONS_PORT"] ?? 0), log },
  );
  running.use(host);
  log.info({ url: host.url }, "functions ready");
  const stop = (): void => {
    running[Symbol.asyncDispose]().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGTERM", stop).once("SIGINT", stop);
  process.stdin.resume().once("end", stop);
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
