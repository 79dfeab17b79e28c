import { worldTick } from "#core/protocol/subjects.ts";
import { gameTimeMs, paceOf, tickNumber } from "#core/world/clock.ts";
import type { WorldState } from "#core/world/model.ts";
import type { Place } from "#core/world/scene.ts";
import { skyAt } from "#core/world/sky.ts";
import type { WorldContext } from "./context.ts";

/** News of the clock, as it is at the world's spawn. */
export function publishTick(
  ctx: Pick<WorldContext, "bus">,
  place: Place,
  state: WorldState,
  now: { ms: number; fence: number },
): void {
  const gameMs = gameTimeMs(state.clock, now.ms);
  const sky = skyAt(place.spec, gameMs, place.spec.spawn.position);
  ctx.bus.publish(worldTick(place.id), {
    worldId: place.id,
    tickNumber: tickNumber(state.clock, now.ms),
    gameTimeMs: gameMs,
    realTimeMs: now.ms,
    dilationFactor: paceOf(state.clock),
    isPaused: state.clock.isPaused,
    stretch: state.clock.stretch,
    timeOfDay: sky.daypart,
    sunPosition: { altitude: sky.sunAltitudeRad, azimuth: sky.sunAzimuthRad },
    currentSeason: sky.season,
    seasonProgress: sky.seasonProgress,
    fence: now.fence,
  });
}
