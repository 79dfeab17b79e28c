import { natsBus } from "#adapters/nats/bus.ts";
import { connectNats } from "#adapters/nats/connect.ts";
import { startAuthService } from "#workers/auth/service.ts";
import { authOverMemory } from "./auth-memory.ts";

// `auth.*` over NATS, as the worker serves it.

const { ports } = await authOverMemory();
const { NATS_URL: url = "", NATS_USER: user = "", NATS_PASSWORD: pass = "" } = process.env;
const nats = connectNats({ servers: [url], name: "auth", user, pass, log: ports.log });
await nats.connected(10_000);
startAuthService({ ...ports, bus: natsBus(nats, ports) });
await nats.ready();
console.log("ready");
process.on("SIGTERM", () => process.exit(0));
