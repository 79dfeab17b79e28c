import type { WorldId } from "../lib/ids.ts";
import type { Worlds } from "../ports/worlds.ts";
import type { WorldRecord } from "./spec.ts";

type Place = { readonly worldId: string; readonly createdAtMs: number };

export type WorldsPage = { readonly worlds: WorldRecord[]; readonly next: Place | null };

/** Oldest first, the lobby before all. */
export async function listWorlds(
  ctx: { readonly worlds: Worlds },
  { after, limit }: { readonly after: Place | null; readonly limit: number },
): Promise<WorldsPage> {
  const from = after && { id: after.worldId as WorldId, createdAtMs: after.createdAtMs };
  const found = await ctx.worlds.page(from, limit + 1);
  const worlds = found.slice(0, limit);
  const last = found.length > limit ? worlds.at(-1) : undefined;
  return { worlds, next: last ? { worldId: last.id, createdAtMs: last.createdAtMs } : null };
}
