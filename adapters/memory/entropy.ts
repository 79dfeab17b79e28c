import type { Entropy } from "#core/ports/system.ts";

/** The same seed gives the same sequence. Its ids are well-formed version 4 UUIDs, and nothing about them is secret. */
export function seededEntropy(seed = 1): Entropy {
  const uint32 = splitMix32(seed);
  return { uuid: () => uuidFrom([uint32(), uint32(), uint32(), uint32()]), uint32 };
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

function uuidFrom(words: readonly number[]): string {
  const hex = words.map((word) => word.toString(16).padStart(8, "0")).join("");
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}
