import { lobbyWorldId } from "../lib/ids.ts";
import type { Clock } from "../ports/system.ts";
import type { Worlds } from "../ports/worlds.ts";
import { readyMadeWorlds } from "./seeds.ts";
import { findSpawn, terrainOf } from "./terrain.ts";

/**
 * Puts the worlds there that every player can go to. A world that is stored already stays as it is. In a lobby that is a sandbox everyone may
 * stop the time: for development.
 */
export async function createReadyMade(
  ctx: { worlds: Worlds; clock: Clock },
  { isLobbySandbox = false }: { readonly isLobbySandbox?: boolean } = {},
): Promise<void> {
  for (const seed of readyMadeWorlds) {
    if (await ctx.worlds.get(seed.id)) continue;
    const { spawn } = seed.spec;
    const position =
      seed.spec.ground === "room" ? spawn.position : findSpawn(terrainOf(seed.spec), seed.spec, spawn.position);
    const spec = {
      ...seed.spec,
      spawn: { ...spawn, position },
      ...(isLobbySandbox && seed.id === lobbyWorldId && { isSandbox: true }),
    };
    await ctx.worlds.createIfAbsent({ ...seed, spec, createdAtMs: ctx.clock.nowMs() });
  }
}
