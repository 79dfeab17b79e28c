// Integer hashes: names, positions and streams become numbers that show no trace of each other.
// MurmurHash3_x86_32 and its finaliser fmix32: Austin Appleby, 2011 (public domain). Word order little-endian, as the reference.

/** MurmurHash3_x86_32 of 32-bit words. Unsigned 32 bits. */
export function hashWords(words: ArrayLike<number>, seed: number): number {
  let h = seed | 0;
  for (let i = 0; i < words.length; i++) h = absorb(h, words[i]!);
  return finish(h ^ (words.length * 4));
}

/** The same of exactly three words, for lattice positions. Unsigned 32 bits. */
export function hash3(seed: number, i: number, j: number, k: number): number {
  return finish(absorb(absorb(absorb(seed | 0, i), j), k) ^ 12);
}

/**
 * The words of a path such as ("weather", tick): injective, so that no two paths share a stream by their spelling.
 * Numbers are safe integers and take two words after their tag; a text takes one a UTF-16 unit.
 */
export function pathWords(path: readonly (string | number)[]): number[] {
  const words: number[] = [];
  for (const part of path) {
    if (typeof part === "number") {
      words.push(0x4e000000, part | 0, Math.floor(part / 0x1_0000_0000) | 0);
    } else {
      words.push(0x53000000 | part.length);
      for (let i = 0; i < part.length; i++) words.push(part.charCodeAt(i));
    }
  }
  return words;
}

function absorb(h: number, word: number): number {
  let k = Math.imul(word, 0xcc9e2d51);
  k = (k << 15) | (k >>> 17);
  h ^= Math.imul(k, 0x1b873593);
  h = (h << 13) | (h >>> 19);
  return (Math.imul(h, 5) + 0xe6546b64) | 0;
}

function finish(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
