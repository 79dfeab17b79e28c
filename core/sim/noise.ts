// Gradient noise in three dimensions: seeded, without a period a world could meet, from + − × and integers only.
// Simplex noise: Ken Perlin 2001, in the form of Stefan Gustavson, "Simplex noise demystified", 2005. The kernel's radius² is 0.5,
// not the often copied 0.6, whose sums jump at the faces of the simplices: on a range of 3 km that would be steps of metres.
// A plane is a slice of the same noise. Gradients come from a hash of the lattice point, not from a table of 256, so that the detail
// of one valley does not come again in the next. Cost: about 30 ns an octave.

/** Within −1 … 1 (deviation 0.39), continuous with its derivatives; one lattice step is a length of 1. */
export function simplex3(seed: number, x: number, y: number, z: number): number {
  const skew = (x + y + z) / 3;
  const i = Math.floor(x + skew);
  const j = Math.floor(y + skew);
  const k = Math.floor(z + skew);
  const unskew = (i + j + k) / 6;
  const x0 = x - i + unskew;
  const y0 = y - j + unskew;
  const z0 = z - k + unskew;

  // Which of the six simplices of the cell: the steps to the second and third corner follow the order of the coordinates.
  const xy = x0 >= y0 ? 1 : 0;
  const yz = y0 >= z0 ? 1 : 0;
  const xz = x0 >= z0 ? 1 : 0;
  const i1 = xy & xz;
  const j1 = (1 - xy) & yz;
  const k1 = (1 - xz) & (1 - yz);
  const i2 = xy | xz;
  const j2 = (1 - xy) | yz;
  const k2 = (1 - xz) | (1 - yz);

  const hx = Math.imul(i, primeX);
  const hy = Math.imul(j, primeY);
  const hz = Math.imul(k, primeZ);
  return (
    76 *
    (corner(seed ^ hx ^ hy ^ hz, x0, y0, z0) +
      corner(
        seed ^ (hx + (primeX & -i1)) ^ (hy + (primeY & -j1)) ^ (hz + (primeZ & -k1)),
        x0 - i1 + 1 / 6,
        y0 - j1 + 1 / 6,
        z0 - k1 + 1 / 6,
      ) +
      corner(
        seed ^ (hx + (primeX & -i2)) ^ (hy + (primeY & -j2)) ^ (hz + (primeZ & -k2)),
        x0 - i2 + 1 / 3,
        y0 - j2 + 1 / 3,
        z0 - k2 + 1 / 3,
      ) +
      corner(seed ^ (hx + primeX) ^ (hy + primeY) ^ (hz + primeZ), x0 - 0.5, y0 - 0.5, z0 - 0.5))
  );
}

/** Octaves of halved length, each `gain` times the one before. The sum is scaled back to roughly −1 … 1. */
export function fbm(seed: number, x: number, y: number, z: number, octaves: number, gain: number): number {
  let sum = 0;
  let amplitude = 1;
  let total = 0;
  for (let octave = 0; octave < octaves; octave++) {
    sum += amplitude * simplex3(seed + octave, x, y, z);
    total += amplitude;
    amplitude *= gain;
    // All lattices have a point at the origin, where every octave would be 0: each is moved against the one before.
    x = 2 * x + 17.31;
    y = 2 * y - 5.73;
    z = 2 * z + 11.59;
  }
  return sum / total;
}

/** Ridged multifractal, 0 … 1: crests where the noise crosses 0, and detail mostly on them (Musgrave, in Ebert et al., "Texturing & Modeling", 2003). */
export function ridged(seed: number, x: number, y: number, z: number, octaves: number, gain: number): number {
  let sum = 0;
  let amplitude = 1;
  let total = 0;
  let weight = 1;
  for (let octave = 0; octave < octaves; octave++) {
    const crest = 1 - Math.abs(simplex3(seed + octave, x, y, z));
    const signal = crest * crest * weight;
    sum += amplitude * signal;
    total += amplitude;
    amplitude *= gain;
    weight = Math.min(1, signal * 1.6);
    x = 2 * x + 17.31;
    y = 2 * y - 5.73;
    z = 2 * z + 11.59;
  }
  return sum / total;
}

/** 0 below `from`, 1 above `to`, smooth between (3t² − 2t³). */
export function smoothstep(from: number, to: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

// Of a lattice point's hash: Teschner et al., "Optimized spatial hashing", 2003.
const primeX = 73_856_093;
const primeY = 19_349_663;
const primeZ = 83_492_791;

// The middles of a cube's 12 edges, four of them twice (Perlin 2002), in steps of four.
// prettier-ignore
const gradients = new Float64Array([
  1, 1, 0, 0, -1, 1, 0, 0, 1, -1, 0, 0, -1, -1, 0, 0, 1, 0, 1, 0, -1, 0, 1, 0, 1, 0, -1, 0, -1, 0, -1, 0,
  0, 1, 1, 0, 0, -1, 1, 0, 0, 1, -1, 0, 0, -1, -1, 0, 1, 1, 0, 0, -1, 1, 0, 0, 0, -1, 1, 0, 0, -1, -1, 0,
]);

/** What one lattice point adds: (½ − d²)⁴ times its gradient along the way from it. */
function corner(position: number, x: number, y: number, z: number): number {
  const t = 0.5 - x * x - y * y - z * z;
  if (t <= 0) return 0;
  // lowbias32, Chris Wellons 2018, without its last shift: the top bits choose.
  let h = Math.imul(position ^ (position >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  const g = (h >>> 26) & 0x3c;
  const t2 = t * t;
  return t2 * t2 * (gradients[g]! * x + gradients[g + 1]! * y + gradients[g + 2]! * z);
}
