import { Hono } from "hono";
import type { HttpContext, HttpEnv } from "../env.ts";

export const checkTimeoutMs = 2_000;

export function healthRoutes(ctx: Pick<HttpContext, "checks" | "clock" | "log">): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get("/health", (c) => c.text("OK"));
  app.get("/health/live", (c) => c.json({ status: "ok" }));
  app.get("/health/ready", async (c) => {
    const results = await Promise.all(
      Object.entries(ctx.checks).map(async ([name, check]) => [name, await outcomeOf(ctx, name, check)] as const),
    );
    const isReady = results.every(([, outcome]) => outcome === "ok");
    return c.json({ status: isReady ? "ok" : "unavailable", checks: Object.fromEntries(results) }, isReady ? 200 : 503);
  });
  return app;
}

type Outcome = "ok" | "failed" | "timeout";

async function outcomeOf(
  ctx: Pick<HttpContext, "clock" | "log">,
  name: string,
  check: () => Promise<void>,
): Promise<Outcome> {
  const answered = new AbortController();
  const checking = (async () => {
    try {
      await check();
      return "ok";
    } catch (error) {
      ctx.log.warn({ check: name, error }, "readiness check failed");
      return "failed";
    } finally {
      answered.abort();
    }
  })();
  return Promise.race([checking, ctx.clock.sleep(checkTimeoutMs, answered.signal).then(() => "timeout" as const)]);
}
