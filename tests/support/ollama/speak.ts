import type { ServerResponse } from "node:http";
import { type AskedModel, type Behaviour, plainAnswer, tokensOf } from "./behaviour.ts";

type Speech = {
  readonly request: AskedModel;
  readonly behaviour: Exclude<Behaviour, { kind: "status" }>;
  readonly loadMs: number;
  readonly tokenMs: number;
  readonly gone: AbortSignal;
};

const nanosPerMs = 1e6;

/** Writes an answer as Ollama does: a line for each token, then one with `done` and the counts; or all of it at once. */
export async function speak(response: ServerResponse, speech: Speech): Promise<void> {
  const { request, behaviour, gone } = speech;
  const startedMs = performance.now();
  if (request.path === "/api/chat" ? request.messages.length === 0 : request.prompt === "")
    return void response
      .writeHead(200, { "content-type": "application/json; charset=utf-8" })
      .end(JSON.stringify({ ...piece(request, ""), done: true, done_reason: "load" }));
  const tokens = tokensSaid(request, behaviour);
  const limit = Number(request.options["num_predict"] ?? -1);
  const count = limit > 0 ? Math.min(limit, tokens.length) : tokens.length;
  const tokenMs = "tokenMs" in behaviour ? (behaviour.tokenMs ?? speech.tokenMs) : speech.tokenMs;
  const stopsAfter = "after" in behaviour ? behaviour.after : Infinity;
  const type = request.isStreamed ? "application/x-ndjson" : "application/json; charset=utf-8";
  // Headers go with the first token, as Go's do.
  response.setHeader("content-type", type);
  let said = 0;
  for (; said < count && said < stopsAfter; said++) {
    if (tokenMs > 0) await pause(tokenMs, gone);
    if (gone.aborted) return;
    if (request.isStreamed) response.write(`${JSON.stringify(piece(request, tokens[said] as string))}\n`);
  }
  if (behaviour.kind === "stall") return held(response, gone);
  if (behaviour.kind === "cut") return void response.end();
  if (behaviour.kind === "reset") return void response.destroy();
  if (behaviour.kind === "garble")
    return void response.end('{"model":"llama3.2","message":{"ro\n\u0000\u0001not json at all\n');
  if (behaviour.kind === "error-line") return void response.end(`${JSON.stringify({ error: behaviour.error })}\n`);
  const evaluated = Math.max(1, Math.ceil(request.prompt.length / 4));
  const tookNs = Math.round((performance.now() - startedMs) * nanosPerMs);
  const last = {
    ...piece(request, request.isStreamed ? "" : tokens.slice(0, count).join("")),
    done: true,
    done_reason: count < tokens.length ? "length" : "stop",
    total_duration: tookNs + Math.round(speech.loadMs * nanosPerMs),
    load_duration: Math.round(speech.loadMs * nanosPerMs),
    prompt_eval_count: evaluated,
    prompt_eval_duration: 1_000_000,
    eval_count: count,
    eval_duration: tookNs,
  };
  response.end(request.isStreamed ? `${JSON.stringify(last)}\n` : JSON.stringify(last));
}

const endlessTokens = 100_000;

function tokensSaid(request: AskedModel, behaviour: Speech["behaviour"]): string[] {
  if (behaviour.kind === "endless") return Array.from({ length: endlessTokens }, () => "and on ");
  if (behaviour.kind === "lie") return tokensOf(behaviour.text);
  return tokensOf((behaviour.kind === "answer" ? behaviour.text : undefined) ?? plainAnswer(request));
}

function piece({ path, model }: AskedModel, text: string): object {
  const said = path === "/api/chat" ? { message: { role: "assistant", content: text } } : { response: text };
  return { model, created_at: new Date().toISOString(), ...said, done: false };
}

function pause(ms: number, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    gone.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function held(response: ServerResponse, gone: AbortSignal): Promise<void> {
  response.flushHeaders();
  return new Promise((resolve) => {
    if (gone.aborted) resolve();
    else gone.addEventListener("abort", () => resolve());
  });
}
