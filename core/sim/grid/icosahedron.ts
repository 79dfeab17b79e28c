// The triangles of an icosahedron, each split in four `level` times: 10·4^L + 2 corners, which become the cells of the grid.
// Corners of a coarse level come first and keep their numbers at every finer one. Square roots only: the same bits on every engine.
// Cost: about 0.1 µs a corner.

export type Triangles = {
  readonly cornerCount: number;
  /** Three numbers per triangle, counter-clockwise seen from outside. */
  readonly corner_t: Int32Array;
  /** Unit vectors, three numbers per corner. */
  readonly position_c: Float64Array;
};

const golden = (1 + Math.sqrt(5)) / 2;

/** Corner 0 is the north pole, corner 1 its antipode. */
const axes = [0, 1, golden, 0, -1, -golden, 1, golden, 0, -1, golden, 0, golden, 0, 1, -golden, 0, 1];
const opposite = [1, -golden, 0, -1, -golden, 0, golden, 0, -1, -golden, 0, -1, 0, -1, golden, 0, 1, -golden];

export function splitIcosahedron(level: number): Triangles {
  const cornerCount = 10 * 4 ** level + 2;
  const position_c = new Float64Array(3 * cornerCount);
  putFirstTwelve(position_c);
  let corner_t = firstTwenty(position_c);
  let known = 12;
  for (let step = 0; step < level; step++) {
    const middles = createMiddles(position_c, known, (corner_t.length / 2) | 0);
    const finer_t = new Int32Array(corner_t.length * 4);
    for (let t = 0, out = 0; t < corner_t.length; t += 3, out += 12) {
      const a = corner_t[t]!;
      const b = corner_t[t + 1]!;
      const c = corner_t[t + 2]!;
      const ab = middles.between(a, b);
      const bc = middles.between(b, c);
      const ca = middles.between(c, a);
      finer_t.set([a, ab, ca, b, bc, ab, c, ca, bc, ab, bc, ca], out);
    }
    corner_t = finer_t;
    known = middles.known();
  }
  return { cornerCount, corner_t, position_c };
}

/** Turned so that one corner is the pole. */
function putFirstTwelve(position_c: Float64Array): void {
  const raw = [...axes, ...opposite];
  const length = Math.sqrt(1 + golden * golden);
  const poleY = 1 / length;
  const poleZ = golden / length;
  for (let c = 0; c < 12; c++) {
    const x = raw[3 * c]! / length;
    const y = raw[3 * c + 1]! / length;
    const z = raw[3 * c + 2]! / length;
    position_c[3 * c] = x;
    position_c[3 * c + 1] = y * poleZ - z * poleY;
    position_c[3 * c + 2] = y * poleY + z * poleZ;
  }
}

/** Every three of the twelve that are pairwise neighbours, wound counter-clockwise. */
function firstTwenty(position_c: Float64Array): Int32Array {
  const near = (a: number, b: number) => dot(position_c, a, b) > 0.4;
  const corners: number[] = [];
  for (let a = 0; a < 12; a++) {
    for (let b = a + 1; b < 12; b++) {
      for (let c = b + 1; c < 12; c++) {
        if (!near(a, b) || !near(b, c) || !near(a, c)) continue;
        corners.push(a, ...(isCounterClockwise(position_c, a, b, c) ? [b, c] : [c, b]));
      }
    }
  }
  return Int32Array.from(corners);
}

/** Numbers each edge's middle once, in an open hash table of the edge's two ends. */
function createMiddles(position_c: Float64Array, first: number, edgeCount: number) {
  const capacity = 2 ** Math.ceil(Math.log2(edgeCount * 2 + 2));
  const key_h = new Float64Array(capacity).fill(-1);
  const middle_h = new Int32Array(capacity);
  let next = first;
  const between = (a: number, b: number): number => {
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    const key = low * 0x1_0000_0000 + high;
    let h = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 0;
    h = (h ^ (h >>> 15)) & (capacity - 1);
    while (key_h[h] !== -1) {
      if (key_h[h] === key) return middle_h[h]!;
      h = (h + 1) & (capacity - 1);
    }
    const x = position_c[3 * a]! + position_c[3 * b]!;
    const y = position_c[3 * a + 1]! + position_c[3 * b + 1]!;
    const z = position_c[3 * a + 2]! + position_c[3 * b + 2]!;
    const scale = 1 / Math.sqrt(x * x + y * y + z * z);
    position_c[3 * next] = x * scale;
    position_c[3 * next + 1] = y * scale;
    position_c[3 * next + 2] = z * scale;
    key_h[h] = key;
    middle_h[h] = next;
    return next++;
  };
  return { between, known: () => next };
}

function dot(position_c: Float64Array, a: number, b: number): number {
  return (
    position_c[3 * a]! * position_c[3 * b]! +
    position_c[3 * a + 1]! * position_c[3 * b + 1]! +
    position_c[3 * a + 2]! * position_c[3 * b + 2]!
  );
}

function isCounterClockwise(p: Float64Array, a: number, b: number, c: number): boolean {
  const [ax, ay, az] = [p[3 * a]!, p[3 * a + 1]!, p[3 * a + 2]!];
  const [bx, by, bz] = [p[3 * b]!, p[3 * b + 1]!, p[3 * b + 2]!];
  const [cx, cy, cz] = [p[3 * c]!, p[3 * c + 1]!, p[3 * c + 2]!];
  return ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx) > 0;
}
