import type { Body } from "./model.ts";

/** The same at an earlier time of the world: whoever rests, walks, fights or lies senseless goes on with it as if nothing had been. */
export function bodyBack(body: Body, byMs: number): Body {
  const { stamina, health, journey, fight, guardUntilGameMs: guard, downUntilGameMs: down } = body;
  return {
    ...body,
    stamina: { ...stamina, atGameMs: stamina.atGameMs - byMs },
    ...(health && { health: { ...health, atGameMs: health.atGameMs - byMs } }),
    ...(journey && { journey: { ...journey, nextAtMs: journey.nextAtMs - byMs } }),
    ...(fight && { fight: { ...fight, strikeAtGameMs: fight.strikeAtGameMs - byMs } }),
    ...(guard !== undefined && { guardUntilGameMs: guard - byMs }),
    ...(down !== undefined && { downUntilGameMs: down - byMs }),
  };
}
