import { Hono } from "hono";
import { cors } from "hono/cors";
import { createMiddleware } from "hono/factory";
import { routePath } from "hono/route";
import { secureHeaders } from "hono/secure-headers";
import { AppError } from "#core/lib/errors.ts";
import type { Tracing } from "#core/ports/tracing.ts";
import { readBody } from "./body.ts";
import { knowAddress } from "./client-address.ts";
import { isHttps } from "./cookie.ts";
import type { HttpConfig, HttpContext, HttpEnv } from "./env.ts";
import { errorResponse } from "./errors.ts";
import { onlyThroughTheRouter } from "./origin-secret.ts";
import { openApiDocument } from "./openapi.ts";
import { accountRoutes } from "./routes/account.ts";
import { adminRoutes } from "./routes/admin.ts";
import { authRoutes } from "./routes/auth.ts";
import { commandRoutes } from "./routes/commands.ts";
import { characterRoutes } from "./routes/characters.ts";
import { healthRoutes } from "./routes/health.ts";
import { interviewRoutes } from "./routes/interviews.ts";
import { socketRoutes } from "./routes/sockets.ts";
import { worldRoutes } from "./routes/worlds.ts";

export function createApp(ctx: HttpContext, config: HttpConfig): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const document = openApiDocument(config.publicOrigin);

  if (ctx.tracing) app.use(traced(ctx.tracing));
  app.use(identifyAndLog(ctx), knowAddress(config), securityHeaders(config));
  app.use("/api/*", notStored, allowedOrigins(config));
  app.use(onlyErrors);
  app.use("/api/*", onlyThroughTheRouter(config));
  app.use("/api/*", readBody);

  app.route("/", healthRoutes(ctx));
  app.route("/api/auth", authRoutes(ctx, config));
  app.route("/api/account", accountRoutes(ctx, config));
  app.route("/api/game", characterRoutes(ctx, config));
  app.route("/api/game", worldRoutes(ctx, config));
  app.route("/api/game", commandRoutes());
  app.route("/api/game", socketRoutes(ctx, config));
  app.route("/api/admin", adminRoutes(ctx, config));
  app.route("/api/world/interview", interviewRoutes(ctx, config));

  app.get("/api/openapi.json", (c) => c.json(document));
  // A page of the browser client (web/src/pages/api-docs.tsx), which is at the same origin.
  app.get("/api/docs", (c) => c.redirect("/docs"));

  app.notFound((c) => errorResponse(c, new AppError("NOT_FOUND", "There is nothing here."), ctx.log));
  app.onError((error, c) => errorResponse(c, error, ctx.log));
  return app;
}

/** Whatever trace a client says it is part of is its own affair. */
function traced(tracing: Tracing) {
  return createMiddleware<HttpEnv>((c, next) =>
    tracing.span(`http ${c.req.method}`, { kind: "server", isRoot: true }, next),
  );
}

function identifyAndLog(ctx: HttpContext) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    const startedMs = ctx.clock.monotonicMs();
    const requestId = ctx.entropy.uuid();
    c.set("requestId", requestId);
    await next();
    c.header("X-Request-Id", requestId);
    ctx.metrics.count("http_requests_total", { status: statusClass(c.res.status) });
    const tookMs = Math.round(ctx.clock.monotonicMs() - startedMs);
    const userId = c.get("principal")?.userId;
    ctx.log.info(
      { requestId, method: c.req.method, route: routePath(c, -1), status: c.res.status, tookMs, userId },
      "request",
    );
  });
}

function statusClass(status: number): "2xx" | "3xx" | "4xx" | "5xx" {
  if (status >= 500) return "5xx";
  if (status >= 400) return "4xx";
  return status >= 300 ? "3xx" : "2xx";
}

/** Answers are about one user at one moment. */
const notStored = createMiddleware<HttpEnv>(async (c, next) => {
  c.header("Cache-Control", "no-store");
  await next();
});

/** Hono lets anything else that is thrown pass by its error handler, and by the headers of those above. */
const onlyErrors = createMiddleware<HttpEnv>(async (_, next) => {
  try {
    await next();
  } catch (thrown) {
    throw thrown instanceof Error ? thrown : new Error("what was thrown is no Error", { cause: thrown });
  }
});

function securityHeaders(config: HttpConfig) {
  return secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    referrerPolicy: "no-referrer",
    xFrameOptions: "DENY",
    strictTransportSecurity: isHttps(config.publicOrigin) ? "max-age=31536000" : false,
  });
}

function allowedOrigins(config: HttpConfig) {
  return cors({
    origin: (origin) => (config.allowedOrigins.includes(origin) ? origin : null),
    credentials: true,
    allowMethods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    allowHeaders: ["Authorization", "Content-Type"],
    exposeHeaders: ["X-Request-Id", "Retry-After"],
    maxAge: 600,
  });
}
