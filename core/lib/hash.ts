/**
 * 64 bits in hex of a JSON value, independent of the order of its keys: two rounds of 32-bit FNV-1a over UTF-16 code units with different
 * offsets (Fowler, Noll, Vo; offset basis 0x811c9dc5, prime 0x01000193), finalised as MurmurHash3 does. It finds mistakes, not attackers.
 */
export function stateHash(value: unknown): string {
  const text = canonicalJson(value);
  return hex(fnv1a(text, 0x811c9dc5)) + hex(fnv1a(text, 0x9747b28c));
}

export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function fnv1a(text: string, offset: number): number {
  let hash = offset;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const hex = (word: number): string => word.toString(16).padStart(8, "0");
