import { type Context, Hono } from "hono";
import { etag } from "hono/etag";
import { countPresent } from "#core/character/count-present.ts";
import { AppError } from "#core/lib/errors.ts";
import { mapWidth, pictureWidth, worldMapQuery } from "#core/protocol/world-map.ts";
import { dilationRequest } from "#core/protocol/world.ts";
import type { Wish } from "#core/world/act-on-world.ts";
import type { ClockReading } from "#core/world/read-clock.ts";
import { nearbyQuery } from "#core/protocol/nearby.ts";
import { nearbyIn } from "#core/world/nearby.ts";
import { authenticated } from "../auth.ts";
import { checked, jsonBody } from "../body.ts";
import type { HttpConfig, HttpContext, HttpEnv } from "../env.ts";
import { requestIdOf } from "../request-id.ts";
import { worldIdOf } from "../world-id-of.ts";
import { clockResponse, worldDetailResponse, worldResponse } from "../present.ts";
import { nearbyResponse } from "../present-nearby.ts";

export function worldRoutes(ctx: HttpContext, config: HttpConfig): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const auth = authenticated(ctx, config);

  app.get("/worlds", auth, async (c) => {
    const [worlds, present] = await Promise.all([ctx.worlds.list(), countPresent(ctx)]);
    const { userId } = c.get("principal");
    // Others hear of a world when one can go there.
    const announced = worlds.filter(({ status, ownerId }) => status !== "generating" || ownerId === userId);
    return c.json(announced.map((world) => worldResponse(world, present.get(world.id) ?? 0)));
  });

  app.get("/worlds/:id", auth, async (c) => {
    const worldId = worldIdOf(c);
    const [reading, present] = await Promise.all([ctx.worldVerbs.get({ worldId }), countPresent(ctx)]);
    return c.json(worldDetailResponse(reading, present.get(worldId) ?? 0));
  });

  app.get("/worlds/:id/map", auth, etag({ retainedHeaders: keptUnchanged }), async (c) => {
    const { width, layer, edge } = checked(worldMapQuery, c.req.query());
    const worldId = worldIdOf(c);
    c.header("Vary", "Accept");
    if (!wantsPicture(c)) {
      const map = await ctx.worldVerbs.map({ worldId, layer, width: within(mapWidth, width) });
      c.header("Cache-Control", lasting);
      return c.json(map);
    }
    const { png } = await ctx.worldVerbs.picture({ worldId, layer, edge, width: within(pictureWidth, width) });
    c.header("Cache-Control", lasting);
    return c.body(Buffer.from(png, "base64"), 200, { "Content-Type": "image/png" });
  });

  app.get("/worlds/:id/nearby", auth, async (c) => {
    const { radius, ...position } = checked(nearbyQuery, c.req.query());
    const worldId = worldIdOf(c);
    const found = await nearbyIn(ctx, { principal: c.get("principal"), worldId, position, radiusM: radius });
    return c.json(nearbyResponse(worldId, found));
  });

  app.get("/worlds/:id/weather", auth, async (c) => {
    const weather = await ctx.worldVerbs.weather({ worldId: worldIdOf(c) });
    c.header("Cache-Control", "private, max-age=3");
    return c.json(weather);
  });

  const act = (path: string, work: (wish: Wish, c: Context<HttpEnv>) => Promise<ClockReading>) =>
    app.post(`/worlds/:id/${path}`, auth, async (c) => {
      const wish = { principal: c.get("principal"), requestId: requestIdOf(ctx, c), worldId: worldIdOf(c) };
      return c.json(clockResponse({ id: wish.worldId }, await work(wish, c)));
    });
  act("pause", (wish) => ctx.worldVerbs.pause(wish));
  act("resume", (wish) => ctx.worldVerbs.resume(wish));
  act("dilation", (wish, c) => ctx.worldVerbs.setDilation({ ...wish, ...jsonBody(c, dilationRequest) }));

  return app;
}

/** Land never changes. Only worlds that are deleted are seen for a while yet, by who has seen them. */
const lasting = "private, max-age=3600";

/** What the answer "as you have it" says beside that. */
const keptUnchanged = [
  "cache-control",
  "etag",
  "vary",
  "access-control-allow-origin",
  "access-control-allow-credentials",
  "access-control-expose-headers",
];

const wantsPicture = (c: Context<HttpEnv>): boolean => /\bimage\/png\b/iu.test(c.req.header("accept") ?? "");

function within(
  { min, max, default: usual }: { min: number; max: number; default: number },
  width: number | undefined,
): number {
  if (width === undefined) return usual;
  if (width >= min && width <= max) return width;
  throw new AppError("INVALID_INPUT", `The width of this map is from ${min} to ${max}.`, {
    details: [{ path: "width", message: `${min} to ${max}` }],
  });
}
