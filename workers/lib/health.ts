import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "#core/ports.ts";

type Checks = Readonly<Record<string, () => Promise<void>>>;

const checkMsMax = 2000;
const askAgainMs = 100;

/** GET /health/live: the process runs. GET /health/ready: each server it stands on answers; 503 names those that do not. */
export async function serveHealth(checks: Checks, port: number): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer((request, response) => {
    if (request.url === "/health/live") {
      response.writeHead(200, { "content-type": "application/json" }).end('{"status":"ok"}');
    } else if (request.url === "/health/ready") {
      void readiness(checks).then((body) => {
        response.writeHead(body.status === "ok" ? 200 : 503, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      });
    } else {
      response.writeHead(404).end();
    }
  });
  server.listen(port);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** Resolves when all it stands on answers; false where it was told to stop before. */
export async function untilReady(checks: Checks, clock: Clock, stopped: AbortSignal): Promise<boolean> {
  while (!stopped.aborted) {
    if ((await readiness(checks)).status === "ok") return !stopped.aborted;
    await clock.sleep(askAgainMs, stopped);
  }
  return false;
}

async function readiness(checks: Checks): Promise<{ status: "ok" | "unavailable"; checks: Record<string, string> }> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await outcome(check)] as const),
  );
  const isReady = results.every(([, result]) => result === "ok");
  return { status: isReady ? "ok" : "unavailable", checks: Object.fromEntries(results) };
}

async function outcome(check: () => Promise<void>): Promise<"ok" | "failing"> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<"failing">((resolve) => (timer = setTimeout(() => resolve("failing"), checkMsMax)));
  try {
    return await Promise.race([check().then(() => "ok" as const), late]);
  } catch {
    return "failing";
  } finally {
    clearTimeout(timer);
  }
}
