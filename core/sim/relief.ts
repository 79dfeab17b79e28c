import { fbm, mix, ridged, simplex3, smoothstep } from "./noise.ts";
import { seedOf } from "./rng.ts";

// Continents, ranges, hills and the ground underfoot as one pure function of a point in space, in metres: a sphere gives points of its
// surface, a plane points of a slice. What is planetary scales with `scaleM` (a sphere's radius); from 8 km down lengths are metres.
//   shore s   warped fbm, 0 at the coast by the quantile of the wanted share of water, 1 where 5 % of the surface lies farther inland
//   base      hypsometry of s: abyss, slope, shelf, plains, plateau
//   ranges    belts where a slow noise crosses zero, ridged multifractal in them
//   ground    fbm from 8 km to 4 m, amplitude ∝ length^0.87, gentle on plains and rough in the ranges
// It has no drainage: rivers come with the eroded planet. Cost: about 1.3 µs a point at Earth's size.

export type Relief = {
  readonly scaleM: number;
  /** Heights of the ranges and depths of the sea against Earth's: small worlds have small mountains, or they would be all slope. */
  readonly heightScale: number;
  /** The noise at the coast, and the width from there to the inland quantile. */
  readonly coast: number;
  readonly inlandWidth: number;
  readonly rangeOctaves: number;
  readonly groundLengthM: number;
  readonly groundOctaves: number;
  readonly seeds: {
    readonly [kernel in "warpX" | "warpY" | "warpZ" | "shore" | "belt" | "gaps" | "range" | "rough" | "ground"]: number;
  };
};

/** What is slow about a point: everything but the ground underfoot. */
export type Structure = {
  /** Below 0 under the sea. */
  readonly shore: number;
  /** 0 … 1: how much of a range this is. */
  readonly mountain: number;
  /** 0 plain … 1 rugged. */
  readonly rough: number;
  /** Metres above the sea, without the ground's detail. */
  readonly elevationM: number;
};

/**
 * `sample` holds x, y, z of points spread evenly over the world (or over enough of an endless one): the coast is put where
 * `waterShare` of them, 0 … 1, lie under the sea.
 */
export function createRelief(seed: number, scaleM: number, waterShare: number, sample: Float64Array): Relief {
  const groundLengthM = Math.min(8000, scaleM / 8);
  const relief: Relief = {
    scaleM,
    heightScale: Math.min(1, Math.sqrt(Math.sqrt(scaleM / 6_371_000))),
    coast: 0,
    inlandWidth: 1,
    rangeOctaves: octavesBetween(scaleM / 8, 1500, 3),
    groundLengthM,
    groundOctaves: octavesBetween(groundLengthM, 4, 1),
    seeds: {
      warpX: seedOf(seed, "relief", "warp-x"),
      warpY: seedOf(seed, "relief", "warp-y"),
      warpZ: seedOf(seed, "relief", "warp-z"),
      shore: seedOf(seed, "relief", "shore"),
      belt: seedOf(seed, "relief", "belt"),
      gaps: seedOf(seed, "relief", "gaps"),
      range: seedOf(seed, "relief", "range"),
      rough: seedOf(seed, "relief", "rough"),
      ground: seedOf(seed, "relief", "ground"),
    },
  };
  const shores = new Float64Array(sample.length / 3);
  for (let i = 0; i < shores.length; i++) {
    const at = warp(relief, sample[3 * i]! / scaleM, sample[3 * i + 1]! / scaleM, sample[3 * i + 2]! / scaleM);
    shores[i] = shoreNoise(relief, at);
  }
  shores.sort();
  const coast = quantile(shores, waterShare);
  return { ...relief, coast, inlandWidth: Math.max(0.05, quantile(shores, 0.95) - coast) };
}

/** Of a point in metres. */
export function structureAt(relief: Relief, x: number, y: number, z: number): Structure {
  const { seeds, scaleM, heightScale } = relief;
  const u = x / scaleM;
  const v = y / scaleM;
  const w = z / scaleM;
  const warped = warp(relief, u, v, w);
  const shore = (shoreNoise(relief, warped) - relief.coast) / relief.inlandWidth;

  const crossing = fbm(seeds.belt, 1.15 * warped.u, 1.15 * warped.v, 1.15 * warped.w, 3, 0.45);
  const belt = 1 - smoothstep(0, 0.15, Math.abs(crossing));
  const gaps = smoothstep(-0.35, 0.25, simplex3(seeds.gaps, 2.3 * u, 2.3 * v, 2.3 * w));
  const mountain = belt * gaps * smoothstep(-0.1, 0.12, shore);

  let rangeM = 0;
  if (mountain > 0) {
    const crest = ridged(seeds.range, 8 * warped.u, 8 * warped.v, 8 * warped.w, relief.rangeOctaves, 0.52);
    rangeM = heightScale * mountain * (400 + 4600 * crest * crest);
  }
  const hills = smoothstep(0.05, 0.6, fbm(seeds.rough, 5 * u, 5 * v, 5 * w, 4, 0.5));
  const rough = Math.min(1, 0.04 + 0.36 * hills + 0.7 * mountain);
  return { shore, mountain, rough, elevationM: heightScale * baseOf(shore) + rangeM };
}

/** Metres that the ground stands above or below its structure. */
export function groundDetail(relief: Relief, structure: Structure, x: number, y: number, z: number): number {
  const { groundLengthM, groundOctaves, seeds } = relief;
  const coastal = mix(0.3, 1, smoothstep(0, 0.08, Math.abs(structure.shore)));
  const amplitude = 1100 * structure.rough * coastal * (groundLengthM / 8000);
  return amplitude * fbm(seeds.ground, x / groundLengthM, y / groundLengthM, z / groundLengthM, groundOctaves, 0.547);
}

/** Lengths in `scaleM`, bent by slow noise, so that coasts and ranges are not as round as the noise they come from. */
type Warped = { readonly u: number; readonly v: number; readonly w: number };

function warp({ seeds }: Relief, u: number, v: number, w: number): Warped {
  return {
    u: u + 0.3 * fbm(seeds.warpX, 1.4 * u, 1.4 * v, 1.4 * w, 3, 0.55),
    v: v + 0.3 * fbm(seeds.warpY, 1.4 * u, 1.4 * v, 1.4 * w, 3, 0.55),
    w: w + 0.3 * fbm(seeds.warpZ, 1.4 * u, 1.4 * v, 1.4 * w, 3, 0.55),
  };
}

function shoreNoise({ seeds }: Relief, { u, v, w }: Warped): number {
  return fbm(seeds.shore, 1.1 * u, 1.1 * v, 1.1 * w, 8, 0.52);
}

/** Metres, at Earth's size: abyss, continental slope, shelf, plains, plateau (after Earth's hypsographic curve). */
function baseOf(shore: number): number {
  if (shore >= 0) return 4 + 420 * shore + 380 * shore * shore;
  const deep = -shore;
  return 4 - 160 * smoothstep(0, 0.12, deep) - 3500 * smoothstep(0.08, 0.45, deep) - 900 * smoothstep(0.3, 1.6, deep);
}

function octavesBetween(fromM: number, toM: number, least: number): number {
  let octaves = 1;
  for (let lengthM = fromM; lengthM > toM; lengthM /= 2) octaves++;
  return Math.max(least, octaves);
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
