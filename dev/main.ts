import { existsSync } from "node:fs";
import { loadEnvFile } from "node:process";
import { pinoLog } from "#adapters/log.ts";
import { runProcess } from "#adapters/run-process.ts";
import { configFromEnv, readEnv } from "#functions/config.ts";
import { startDev } from "./start.ts";
import { webSocketPath } from "./web-socket-path.ts";

await runProcess(
  async () => {
    if (existsSync(".env")) loadEnvFile(".env");
    const config = configFromEnv(readEnv());
    const log = pinoLog({ level: config.logLevel, fd: 2 });
    const dev = await startDev({ config, log, onProgress: (text) => console.log(`${text} …`) });
    const host = dev.url.replace("http://127.0.0.1:", "http://localhost:");
    const socket = `${host.replace("http", "ws")}${webSocketPath}`;
    console.log(`Thousand Worlds is ready. Play at ${socket} (README.md shows how); the API is at ${host}/api`);
    return dev;
  },
  { stopsWithStdin: readEnv()["STOP_WITH_STDIN"] === "true" },
);
