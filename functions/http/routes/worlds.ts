import { Hono } from "hono";
import { countPresent } from "#core/character/count-present.ts";
import { AppError } from "#core/lib/errors.ts";
import { isUuid, type WorldId } from "#core/lib/ids.ts";
import { authenticated } from "../auth.ts";
import type { HttpConfig, HttpContext, HttpEnv } from "../env.ts";
import { worldResponse } from "../present.ts";

export function worldRoutes(ctx: HttpContext, config: HttpConfig): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const auth = authenticated(ctx, config);

  app.get("/worlds", auth, async (c) => {
    const [worlds, present] = await Promise.all([ctx.worlds.list(), countPresent(ctx)]);
    return c.json(worlds.map((world) => worldResponse(world, present.get(world.id) ?? 0)));
  });

  app.get("/worlds/:id", auth, async (c) => {
    const id = c.req.param("id").toLowerCase();
    const world = isUuid(id) ? await ctx.worlds.get(id as WorldId) : null;
    if (world === null) throw new AppError("NOT_FOUND", "There is no such world.");
    return c.json(worldResponse(world, (await countPresent(ctx)).get(world.id) ?? 0));
  });

  return app;
}
