import { startServices } from "#dev/services/start.ts";
import { configFromEnv, readEnv } from "#functions/config.ts";

// Every service in a process of its own with one world worker, on this machine's Postgres, Redis and NATS, behind the stand-in for API Gateway.

const quiet = () => undefined;
const services = await startServices({
  workers: { world: 1, auth: 1, player: 1 },
  config: configFromEnv(readEnv()),
  log: { debug: quiet, info: quiet, warn: quiet, error: console.error },
  print: quiet,
  onProgress: quiet,
});
console.log("ready");
process.on("SIGTERM", () => void services[Symbol.asyncDispose]().then(() => process.exit(0)));
