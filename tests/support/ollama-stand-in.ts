import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type AskedModel, type Behaviour, plainAnswer } from "./ollama/behaviour.ts";
import { speak } from "./ollama/speak.ts";
import { type RunnerOptions, runners, ServerBusy } from "./ollama/runners.ts";

// Follows Ollama's HTTP API (https://github.com/ollama/ollama/blob/main/docs/api.md and server/routes.go): the paths, statuses, bodies and
// errors below are its own. It generates nothing, takes as long as it is told, and does as it is told. It is the witness for cancellation: it
// knows which requests are still connected.

export type { AskedModel, Behaviour } from "./ollama/behaviour.ts";

export type OllamaOptions = Partial<RunnerOptions> & {
  readonly tokenMs?: number;
  readonly behave?: (asked: AskedModel, number: number) => Behaviour;
  readonly port?: number;
};

export type OllamaStandIn = AsyncDisposable & {
  readonly url: string;
  readonly port: number;
  /** Every chat and generate, in the order they came. */
  readonly asked: readonly AskedModel[];
  behave(how: (asked: AskedModel, number: number) => Behaviour): void;
  /** Chats and generates whose connection is open and that are not answered. */
  open(): number;
  /** Those whose client went away before the answer was complete. */
  abandoned(): number;
  loads(): number;
  /** The most that ever ran at once for one model. */
  runningMax(): number;
  waiting(): number;
  unloadAll(): void;
};

const bodyBytesMax = 4 * 1024 * 1024;

export async function startOllama(options: OllamaOptions = {}): Promise<OllamaStandIn> {
  const models = options.models ?? { "llama3.2:latest": {} };
  const runner = runners({ slotsPerModel: 4, loadedMax: 3, queueMax: 512, ...options, models });
  const asked: AskedModel[] = [];
  const sockets = new Set<Socket>();
  const state = { open: 0, abandoned: 0, behave: options.behave ?? ((): Behaviour => ({ kind: "answer" })) };

  const generate = async (path: AskedModel["path"], body: Body, response: ServerResponse): Promise<void> => {
    const name = fullName(body.model);
    if (models[name] === undefined)
      return sendJson(response, 404, { error: `model '${String(body.model)}' not found` });
    const request = askedOf(path, name, body);
    asked.push(request);
    const gone = new AbortController();
    state.open += 1;
    response.once("close", () => {
      state.open -= 1;
      if (!response.writableEnded) state.abandoned += 1;
      gone.abort();
    });
    const behaviour = state.behave(request, asked.length - 1);
    if (behaviour.kind === "status") return sendJson(response, behaviour.status, { error: behaviour.error });
    const slot = await runner.acquire(name, runnerOptionsOf(request.options), gone.signal);
    if (slot === null) return;
    try {
      await speak(response, {
        request,
        behaviour,
        loadMs: slot.loadMs,
        tokenMs: options.tokenMs ?? 0,
        gone: gone.signal,
      });
    } finally {
      slot.release();
    }
  };

  const route = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? "/").split("?")[0];
    if (request.method !== "POST") return reads(path ?? "/", response, models, runner.loaded());
    const body = await readBody(request);
    if (body === null) return sendJson(response, 400, { error: "missing request body" });
    if (path === "/api/chat" || path === "/api/generate") return generate(path, body, response);
    if (path === "/api/show") return show(body, models, response);
    if (path === "/api/embed") return embed(body, models, response);
    if (path === "/v1/chat/completions") return compatible(body, models, response);
    sendText(response, 404, "404 page not found");
  };

  const server = createServer((request, response) => {
    route(request, response).catch((error: unknown) => {
      const isBusy = error instanceof ServerBusy;
      const words = isBusy ? "server busy, please try again.  maximum pending requests exceeded" : String(error);
      if (!response.headersSent) sendJson(response, isBusy ? 503 : 500, { error: words });
    });
  });
  server.keepAliveTimeout = 60_000;
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    port,
    asked,
    behave: (how) => void (state.behave = how),
    open: () => state.open,
    abandoned: () => state.abandoned,
    loads: runner.loads,
    runningMax: runner.runningMax,
    waiting: runner.waiting,
    unloadAll: runner.unloadAll,
    async [Symbol.asyncDispose]() {
      if (!server.listening) return;
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}

type Body = Readonly<Record<string, unknown>>;

/** Options of the runner; those of sampling change nothing about what is loaded. */
const runnerOptions = ["num_ctx", "num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread"];
const runnerOptionsOf = (options: Body) => Object.fromEntries(runnerOptions.map((key) => [key, options[key]]));

function fullName(model: unknown): string {
  const name = typeof model === "string" ? model : "";
  return name.includes(":") ? name : `${name}:latest`;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function askedOf(path: AskedModel["path"], model: string, body: Body): AskedModel {
  const messages = (body["messages"] ?? []) as AskedModel["messages"];
  return {
    path,
    model,
    messages,
    prompt: path === "/api/generate" ? textOf(body["prompt"]) : messages.map(({ content }) => content).join("\n"),
    format: body["format"],
    options: (body["options"] ?? {}) as AskedModel["options"],
    isStreamed: body["stream"] !== false,
  };
}

function reads(
  path: string,
  response: ServerResponse,
  models: RunnerOptions["models"],
  loaded: readonly { readonly name: string; readonly expiresAt: Date }[],
): void {
  if (path === "/") return sendText(response, 200, "Ollama is running");
  if (path === "/api/version") return sendJson(response, 200, { version: "0.20.3" });
  if (path === "/api/tags")
    return sendJson(response, 200, {
      models: Object.keys(models).map((name) => ({ ...described(name), modified_at: "2026-01-01T00:00:00Z" })),
    });
  if (path === "/api/ps")
    return sendJson(response, 200, {
      models: loaded.map(({ name, expiresAt }) => ({
        ...described(name),
        expires_at: expiresAt.toISOString(),
        size_vram: 2_019_393_189,
        context_length: 4096,
      })),
    });
  sendText(response, 404, "404 page not found");
}

const details = {
  parent_model: "",
  format: "gguf",
  family: "llama",
  families: ["llama"],
  parameter_size: "3.2B",
  quantization_level: "Q4_K_M",
};
const digest = "a80c4f17acd55265feec403c7aef86be0c25983ab279d83f3bcd3abbcb5b8b72";
const described = (name: string) => ({ name, model: name, size: 2_019_393_189, digest, details });

function show(body: Body, models: RunnerOptions["models"], response: ServerResponse): void {
  const name = fullName(body["model"]);
  if (models[name] === undefined)
    return sendJson(response, 404, { error: `model '${String(body["model"])}' not found` });
  sendJson(response, 200, {
    modelfile: `FROM ${name}`,
    parameters: 'stop "<|eot_id|>"',
    template: "{{ .Prompt }}",
    details,
    model_info: { "general.architecture": "llama", "llama.context_length": 131_072 },
    capabilities: ["completion", "tools"],
    modified_at: "2026-01-01T00:00:00Z",
  });
}

function embed(body: Body, models: RunnerOptions["models"], response: ServerResponse): void {
  const name = fullName(body["model"]);
  if (models[name] === undefined)
    return sendJson(response, 404, { error: `model '${String(body["model"])}' not found` });
  const input = [body["input"]].flat().map(String);
  sendJson(response, 200, {
    model: body["model"],
    embeddings: input.map((text) => [text.length / 1000, 0.5, 0.25]),
    total_duration: 14_143_917,
    load_duration: 1_019_500,
    prompt_eval_count: input.join(" ").split(" ").length,
  });
}

/** As much of OpenAI's API as the peers of the benches ask Ollama for; it always answers at once. */
function compatible(body: Body, models: RunnerOptions["models"], response: ServerResponse): void {
  const name = fullName(body["model"]);
  if (models[name] === undefined)
    return sendJson(response, 404, { error: { message: `model '${name}' not found`, type: "api_error" } });
  const content = plainAnswer(askedOf("/api/chat", name, body));
  sendJson(response, 200, {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: Math.floor(Date.now() / 1000),
    model: body["model"],
    system_fingerprint: "fp_ollama",
    choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
    usage: { prompt_tokens: 8, completion_tokens: 12, total_tokens: 20 },
  });
}

async function readBody(request: IncomingMessage): Promise<Body | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) return null;
    chunks.push(chunk);
  }
  return bytes === 0 ? null : (JSON.parse(Buffer.concat(chunks).toString()) as Body);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(text);
}
