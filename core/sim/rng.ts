import { assert } from "../lib/assert.ts";
import { log } from "./elementary.ts";
import { hashWords, pathWords } from "./hash.ts";

// Seeded streams, split by name: `rng(seed, "weather", tick)`. One more draw in a stream shifts nothing in any other.
// Generator: xoshiro128**, Blackman & Vigna, "Scrambled linear pseudorandom number generators", 2021 (public domain). Period 2^128 − 1.

/** The stream of this path. Seed and numbers are safe integers. */
export function rng(seed: number, ...path: readonly (string | number)[]): Rng {
  const words = keyWords(seed, path);
  return new Rng(hashWords(words, 1), hashWords(words, 2), hashWords(words, 3), hashWords(words, 4));
}

/** A 32-bit seed for a kernel, of the same paths. */
export function seedOf(seed: number, ...path: readonly (string | number)[]): number {
  return hashWords(keyWords(seed, path), 5);
}

export class Rng {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** The four words of the generator's state. All zero would stay zero for ever, so that one becomes 1. */
  constructor(a: number, b: number, c: number, d: number) {
    this.#a = (a | b | c | d) === 0 ? 1 : a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    this.#d = d | 0;
  }

  /** Uniform in 0 … 2³² − 1. */
  uint32(): number {
    const scrambled = Math.imul(this.#b, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** Uniform in [0, 1), all 53 bits (genrand_res53 of Matsumoto & Nishimura). */
  float(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67_108_864 + low) / 9_007_199_254_740_992;
  }

  /** Uniform in 0 … n − 1 without bias, 1 ≤ n ≤ 2³². Draws above the last whole multiple of n are thrown away. */
  int(n: number): number {
    assert(Number.isInteger(n) && n >= 1 && n <= 0x1_0000_0000, `int(${n}) is not within 1 … 2^32`);
    const limit = 0x1_0000_0000 - (0x1_0000_0000 % n);
    let drawn = this.uint32();
    while (drawn >= limit) drawn = this.uint32();
    return drawn % n;
  }

  /** Mean 0, deviation 1. Polar method, Marsaglia & Bray 1964; the second value is dropped, so that a draw leaves no state behind. */
  normal(): number {
    for (;;) {
      const u = 2 * this.float() - 1;
      const v = 2 * this.float() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) return u * Math.sqrt((-2 * log(s)) / s);
    }
  }
}

function keyWords(seed: number, path: readonly (string | number)[]): number[] {
  const key = [seed, ...path];
  for (const part of key) {
    assert(typeof part === "string" || Number.isSafeInteger(part), `${part} is not a safe integer`);
  }
  return pathWords(key);
}
