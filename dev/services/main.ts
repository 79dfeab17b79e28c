import { existsSync } from "node:fs";
import { loadEnvFile } from "node:process";
import { pinoLog } from "#adapters/log.ts";
import { runProcess } from "#adapters/run-process.ts";
import { configFromEnv, readEnv } from "#functions/config.ts";
import { webSite } from "../web/web-site.ts";
import { readArguments } from "./arguments.ts";
import { startServices } from "./start.ts";

await runProcess(
  async (stopped) => {
    if (existsSync(".env")) loadEnvFile(".env");
    const config = configFromEnv(readEnv());
    const onProgress = (text: string) => console.log(`${text} …`);
    const services = await startServices({
      ...readArguments(process.argv.slice(2)),
      config,
      stopped,
      log: pinoLog({ level: config.logLevel, fd: 2 }),
      print: (line) => console.log(line),
      onProgress,
      site: webSite(config, onProgress),
    });
    const host = services.url.replace("http://127.0.0.1:", "http://localhost:");
    console.log(`Thousand Worlds is ready. Play at ${host} in a browser; the API is at ${host}/api`);
    return services;
  },
  { stopsWithStdin: readEnv()["STOP_WITH_STDIN"] === "true", undoesStart: true },
);
