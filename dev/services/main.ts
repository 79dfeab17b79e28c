import pino from "pino";
import { ConfigError } from "#adapters/env/parse.ts";
import { pinoLog } from "#adapters/log.ts";
import { AppError } from "#core/lib/errors.ts";
import { configFromEnv, readEnv } from "#functions/config.ts";
import { stopOnSignals } from "../stop-on-signals.ts";
import { readArguments } from "./arguments.ts";
import { startServices } from "./start.ts";
import { webSocketPath } from "../start.ts";

try {
  const config = configFromEnv(readEnv());
  const log = pinoLog({ level: config.logLevel, destination: pino.destination({ fd: 2, sync: true }) });
  const services = await startServices({
    ...readArguments(process.argv.slice(2)),
    config,
    log,
    print: (line) => console.log(line),
    onProgress: (text) => console.log(`${text} …`),
  });
  stopOnSignals(services);
  console.log(
    `Thousand Worlds is ready. Play at ${services.url.replace("http", "ws")}${webSocketPath}; the API is at ${services.url}/api`,
  );
} catch (error) {
  const isOurs = error instanceof ConfigError || error instanceof AppError;
  console.error(isOurs ? error.message : error);
  process.exit(1);
}
