import { parseArgs } from "node:util";
import { pinoLog } from "#adapters/log.ts";
import { startNeonRelay } from "./relay.ts";

const { values } = parseArgs({ options: { target: { type: "string" }, port: { type: "string", default: "0" } } });
const target = URL.parse(`tcp://${values.target ?? "127.0.0.1:5432"}`);
if (target === null || target.port === "") {
  console.error("Usage: node dev/neon-relay/main.ts [--target host:port] [--port number]");
  process.exit(2);
}
const relay = await startNeonRelay({
  target: { host: target.hostname, port: Number(target.port) },
  port: Number(values.port),
  log: pinoLog({ level: "info" }),
});
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void relay.close());
console.log(relay.url);
