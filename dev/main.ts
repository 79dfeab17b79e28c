import { pinoLog } from "#adapters/log.ts";
import { AppError } from "#core/lib/errors.ts";
import { ConfigError, configFromEnv, readEnv } from "#functions/config.ts";
import pino from "pino";
import { startDev, webSocketPath } from "./start.ts";

try {
  const config = configFromEnv(readEnv());
  const log = pinoLog({ level: config.logLevel, destination: pino.destination({ fd: 2, sync: true }) });
  const dev = await startDev({ config, log, onProgress: (text) => console.log(`${text} …`) });
  stopOnSignals(dev);
  console.log(
    `Thousand Worlds is ready. Play at ${dev.url} (WebSocket ${dev.url.replace("http", "ws")}${webSocketPath})`,
  );
} catch (error) {
  const isOurs = error instanceof ConfigError || error instanceof AppError;
  console.error(isOurs ? error.message : error);
  process.exitCode = 1;
}

function stopOnSignals(dev: AsyncDisposable): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(130);
    isStopping = true;
    console.log("Stopping …");
    void dev[Symbol.asyncDispose]().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
}
