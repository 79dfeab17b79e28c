import { AppError } from "../lib/errors.ts";
import type { WorldId } from "../lib/ids.ts";
import type { Bus } from "../ports/bus.ts";
import type { MakePlanet, Planets } from "../ports/planets.ts";
import type { Worlds } from "../ports/worlds.ts";
import { worldGenerating } from "../protocol/subjects.ts";
import { gridCache } from "../sim/planet/generate.ts";
import type { Planet } from "../sim/planet/planet.ts";
import { decodePlanet } from "../sim/planet/storage.ts";
import { someWorld } from "./own-world.ts";
import type { WorldRecord } from "./spec.ts";
import { findSpawn, type Terrain, terrainOf } from "./terrain.ts";

type Reading = { readonly planets: Planets };
type Making = Reading & { readonly worlds: Worlds; readonly makePlanet: MakePlanet; readonly bus: Bus };

export type OpenWorld = { readonly record: WorldRecord; readonly terrain: Terrain };

/** Each level is the same for every planet. */
const gridOf = gridCache();

/**
 * The land of a world as its owner needs it: a planet that is not there yet is made and kept, and found by the next owner where this one
 * dies before. Only what was kept is ever opened, so whoever makes it, the land under the players' feet is the same for good.
 */
export async function openWorld(ctx: Making, record: WorldRecord, signal: AbortSignal): Promise<OpenWorld> {
  if (record.spec.generator === undefined) return { record, terrain: terrainOf(record.spec) };
  const kept = await ctx.planets.get(record.id);
  if (kept !== null) return opened(ctx, record, kept);
  const planet = await ctx.makePlanet(record.spec.generator, {
    signal,
    onProgress: (stage, share) => ctx.bus.publish(worldGenerating, { worldId: record.id, stage, share }),
  });
  const terrain = terrainOf(record.spec, readPlanet(record.id, planet));
  const spawn = findSpawn(terrain, record.spec, record.spec.spawn.position);
  if (await ctx.planets.keep(record.id, planet, spawn)) return { record: await someWorld(ctx, record.id), terrain };
  const first = await ctx.planets.get(record.id);
  return opened(ctx, record, first ?? planet);
}

/** For those who only look: throws UNAVAILABLE while the planet is being made. */
export async function readTerrain(ctx: Reading, { id, spec }: WorldRecord): Promise<Terrain> {
  if (spec.generator === undefined) return terrainOf(spec);
  const kept = await ctx.planets.get(id);
  if (kept === null) throw new AppError("UNAVAILABLE", "This world is still being made.", { retryAfterS: 5 });
  return terrainOf(spec, readPlanet(id, kept));
}

/** The record may be from before the planet was kept, with another spawn. */
async function opened(ctx: Making, record: WorldRecord, planet: Uint8Array): Promise<OpenWorld> {
  const terrain = terrainOf(record.spec, readPlanet(record.id, planet));
  return { record: record.status === "generating" ? await someWorld(ctx, record.id) : record, terrain };
}

/** Damage is never mended by making the planet again: a later release might make another one. It is for a restore. */
function readPlanet(id: WorldId, bytes: Uint8Array): Planet {
  const planet = decodePlanet(bytes, gridOf);
  if ("problem" in planet) throw new Error(`the stored planet of world ${id} cannot be read: ${planet.problem}`);
  return planet;
}
