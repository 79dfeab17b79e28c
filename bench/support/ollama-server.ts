import { startOllama } from "#tests/support/ollama-stand-in.ts";

// The stand-in for Ollama in a process of its own: it answers at once, and 256 at a time, unless TOKEN_MS and SLOTS say otherwise.

const answer = "A low room of grey stone, and rain at the one window.";
const tokenMs = Number(process.env["TOKEN_MS"] ?? 0);
const port = Number(process.env["PORT"]);
const ollama = await startOllama({
  port,
  slotsPerModel: Number(process.env["SLOTS"] ?? 256),
  tokenMs,
  behave: () => ({ kind: "answer", text: answer }),
});
console.log("ready");
process.on("SIGTERM", () => void ollama[Symbol.asyncDispose]().then(() => process.exit(0)));
