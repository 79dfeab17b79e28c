import { Agent, request } from "node:http";
import { connectNats } from "#adapters/nats/connect.ts";

// The floor: takes a request from NATS, posts it to the model host as it is, and answers with what comes back. No queue, no checks, nothing.

const log = { debug() {}, info() {}, warn() {}, error: console.error };
const nats = connectNats({ servers: [process.env["NATS_URL"] ?? ""], name: "bare-loop", log });
const agent = new Agent({ keepAlive: true });
const url = new URL("/api/chat", process.env["OLLAMA_URL"]);
await nats.connected(10_000);
nats.subscribe("bare.ask", { queue: "bare" }, (message) => {
  const headers = { "content-type": "application/json", "content-length": message.data.length };
  const asking = request(url, { agent, method: "POST", headers }, (response) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.once("end", () => message.respond(Buffer.concat(chunks)));
  });
  asking.end(message.data);
});
await nats.ready();
console.log("ready");
