import type { Triangles } from "./icosahedron.ts";

// Who is next to whom, in order around each cell. Six places per cell, the sixth of the twelve pentagons padded.

export type Rings = {
  readonly degree_c: Uint8Array;
  /** Counter-clockwise; a pentagon's last is itself. */
  readonly neighbour_cn: Int32Array;
  /** The triangle between neighbour n and the next; a pentagon's last repeats its first. */
  readonly triangle_cn: Int32Array;
};

export function ringsOf({ cornerCount, corner_t }: Triangles): Rings {
  const degree_c = new Uint8Array(cornerCount);
  const here_cn = new Int32Array(6 * cornerCount);
  const next_cn = new Int32Array(6 * cornerCount);
  const between_cn = new Int32Array(6 * cornerCount);
  for (let t = 0; t < corner_t.length; t += 3) {
    for (let k = 0; k < 3; k++) {
      const c = corner_t[t + k]!;
      const at = 6 * c + degree_c[c]!;
      here_cn[at] = corner_t[t + ((k + 1) % 3)]!;
      next_cn[at] = corner_t[t + ((k + 2) % 3)]!;
      between_cn[at] = t / 3;
      degree_c[c]! += 1;
    }
  }
  const neighbour_cn = new Int32Array(6 * cornerCount);
  const triangle_cn = new Int32Array(6 * cornerCount);
  for (let c = 0; c < cornerCount; c++) {
    const first = 6 * c;
    const degree = degree_c[c]!;
    let at = first;
    for (let n = 0; n < degree; n++) {
      neighbour_cn[first + n] = here_cn[at]!;
      triangle_cn[first + n] = between_cn[at]!;
      const wanted = next_cn[at]!;
      at = first;
      while (here_cn[at] !== wanted) at++;
    }
    if (degree === 5) {
      neighbour_cn[first + 5] = c;
      triangle_cn[first + 5] = triangle_cn[first]!;
    }
  }
  return { degree_c, neighbour_cn, triangle_cn };
}
