import type { WorldId } from "../lib/ids.ts";

/**
 * Which of the live workers a world belongs to: the one with the highest weight for it (rendezvous hashing; Thaler and Ravishankar 1998,
 * "Using name-based mappings to increase hit rates"). When a worker comes or goes, only the worlds that it wins or held change hands.
 * null where nobody is alive.
 */
export function preferredOwner(workers: Iterable<string>, worldId: WorldId): string | null {
  let best: Ranked | null = null;
  for (const worker of workers) {
    const ranked = { worker, weight: weightOf(prefixOf(worker), worldId) };
    if (isBefore(ranked, best)) best = ranked;
  }
  return best?.worker ?? null;
}

type Ranked = { readonly worker: string; readonly weight: number };
type Remembered = { first: Ranked; second: Ranked | null };

/**
 * `preferredOwner` for those who ask it of the same worlds twice a second: whoever comes is compared with what is remembered, and only what
 * somebody has left is looked up among all.
 */
export class Placement {
  readonly #remembered = new Map<WorldId, Remembered>();
  readonly #rememberedMax: number;
  /** By live worker: what of the hash is the same for every world. */
  readonly #prefixes = new Map<string, number>();
  #seen: ReadonlySet<string> | null = null;

  /** Beyond so many worlds the longest known are looked up anew. */
  constructor(rememberedMax = 20_000) {
    this.#rememberedMax = rememberedMax;
  }

  /** These are alive now, and the set will not change. */
  see(alive: ReadonlySet<string>): void {
    if (alive === this.#seen) return;
    this.#seen = alive;
    const left = new Set([...this.#prefixes.keys()].filter((worker) => !alive.has(worker)));
    const came = [...alive].filter((worker) => !this.#prefixes.has(worker));
    for (const worker of left) this.#prefixes.delete(worker);
    for (const worker of came) this.#prefixes.set(worker, prefixOf(worker));
    if (left.size === 0 && came.length === 0) return;
    for (const [id, of] of this.#remembered) {
      if (left.has(of.first.worker) || (of.second !== null && left.has(of.second.worker))) this.#remembered.delete(id);
      else for (const worker of came) rank(of, { worker, weight: weightOf(this.#prefixes.get(worker)!, id) });
    }
  }

  /** null where nobody is alive. */
  ownerOf(id: WorldId): string | null {
    return this.#of(id)?.first.worker ?? null;
  }

  /** Whether a world that its owner gives up may belong to this worker: it does, or it will as soon as that owner is gone. */
  mayFallTo(worker: string, id: WorldId): boolean {
    const of = this.#of(id);
    return of?.first.worker === worker || of?.second?.worker === worker;
  }

  #of(id: WorldId): Remembered | null {
    const known = this.#remembered.get(id);
    if (known !== undefined) return known;
    let of: Remembered | null = null;
    for (const [worker, prefix] of this.#prefixes) {
      const ranked = { worker, weight: weightOf(prefix, id) };
      if (of === null) of = { first: ranked, second: null };
      else rank(of, ranked);
    }
    if (of === null) return null;
    this.#remembered.set(id, of);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > this.#rememberedMax && oldest !== undefined) this.#remembered.delete(oldest);
    return of;
  }
}

function rank(of: Remembered, ranked: Ranked): void {
  if (isBefore(ranked, of.first)) {
    of.second = of.first;
    of.first = ranked;
  } else if (isBefore(ranked, of.second)) of.second = ranked;
}

function isBefore({ worker, weight }: Ranked, other: Ranked | null): boolean {
  return other === null || weight > other.weight || (weight === other.weight && worker < other.worker);
}

/** 32 bits: FNV-1a over both names, finalised as MurmurHash3 does, since neighbouring names must not get neighbouring weights. */
function weightOf(prefix: number, worldId: WorldId): number {
  let hash = fnv(prefix, worldId);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const prefixOf = (worker: string): number => fnv(0x811c9dc5, `${worker}/`);

function fnv(from: number, text: string): number {
  let hash = from;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}
