import type { WorldId } from "../lib/ids.ts";
import type { Clock } from "../ports/system.ts";
import type { WorldLog } from "../ports/world-log.ts";
import type { Worlds } from "../ports/worlds.ts";
import type { WorldClock } from "./clock.ts";
import { firstClockOf } from "./first-clock.ts";
import { someWorld } from "./own-world.ts";
import {
  type ClimateReading,
  type ClockReading,
  readClimate,
  readClock,
  readSky,
  type SkyReading,
} from "./read-clock.ts";
import type { WorldRecord } from "./spec.ts";
import { stateAt } from "./state-at.ts";

type Ctx = { readonly worlds: Worlds; readonly worldLog: WorldLog; readonly clock: Clock };

export type WorldReading = {
  readonly record: WorldRecord;
  readonly clock: ClockReading;
  readonly sky: SkyReading;
  readonly climate: ClimateReading;
};

/** Reads no more than the registry: no world is woken or asked to be looked at. Throws NOT_FOUND. */
export async function getWorld(ctx: Ctx, { worldId }: { readonly worldId: WorldId }): Promise<WorldReading> {
  const record = await someWorld(ctx, worldId);
  return readWorld(record, await clockOf(ctx, record), ctx.clock.nowMs());
}

export function readWorld(record: WorldRecord, worldClock: WorldClock, nowMs: number): WorldReading {
  const clock = readClock(worldClock, nowMs);
  const { spec } = record;
  return { record, clock, sky: readSky(spec, clock.gameTimeMs), climate: readClimate(spec) };
}

/** From before the registry knew, the log has it. One that has not begun begins with its first visitor. */
async function clockOf({ worldLog, clock: now }: Ctx, { id, spec, clock }: WorldRecord): Promise<WorldClock> {
  if (clock !== undefined) return clock;
  const { state } = await stateAt(worldLog, id, {});
  return state.version === 0 ? firstClockOf(spec, now.nowMs()) : state.clock;
}
