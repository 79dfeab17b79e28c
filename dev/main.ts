import { existsSync } from "node:fs";
import { loadEnvFile } from "node:process";
import pino from "pino";
import { pinoLog } from "#adapters/log.ts";
import { AppError } from "#core/lib/errors.ts";
import { ConfigError } from "#adapters/env/parse.ts";
import { configFromEnv, readEnv } from "#functions/config.ts";
import { startDev, webSocketPath } from "./start.ts";
import { stopOnSignals } from "./stop-on-signals.ts";

try {
  if (existsSync(".env")) loadEnvFile(".env");
  const config = configFromEnv(readEnv());
  const log = pinoLog({ level: config.logLevel, destination: pino.destination({ fd: 2, sync: true }) });
  const dev = await startDev({ config, log, onProgress: (text) => console.log(`${text} …`) });
  stopOnSignals(dev);
  const host = dev.url.replace("http://127.0.0.1:", "http://localhost:");
  console.log(
    `Thousand Worlds is ready. Play at ${host.replace("http", "ws")}${webSocketPath} (README.md shows how); the API is at ${host}/api`,
  );
} catch (error) {
  const isOurs = error instanceof ConfigError || error instanceof AppError;
  console.error(isOurs ? error.message : error);
  process.exitCode = 1;
}
