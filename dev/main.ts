import { existsSync } from "node:fs";
import { loadEnvFile } from "node:process";
import { pinoLog } from "#adapters/log.ts";
import { runProcess } from "#adapters/run-process.ts";
import { configFromEnv, readEnv } from "#functions/config.ts";
import { startDev } from "./start.ts";
import { webSite } from "./web/web-site.ts";

await runProcess(
  async () => {
    if (existsSync(".env")) loadEnvFile(".env");
    const config = configFromEnv(readEnv());
    const log = pinoLog({ level: config.logLevel, fd: 2 });
    const onProgress = (text: string) => console.log(`${text} …`);
    const dev = await startDev({ config, log, onProgress, site: webSite(config, onProgress) });
    const host = dev.url.replace("http://127.0.0.1:", "http://localhost:");
    console.log(`Thousand Worlds is ready. Play at ${host} in a browser; the API is at ${host}/api`);
    return dev;
  },
  { stopsWithStdin: readEnv()["STOP_WITH_STDIN"] === "true" },
);
