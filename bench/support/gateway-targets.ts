import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "#dev/servers/server-process.ts";
import { askerOver } from "#tests/support/gateway-fleet.ts";
import { question } from "#tests/support/gateway-worker-rig.ts";

export type GatewayTarget = AsyncDisposable & {
  readonly name: string;
  /** Throws unless it was answered. */
  ask(n: number): Promise<void>;
  /** As `ask`, but a refusal that says when to try again is an outcome. Where it never refuses it is left out. */
  tryAsk?(n: number, waitMsMax: number): Promise<"answered" | "refused">;
  rssBytes(): Promise<number>;
};

type Running = AsyncDisposable & { readonly pid: number };

/** One of the programs of a bench, until it prints `isReady`. */
export async function startProgram(
  args: readonly string[],
  env: Record<string, string>,
  isReady = /ready/u,
): Promise<Running> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await untilPrinted(child, isReady);
  return {
    pid: child.pid ?? 0,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

async function untilPrinted(child: ChildProcess, isReady: RegExp): Promise<void> {
  if (!child.stdout) throw new Error("no output to read");
  try {
    for await (const line of createInterface({ input: child.stdout })) if (isReady.test(line)) return;
    throw new Error("a program ended before it was ready");
  } finally {
    child.stdout.resume();
  }
}

export async function startOllamaServer(env: Record<string, string> = {}): Promise<Running & { readonly url: string }> {
  const port = await freePort();
  const running = await startProgram([join(import.meta.dirname, "ollama-server.ts")], { PORT: String(port), ...env });
  return Object.assign(running, { url: `http://127.0.0.1:${port}` });
}

const rssOf = async ({ pid }: Running): Promise<number> =>
  Number(/VmRSS:\s+(\d+)/u.exec(await readFile(`/proc/${pid}/status`, "utf8").catch(() => ""))?.[1] ?? 0) * 1024;

const bodyOf = (n: number) => ({
  model: "llama3.2",
  stream: false,
  messages: [{ role: "user", content: `What is behind door ${n}?` }],
});

export async function bareTarget(natsUrl: string, ollamaUrl: string): Promise<GatewayTarget> {
  const running = await startProgram([join(import.meta.dirname, "bare-loop.ts")], {
    NATS_URL: natsUrl,
    OLLAMA_URL: ollamaUrl,
  });
  const asker = await askerOver(natsUrl);
  return {
    name: "bare NATS → HTTP loop (floor)",
    async ask(n) {
      const answer = await asker.nats.connection().request("bare.ask", JSON.stringify(bodyOf(n)), { timeout: 10_000 });
      if (!answer.string().includes('"done":true')) throw new Error(`bare: ${answer.string()}`);
    },
    rssBytes: () => rssOf(running),
    async [Symbol.asyncDispose]() {
      await asker[Symbol.asyncDispose]();
      await running[Symbol.asyncDispose]();
    },
  };
}

/** The worker as it is deployed, all its features on; budgets and queue are wide enough for the load. */
export async function ourTarget(natsUrl: string, ollamaUrl: string, env: Record<string, string> = {}) {
  const running = await startProgram(
    // As workers/entry.sh starts it.
    ["--max-semi-space-size=16", join(import.meta.dirname, "../../workers/ai-gateway/main.ts")],
    {
      NATS_URL: natsUrl,
      WORKER_NAME: "ai-gateway-bench",
      OLLAMA_HOSTS: `${ollamaUrl}?parallel=200&name=gpu-1`,
      AI_TOKENS_PER_USER_BURST: "100000000",
      AI_TOKENS_PER_USER_PER_MINUTE: "100000000",
      ...env,
    },
    /"worker ready"/u,
  );
  const asker = await askerOver(natsUrl);
  return {
    name: "ours",
    asker,

    async ask(n: number) {
      const answer = await asker.llm.ask(question(`What is behind door ${n}?`, { userId: `u${n % 50}` }));
      if (answer.status !== "answered") throw new Error(`ours: ${answer.reason}`);
    },
    async tryAsk(n: number, waitMsMax: number) {
      const answer = await asker.llm.ask(question(`Door ${n}?`, { userId: `u${n % 50}`, waitMsMax }));
      if (answer.status === "answered") return "answered" as const;
      if (answer.retryAfterMs === undefined) throw new Error(`ours: ${answer.reason}`);
      return "refused" as const;
    },
    rssBytes: () => rssOf(running),
    async [Symbol.asyncDispose]() {
      await asker[Symbol.asyncDispose]();
      await running[Symbol.asyncDispose]();
    },
  };
}

/** null where it is not installed: it is no dependency of the backend. */
export async function portkeyTarget(ollamaUrl: string): Promise<GatewayTarget | null> {
  const program = join(import.meta.dirname, "../peers/node_modules/@portkey-ai/gateway/build/start-server.js");
  if (!existsSync(program)) return null;
  const port = await freePort();
  const running = await startProgram(
    [program, `--port=${port}`, "--headless"],
    { NODE_ENV: "production" },
    /Ready for connections/u,
  );
  const agent = new Agent({ keepAlive: true });
  const headers = {
    "content-type": "application/json",
    "x-portkey-provider": "ollama",
    "x-portkey-custom-host": ollamaUrl,
    authorization: "Bearer none",
  };
  return {
    name: "Portkey (HTTP)",
    async ask(n) {
      const body = Buffer.from(JSON.stringify(bodyOf(n)));
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const asking = request(
        {
          agent,
          host: "127.0.0.1",
          port,
          method: "POST",
          path: "/v1/chat/completions",
          headers: { ...headers, "content-length": body.length },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
          response.once("end", () => resolve(text));
        },
      );
      asking.once("error", reject).end(body);
      const text = await promise;
      if (!text.includes('"choices"')) throw new Error(`portkey: ${text}`);
    },
    rssBytes: () => rssOf(running),
    async [Symbol.asyncDispose]() {
      agent.destroy();
      await running[Symbol.asyncDispose]();
    },
  };
}
