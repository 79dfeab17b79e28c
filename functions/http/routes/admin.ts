import { Hono } from "hono";
import { createMiddleware } from "hono/factory";
import { AppError } from "#core/lib/errors.ts";
import { hearGateways } from "#core/llm/hear-gateways.ts";
import { deleteByName } from "#core/oversight/delete-by-name.ts";
import { seeAudit, seeUser } from "#core/oversight/see-users.ts";
import { seeWorkers, seeWorlds } from "#core/oversight/see-worlds.ts";
import { auditQuery, deleteWorldRequest, userQuery } from "#core/protocol/oversight.ts";
import { authenticated } from "../auth.ts";
import { checked, jsonBody } from "../body.ts";
import type { HttpConfig, HttpContext, HttpEnv } from "../env.ts";
import { requestIdOf } from "../request-id.ts";
import {
  auditResponse,
  gatewaysResponse,
  overseenWorldsResponse,
  userSessionsResponse,
  workersResponse,
} from "../present-oversight.ts";
import { worldIdOf } from "../world-id-of.ts";

/** What is here is told to nobody else, not even which of it there is. */
export function adminRoutes(ctx: HttpContext, config: HttpConfig): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.use("/*", authenticated(ctx, config), administratorsOnly);

  app.get("/worlds", async (c) => c.json(overseenWorldsResponse(await seeWorlds(ctx))));
  app.get("/workers", async (c) => c.json(workersResponse(await seeWorkers(ctx))));
  app.get("/gateways", async (c) => c.json(gatewaysResponse(await hearGateways(ctx))));
  app.get("/audit", async (c) => c.json(auditResponse(await seeAudit(ctx, checked(auditQuery, c.req.query())))));
  app.get("/sessions", async (c) => {
    const { user } = checked(userQuery, c.req.query());
    return c.json(userSessionsResponse(await seeUser(ctx, user)));
  });

  app.post("/worlds/:id/delete", async (c) => {
    const { name } = jsonBody(c, deleteWorldRequest);
    const wish = { principal: c.get("principal"), requestId: requestIdOf(ctx, c), worldId: worldIdOf(c) };
    const { worldId } = await deleteByName(ctx, { ...wish, name });
    return c.json({ world_id: worldId });
  });
  return app;
}

const administratorsOnly = createMiddleware<HttpEnv>(async (c, next) => {
  if (c.get("principal").role !== "admin") throw new AppError("FORBIDDEN", "This is for administrators.");
  await next();
});
