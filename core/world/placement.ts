import type { WorldId } from "../lib/ids.ts";

/**
 * Which of the live workers a world belongs to: the one with the highest weight for it (rendezvous hashing; Thaler and Ravishankar 1998,
 * "Using name-based mappings to increase hit rates"). When a worker comes or goes, only the worlds that it wins or held change hands.
 * null where nobody is alive.
 */
export function preferredOwner(workers: Iterable<string>, worldId: WorldId): string | null {
  let best: { worker: string; weight: number } | null = null;
  for (const worker of workers) {
    const weight = weightOf(worker, worldId);
    if (best === null || weight > best.weight || (weight === best.weight && worker < best.worker))
      best = { worker, weight };
  }
  return best?.worker ?? null;
}

/** 32 bits: FNV-1a over both names, finalised as MurmurHash3 does, since neighbouring names must not get neighbouring weights. */
function weightOf(worker: string, worldId: WorldId): number {
  let hash = 0x811c9dc5;
  for (const text of [worker, "/", worldId]) {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
