import { startOllama } from "#tests/support/ollama-stand-in.ts";

// The stand-in for Ollama in a process of its own: it answers at once, unless TOKEN_MS says otherwise.

const answer = "A low room of grey stone, and rain at the one window.";
const tokenMs = Number(process.env["TOKEN_MS"] ?? 0);
const port = Number(process.env["PORT"]);
const ollama = await startOllama({
  port,
  slotsPerModel: 256,
  tokenMs,
  behave: () => ({ kind: "answer", text: answer }),
});
console.log("ready");
process.on("SIGTERM", () => void ollama[Symbol.asyncDispose]().then(() => process.exit(0)));
