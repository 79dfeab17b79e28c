import { serve } from "@hono/node-server";
import { loadBetterAuth } from "./better-auth.ts";

// The peer behind the same HTTP server, on its own memory adapter, with its own defaults for passwords and sessions.

const port = Number(process.env["PORT"]);
const peer = await loadBetterAuth(`http://127.0.0.1:${port}`);
if (peer === null) throw new Error("better-auth is not installed: npm --prefix bench/peers install");
serve({ fetch: peer.handler, port, hostname: "127.0.0.1" }, () => console.log("ready"));
process.on("SIGTERM", () => process.exit(0));
