import { biomeClass, type BiomeClass } from "./biome.ts";
import { withLake } from "./lakes.ts";
import { gradientOf, type Land, type LandSample } from "./land.ts";
import { fbm, mix, ridged, simplex3, smoothstep } from "./noise.ts";
import { rng, seedOf } from "./rng.ts";

// A bounded world: a temperate valley. A river enters at one edge, winds down through meadows to a lake, and leaves it for the opposite
// edge; woods on the slopes, rock on the heights that close it in. The river's level is a function of the way along the valley that never
// rises, and the ground is built up from it, so that it runs downhill by construction. Pools and riffles alternate every six widths
// (Leopold, Wolman & Miller 1964: five to seven): at a riffle it can be waded. Cost: about 1 µs a sample.

/** The lake's level holds this many radii along the river; its farthest bay must stay within. */
const lakeReach = 1.5;

type Rectangle = { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number };

type Valley = {
  readonly bounds: Rectangle;
  /** Quarter turns: where the river comes from. */
  readonly turns: number;
  readonly lengthM: number;
  readonly breadthM: number;
  readonly lake: { readonly alongM: number; readonly radiusM: number; readonly levelM: number };
  readonly hillM: number;
  readonly seeds: { readonly [kernel in "bends" | "shore" | "hills" | "crags" | "ground" | "woods"]: number };
};

export function createValleyLand(seed: number, bounds: Rectangle): Land {
  const valley = createValley(seed, bounds);
  return {
    sampleAt: (x, y) => sampleValley(valley, x, y),
    gradientAt: (x, y, spanM) =>
      gradientOf((east, north) => sampleValley(valley, x + east, y + north).elevationM, spanM),
  };
}

/** Level of the river's surface this far along the valley, 0 where it comes in. Never rises. */
export function riverLevel(valley: Pick<Valley, "lake" | "lengthM">, alongM: number): number {
  const { lake } = valley;
  const inflowM = lake.alongM - lakeReach * lake.radiusM;
  const outflowM = lake.alongM + lakeReach * lake.radiusM;
  if (alongM < inflowM) {
    const above = inflowM - alongM;
    return lake.levelM + 0.008 * above + (0.03 * above * above) / valley.lengthM;
  }
  return lake.levelM - 0.006 * Math.max(0, alongM - outflowM);
}

function createValley(seed: number, bounds: Rectangle): Valley {
  const width = bounds.maxX - bounds.minX;
  const height = bounds.maxY - bounds.minY;
  const random = rng(seed, "valley");
  const turns = random.int(4);
  const lengthM = turns % 2 === 0 ? height : width;
  const breadthM = turns % 2 === 0 ? width : height;
  return {
    bounds,
    turns,
    lengthM,
    breadthM,
    lake: {
      alongM: mix(0.58, 0.7, random.float()) * lengthM,
      radiusM: mix(0.085, 0.12, random.float()) * Math.min(lengthM, breadthM),
      levelM: 150 + random.int(200),
    },
    hillM: Math.min(700, mix(0.1, 0.14, random.float()) * breadthM),
    seeds: {
      bends: seedOf(seed, "valley", "bends"),
      shore: seedOf(seed, "valley", "shore"),
      hills: seedOf(seed, "valley", "hills"),
      crags: seedOf(seed, "valley", "crags"),
      ground: seedOf(seed, "valley", "ground"),
      woods: seedOf(seed, "valley", "woods"),
    },
  };
}

function sampleValley(valley: Valley, x: number, y: number): LandSample {
  const { lake, seeds, breadthM } = valley;
  const { alongM, acrossM } = alongAndAcross(valley, x, y);
  const bendsM = riverCourse(valley, alongM);
  const turn = (riverCourse(valley, alongM + 2) - riverCourse(valley, alongM - 2)) / 4;
  const fromMiddleM = Math.abs(acrossM - bendsM) / Math.sqrt(1 + turn * turn);
  const levelM = riverLevel(valley, alongM);
  const halfWidthM = riverHalfWidth(valley, alongM);
  const fromBankM = fromMiddleM - halfWidthM;

  // The slopes follow the valley, not each bend of its river: those would stand out as furrows up to the heights.
  const fromAxisM = Math.abs(acrossM - valleyAxis(valley, alongM));
  const rise = smoothstep(0.08 * breadthM, 0.42 * breadthM, fromAxisM);
  const hills = 0.75 + 0.55 * fbm(seeds.hills, x / (0.3 * breadthM), y / (0.3 * breadthM), 0, 5, 0.5);
  const crags = rise > 0.2 ? ridged(seeds.crags, x / (0.22 * breadthM), y / (0.22 * breadthM), 0, 6, 0.45) : 0;
  const hillsM = valley.hillM * rise * (hills + 0.5 * crags * smoothstep(0.2, 1, rise));
  const awayFromBank = smoothstep(0, 40, fromBankM);
  const groundM = awayFromBank * (1.6 + 9 * rise) * fbm(seeds.ground, x / 180, y / 180, 0, 7, 0.55);
  const floorM = fromBankM > 0 ? 1.1 * smoothstep(0, 7, fromBankM) + 0.018 * Math.min(fromBankM, 120) : 0;
  const dryM = levelM + floorM + Math.max(hillsM + groundM, -0.7 * floorM);

  const shore = lakeShore(valley, alongM, acrossM);
  const withLakeM = withLake(dryM, { levelM: lake.levelM, depthM: 0.05 * lake.radiusM, bankM: 5 }, shore);
  const depthM = riverDepth(valley, alongM, halfWidthM);
  const channelM =
    fromBankM < 0
      ? levelM - depthM * (1 - (fromMiddleM / halfWidthM) ** 2)
      : levelM + (0.3 + 0.01 * fromBankM) * fromBankM;
  const elevationM = Math.min(withLakeM, channelM);
  if (shore < 1) return { elevationM, waterLevelM: lake.levelM, biome: biomeClass.lake };
  if (fromBankM < 0) return { elevationM, waterLevelM: levelM, biome: biomeClass.river };

  const woods = 1.8 * fbm(seeds.woods, x / 380, y / 380, 0, 6, 0.5);
  const isMarshy = fromBankM < 45 || (shore - 1) * lake.radiusM < 45;
  const biome = vegetation({ aboveRiverM: elevationM - levelM, hillM: valley.hillM, woods, crags, rise, isMarshy });
  return { elevationM, waterLevelM: null, biome };
}

function vegetation(place: {
  aboveRiverM: number;
  hillM: number;
  woods: number;
  crags: number;
  rise: number;
  isMarshy: boolean;
}): BiomeClass {
  const height = place.aboveRiverM / place.hillM;
  if (place.isMarshy && place.aboveRiverM < 2 && place.woods < -0.25) return biomeClass.wetland;
  if (height > 0.95 && place.crags > 0.45 + 0.1 * place.woods) return biomeClass.mountain;
  if (height > 0.75 && place.woods > -0.3) return biomeClass.taiga;
  // Meadows on the floor, woods up the slopes.
  return place.woods + 0.7 * place.rise > 0.25 ? biomeClass.deciduousForest : biomeClass.grassland;
}

/** From where the river comes in, and from the valley's middle line. */
function alongAndAcross(valley: Valley, x: number, y: number): { alongM: number; acrossM: number } {
  const { bounds, turns } = valley;
  const acrossX = x - (bounds.minX + bounds.maxX) / 2;
  const acrossY = y - (bounds.minY + bounds.maxY) / 2;
  if (turns === 0) return { alongM: y - bounds.minY, acrossM: acrossX };
  if (turns === 1) return { alongM: x - bounds.minX, acrossM: acrossY };
  if (turns === 2) return { alongM: bounds.maxY - y, acrossM: acrossX };
  return { alongM: bounds.maxX - x, acrossM: acrossY };
}

/** Where the lowest ground is, across from the middle line of the bounds. */
function valleyAxis(valley: Valley, alongM: number): number {
  return 0.1 * valley.breadthM * simplex3(valley.seeds.bends, alongM / (0.5 * valley.breadthM), 0.5, 0.5);
}

/** Where the river's middle is: along the axis, in bends. */
function riverCourse(valley: Valley, alongM: number): number {
  const { breadthM, seeds } = valley;
  return (
    valleyAxis(valley, alongM) + 0.025 * breadthM * simplex3(seeds.bends + 1, alongM / (0.14 * breadthM), 0.5, 0.5)
  );
}

function riverHalfWidth(valley: Valley, alongM: number): number {
  return 2.5 + (3 * alongM) / valley.lengthM + 0.8 * simplex3(valley.seeds.bends + 2, alongM / 60, 0.5, 0.5);
}

/** At the deepest, in the middle: 0.3 m on a riffle, up to 1.8 m in a pool. */
function riverDepth(valley: Valley, alongM: number, halfWidthM: number): number {
  const pools = simplex3(valley.seeds.bends + 3, alongM / 50, 0.5, 0.5);
  return 0.3 + Math.min(1.5, 0.25 * halfWidthM) * smoothstep(-0.25, 0.5, pools);
}

/** 1 on the lake's shore, below it in the lake. */
function lakeShore(valley: Valley, alongM: number, acrossM: number): number {
  const { lake, seeds } = valley;
  const u = (alongM - lake.alongM) / lake.radiusM;
  const v = (1.25 * (acrossM - riverCourse(valley, lake.alongM))) / lake.radiusM;
  const distance = Math.sqrt(u * u + v * v);
  if (distance > 3) return Infinity;
  const outline = 1 + 0.5 * fbm(seeds.shore, 0.8 * u, 0.8 * v, 0.5, 5, 0.45);
  return distance / outline;
}
