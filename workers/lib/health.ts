import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Checks, readiness } from "#core/health/readiness.ts";
import type { Clock, Log } from "#core/ports/system.ts";

type Ctx = {
  readonly clock: Clock;
  readonly log: Log;
  readonly checks: Checks;
  readonly metricsText: () => Promise<string>;
};

/**
 * GET /health/live: the process runs. GET /health/ready: each server it stands on answers; 503 names those that do not.
 * GET /metrics: its numbers in Prometheus' text.
 */
export async function serveHealth(ctx: Ctx, port: number): Promise<AsyncDisposable & { readonly port: number }> {
  const server = createServer((request, response) => {
    answer(ctx, request.url).then(
      ({ status, type, body }) => response.writeHead(status, { "content-type": type }).end(body),
      (error: unknown) => {
        ctx.log.error({ error }, "health could not be told");
        response.writeHead(500).end();
      },
    );
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

async function answer(ctx: Ctx, url: string | undefined): Promise<{ status: number; type: string; body: string }> {
  const type = "application/json";
  switch (url) {
    case "/health/live":
      return { status: 200, type, body: '{"status":"ok"}' };
    case "/health/ready": {
      const result = await readiness(ctx);
      return { status: result.status === "ok" ? 200 : 503, type, body: JSON.stringify(result) };
    }
    case "/metrics":
      return { status: 200, type: "text/plain; version=0.0.4; charset=utf-8", body: await ctx.metricsText() };
    default:
      return { status: 404, type, body: "" };
  }
}
