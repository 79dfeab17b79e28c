import { uuidFrom } from "#core/lib/ids.ts";
import type { Entropy } from "#core/ports/system.ts";

/** The same seed gives the same sequence. Its ids are well-formed version 4 UUIDs, and nothing about them is secret. */
export function seededEntropy(seed = 1): Entropy {
  const uint32 = splitMix32(seed);
  return { uuid: () => uuidFrom([uint32(), uint32(), uint32(), uint32()], 4), uint32 };
}

/** splitmix32: a counter through a finaliser that mixes all its bits; every seed is a good seed. */
function splitMix32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}
