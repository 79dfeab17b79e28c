/** A hash of two whole numbers, uniform in [0, 1): the same place always looks the same. */
export function speck(x: number, y: number): number {
  let mixed = (Math.imul(x, 0x27d4_eb2d) ^ Math.imul(y, 0x1656_67b1)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b_3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a_2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

/** Specks with smooth ways between them, [0, 1). */
export function smoothNoise(x: number, y: number): number {
  const [left, low] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [ease(x - left), ease(y - low)];
  const below = mix(speck(left, low), speck(left + 1, low), u);
  const above = mix(speck(left, low + 1), speck(left + 1, low + 1), u);
  return mix(below, above, v);
}

const ease = (t: number): number => t * t * (3 - 2 * t);
export const mix = (a: number, b: number, share: number): number => a + (b - a) * share;
