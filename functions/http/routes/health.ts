import { Hono } from "hono";
import { readiness } from "#core/health/readiness.ts";
import type { HttpContext, HttpEnv } from "../env.ts";

type Ctx = Pick<HttpContext, "checks" | "clock" | "log" | "metricsText">;

export function healthRoutes(ctx: Ctx): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const { metricsText } = ctx;
  app.get("/health", (c) => c.text("OK"));
  app.get("/health/live", (c) => c.json({ status: "ok" }));
  app.get("/health/ready", async (c) => {
    const result = await readiness(ctx);
    return c.json(result, result.status === "ok" ? 200 : 503);
  });
  if (metricsText) {
    app.get("/metrics", async (c) =>
      c.body(await metricsText(), 200, { "Content-Type": "text/plain; version=0.0.4; charset=utf-8" }),
    );
  }
  return app;
}
