import { systemClock } from "#adapters/system-clock.ts";
import { startGateway } from "#dev/gateway/gateway.ts";

// The stand-in for API Gateway before functions that do nothing. `GET /` answers the ids of its connections.

const ids: string[] = [];
const ok = async () => ({ statusCode: 200 });
const quiet = () => undefined;

await startGateway({
  host: "127.0.0.1",
  port: Number(process.env["PORT"]),
  managementPort: Number(process.env["MANAGEMENT_PORT"]),
  webSocketPath: "/",
  clock: systemClock,
  log: { debug: quiet, info: quiet, warn: quiet, error: console.error },
  http: async () => ({ statusCode: 200, body: JSON.stringify(ids) }),
  ws: {
    connect: async (event) => (ids.push(event.requestContext.connectionId), { statusCode: 200 }),
    default: ok,
    disconnect: ok,
  },
});
console.log("ready");
process.on("SIGTERM", () => process.exit(0));
