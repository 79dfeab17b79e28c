import type { Clock, Worlds } from "../ports.ts";
import { readyMadeWorlds } from "./seeds.ts";
import { findSpawn, terrainOf } from "./terrain.ts";

/** Puts the worlds there that every player can go to. A world that is stored already stays as it is. */
export async function createReadyMade(ctx: { worlds: Worlds; clock: Clock }): Promise<void> {
  for (const seed of readyMadeWorlds) {
    if (await ctx.worlds.get(seed.id)) continue;
    const { spawn } = seed.spec;
    const position =
      seed.spec.ground === "room" ? spawn.position : findSpawn(terrainOf(seed.spec), seed.spec, spawn.position);
    const spec = { ...seed.spec, spawn: { ...spawn, position } };
    await ctx.worlds.createIfAbsent({ ...seed, spec, createdAtMs: ctx.clock.nowMs() });
  }
}
