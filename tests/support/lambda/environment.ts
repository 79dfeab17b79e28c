import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import type { Env } from "#adapters/env/parse.ts";

/** One environment of a function: a process that handles one event at a time, and is frozen while it has none. */
export type LambdaEnvironment = AsyncDisposable & {
  /** Waits for the events before. Rejects with what the function's failure said. */
  invoke(event: unknown): Promise<unknown>;
};

type Invocation = {
  readonly id: string;
  readonly event: unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
};

const timeoutMs = 29_000;

/** Starts a bundle as Lambda would, with a small implementation of its runtime interface. */
export async function startLambda(
  bundle: string,
  { env, print }: { readonly env: Env; readonly print: (text: string) => void },
): Promise<LambdaEnvironment> {
  const waiting: Invocation[] = [];
  let current: Invocation | null = null;
  let asking: ServerResponse | null = null;
  let output = "";
  let hasEnded = false;

  const server = createServer((request, response) => void answer(request, response));
  server.keepAliveTimeout = 600_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const api = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const child = spawn(process.execPath, [join(import.meta.dirname, "bootstrap.mjs"), bundle], {
    env: { ...env, AWS_LAMBDA_RUNTIME_API: api, AWS_LAMBDA_FUNCTION_NAME: "function" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      print(text);
    });
  }
  const gone = () => new Error(`the environment ended: ${output.slice(-2_000)}`);
  child.once("exit", () => {
    hasEnded = true;
    for (const { reject } of [...(current ? [current] : []), ...waiting.splice(0)]) reject(gone());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, , , kind, id, outcome] = (request.url ?? "").split("/");
    if (kind === "invocation" && id === "next") {
      asking = response;
      if (waiting.length === 0) child.kill("SIGSTOP");
      else give();
      return;
    }
    const body: unknown = await json(request).catch(() => null);
    response.writeHead(202).end("{}");
    if (kind === "init" || current?.id !== id) return;
    if (outcome === "response") current?.resolve(body);
    else current?.reject(new Error((body as { errorMessage: string }).errorMessage));
    current = null;
  }

  function give(): void {
    if (asking === null) return;
    const next = waiting.shift();
    if (next === undefined) return;
    const response = asking;
    asking = null;
    current = next;
    child.kill("SIGCONT");
    response.setHeader("Lambda-Runtime-Aws-Request-Id", next.id);
    response.setHeader("Lambda-Runtime-Deadline-Ms", String(Date.now() + timeoutMs));
    response.end(JSON.stringify(next.event));
  }

  return {
    invoke: (event) =>
      new Promise((resolve, reject) => {
        if (hasEnded) reject(gone());
        else waiting.push({ id: randomUUID(), event, resolve, reject });
        give();
      }),
    async [Symbol.asyncDispose]() {
      const ended = child.exitCode !== null || child.signalCode !== null ? null : once(child, "exit");
      child.kill("SIGKILL");
      await ended;
      server.closeAllConnections();
      server.close();
    },
  };
}
