import type { Principal } from "../account/model.ts";
import type { CharacterId, UserId, WorldId } from "../lib/ids.ts";
import type { Planets } from "../ports/planets.ts";
import type { WorldLog } from "../ports/world-log.ts";
import type { Worlds } from "../ports/worlds.ts";
import { gameTimeMs } from "./clock.ts";
import { describePlace } from "./describe.ts";
import type { Body, WorldState } from "./model.ts";
import { readTerrain } from "./open-world.ts";
import { ownWorld } from "./own-world.ts";
import { type ClockReading, readClock, readSky, type SkyReading } from "./read-clock.ts";
import type { WorldRecord } from "./spec.ts";
import { stateAt, type Then } from "./state-at.ts";
import { hashOf } from "./stored.ts";
import type { Terrain } from "./terrain.ts";

type Ctx = { readonly worlds: Worlds; readonly planets: Planets; readonly worldLog: WorldLog };

export type WorldQuery = {
  readonly principal: Principal;
  readonly worldId: WorldId;
  readonly at: Then;
  readonly from?: { readonly x: number; readonly y: number };
};

export type WorldThen = {
  readonly version: number;
  readonly atMs: number;
  readonly hash: string;
  readonly clock: ClockReading;
  readonly sky: SkyReading;
  readonly characters: readonly {
    readonly id: CharacterId;
    readonly name: string;
    readonly role: string;
    readonly x: number;
    readonly y: number;
    readonly z: number;
  }[];
  readonly text: string | null;
};

/**
 * What a world was like: who was there, what time it was, and what one would have seen from a place. For its owner and administrators, who
 * see everybody. From the log alone: the world itself is not asked.
 */
export async function queryWorld(ctx: Ctx, { principal, worldId, at, from }: WorldQuery): Promise<WorldThen> {
  const record = await ownWorld(ctx, { principal, worldId });
  const { state } = await stateAt(ctx.worldLog, worldId, at);
  const nowMs = at.version === undefined ? Math.max(state.atMs, at.atMs ?? 0) : state.atMs;
  const clock = readClock(state.clock, nowMs);
  return {
    version: state.version,
    atMs: state.atMs,
    hash: hashOf(state),
    clock,
    sky: readSky(record.spec, clock.gameTimeMs),
    characters: [...state.bodies.values()]
      .map(({ id, name, role, position }) => ({ id, name, role, ...position }))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1)),
    text: from === undefined ? null : seenFrom(record, state, { from, nowMs, terrain: await readTerrain(ctx, record) }),
  };
}

function seenFrom(
  { id, name, spec }: WorldRecord,
  state: WorldState,
  { from, nowMs, terrain }: { from: { x: number; y: number }; nowMs: number; terrain: Terrain },
): string {
  const gameMs = gameTimeMs(state.clock, nowMs);
  const { elevationM: z } = terrain.groundAt(from.x, from.y);
  const onlooker: Body = {
    id: "00000000-0000-0000-0000-000000000000" as CharacterId,
    userId: "00000000-0000-0000-0000-000000000000" as UserId,
    homeWorldId: id,
    travels: 0,
    name: "onlooker",
    role: "watcher",
    species: "",
    appearance: null,
    description: null,
    attributes: null,
    position: { ...from, z },
    orientation: spec.spawn.orientation,
    isFlying: false,
    gait: "walk",
    stamina: { value: 0, atGameMs: gameMs },
    linkLostAtMs: null,
    replyTo: null,
    recentCommandIds: [],
  };
  return describePlace({ place: { id, name, spec, terrain }, state, nowMs, gameMs }, onlooker);
}
