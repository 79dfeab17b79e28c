import { AppError } from "../../lib/errors.ts";
import type { WorldId } from "../../lib/ids.ts";
import type { Bus } from "../../ports/bus.ts";
import type { Worlds } from "../../ports/worlds.ts";
import { worldAir, type WorldWeather } from "../../protocol/world-weather.ts";
import { someWorld } from "../own-world.ts";

const askMs = 2_000;

/** Of a world that nobody runs there is none, and it is not woken for a picture. Throws NOT_FOUND. */
export async function lookAtWeather(
  ctx: { readonly worlds: Worlds; readonly bus: Bus },
  { worldId }: { readonly worldId: WorldId },
): Promise<WorldWeather> {
  await someWorld(ctx, worldId);
  try {
    const { weather } = await ctx.bus.request(worldAir(worldId), {}, { timeoutMs: askMs });
    return { world_id: worldId, weather };
  } catch (error) {
    if (error instanceof AppError && error.code === "UNAVAILABLE") return { world_id: worldId, weather: null };
    throw error;
  }
}
