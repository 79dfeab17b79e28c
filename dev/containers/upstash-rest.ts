import { pinoLog } from "#adapters/log.ts";
import { runProcess } from "#adapters/run-process.ts";
import { readEnv } from "#functions/config.ts";
import { startUpstashRest } from "../upstash-rest/upstash-rest.ts";
import { restConfigFromEnv } from "./config.ts";

// Upstash's REST API before a Redis in another container.

await runProcess(async () => {
  const { logLevel, ...options } = restConfigFromEnv(readEnv());
  const log = pinoLog({ level: logLevel, fd: 1 });
  const rest = await startUpstashRest({ ...options, log });
  log.info({ url: rest.url }, "upstash-rest ready");
  return rest;
});
