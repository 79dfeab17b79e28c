import { biomeClass, dryLandBiome, type BiomeClass } from "./biome.ts";
import { climateAt, createClimate, patchAt, type Climate } from "./climate.ts";
import { cos, sin } from "./elementary.ts";
import { lakeNear, shoreDistance, touches, withLake, type Lake, type LakeLayer } from "./lakes.ts";
import { createRelief, groundDetail, structureAt, type Relief } from "./relief.ts";
import { rng, seedOf } from "./rng.ts";

// The land of a sphere and of an endless plane: relief, lakes and climate put together into what stands at a place.
// Pure functions of seed and position. Cost: 2–4 µs a sample, 7 ms to find the coast of a new world.

/** What is at a place: the solid ground, the water over it if there is any, and what grows. */
export type LandSample = {
  /** Of the solid ground; under water, of its bed. Metres above the world's sea. */
  readonly elevationM: number;
  /** Of the water's surface, or null on dry ground. */
  readonly waterLevelM: number | null;
  readonly biome: BiomeClass;
};

/** Metres of rise for a metre to the east and to the north. */
export type Gradient = { readonly east: number; readonly north: number };

/** Coordinates as the world's: metres east and north on a plane; radius × longitude and radius × latitude on a sphere. */
export type Land = {
  sampleAt(x: number, y: number): LandSample;
  /** Of the solid ground, over about `spanM`. */
  gradientAt(x: number, y: number, spanM: number): Gradient;
};

/** Share of a sphere's or plane's surface under the sea. */
const waterShare = 0.65;
/** Length that plays the part of a planet's radius where there is none. */
const planeScaleM = 1_500_000;
/** Points that decide where the coast is: 4096 leave about ±1 % of share. */
const coastPoints = 4096;

export function createSphereLand(seed: number, options: { radiusM: number; axialTiltRad: number }): Land {
  const { radiusM } = options;
  const ground = createGround(seed, {
    scaleM: radiusM,
    sphereRadiusM: radiusM,
    axialTiltRad: options.axialTiltRad,
    regionalK: 3,
    sample: spherePoints(radiusM),
  });
  return {
    sampleAt(x, y) {
      const longitude = x / radiusM;
      const latitude = y / radiusM;
      const around = radiusM * cos(latitude);
      const up = sin(latitude);
      return sampleGround(ground, around * cos(longitude), around * sin(longitude), radiusM * up, up);
    },
    gradientAt(x, y, spanM) {
      const sinLon = sin(x / radiusM);
      const cosLon = cos(x / radiusM);
      const sinLat = sin(y / radiusM);
      const cosLat = cos(y / radiusM);
      // Steps along the tangents, so that the poles are places like any other.
      const elevationAt = (east: number, north: number): number => {
        const px = radiusM * cosLat * cosLon - east * sinLon - north * sinLat * cosLon;
        const py = radiusM * cosLat * sinLon + east * cosLon - north * sinLat * sinLon;
        const pz = radiusM * sinLat + north * cosLat;
        return sampleGround(ground, px, py, pz, sinLat).elevationM;
      };
      return gradientOf(elevationAt, spanM);
    },
  };
}

export function createPlaneLand(seed: number, options: { latitudeRad: number; axialTiltRad: number }): Land {
  const z = rng(seed, "plane").float() * planeScaleM;
  const latitudeSin = sin(options.latitudeRad);
  const ground = createGround(seed, {
    scaleM: planeScaleM,
    sphereRadiusM: null,
    axialTiltRad: options.axialTiltRad,
    regionalK: 14,
    sample: planePoints(z),
  });
  return {
    sampleAt: (x, y) => sampleGround(ground, x, y, z, latitudeSin),
    gradientAt: (x, y, spanM) =>
      gradientOf((east, north) => sampleGround(ground, x + east, y + north, z, latitudeSin).elevationM, spanM),
  };
}

/** Central differences. */
export function gradientOf(elevationAt: (east: number, north: number) => number, spanM: number): Gradient {
  const half = spanM / 2;
  return {
    east: (elevationAt(half, 0) - elevationAt(-half, 0)) / spanM,
    north: (elevationAt(0, half) - elevationAt(0, -half)) / spanM,
  };
}

type Ground = {
  readonly relief: Relief;
  readonly climate: Climate;
  readonly lakes: readonly LakeLayer[];
  readonly sphereRadiusM: number | null;
};

function createGround(
  seed: number,
  options: {
    readonly scaleM: number;
    readonly sphereRadiusM: number | null;
    readonly axialTiltRad: number;
    readonly regionalK: number;
    readonly sample: Float64Array;
  },
): Ground {
  const { scaleM, sphereRadiusM, regionalK } = options;
  const cellM = Math.min(9000, scaleM / 8);
  return {
    relief: createRelief(seed, scaleM, waterShare, options.sample),
    climate: createClimate(seed, { scaleM, axialTiltCos: cos(options.axialTiltRad), regionalK }),
    lakes: [
      { seed: seedOf(seed, "lakes"), cellM, share: 0.45, radiusMinM: 0.02 * cellM, radiusMaxM: 0.15 * cellM },
      {
        seed: seedOf(seed, "ponds"),
        cellM: cellM / 12,
        share: 0.3,
        radiusMinM: (0.012 * cellM) / 12,
        radiusMaxM: (0.1 * cellM) / 12,
      },
    ],
    sphereRadiusM,
  };
}

function sampleGround(ground: Ground, x: number, y: number, z: number, latitudeSin: number): LandSample {
  const { relief, climate } = ground;
  const structure = structureAt(relief, x, y, z);
  let elevationM = structure.elevationM + groundDetail(relief, structure, x, y, z);
  if (elevationM < 0 && structure.shore < -0.02) return { elevationM, waterLevelM: 0, biome: biomeClass.ocean };

  let shoreM = Infinity;
  for (let n = 0; n < ground.lakes.length; n++) {
    const lake = lakeNear(ground.lakes[n]!, x, y, z, ground.sphereRadiusM);
    const shore = lake === null ? null : shoreDistance(lake, x, y, z);
    if (lake === null || shore === null) continue;
    const levelM = lakeLevel(ground, n, lake);
    if (levelM === null) continue;
    elevationM = withLake(elevationM, { levelM, depthM: lake.depthM, bankM: 4 }, shore);
    if (shore < 1) return { elevationM, waterLevelM: levelM, biome: biomeClass.lake };
    shoreM = Math.min(shoreM, (shore - 1) * lake.radiusM);
  }
  if (elevationM < 0) {
    // A hollow below the sea far from it holds a lake of the sea's level.
    return { elevationM, waterLevelM: 0, biome: structure.shore > 0.06 ? biomeClass.lake : biomeClass.ocean };
  }

  const here = climateAt(climate, { x, y, z, latitudeSin }, structure, elevationM);
  const patch = patchAt(climate, x, y, z);
  const isLow = elevationM < 4 || shoreM < 60;
  if (isLow && structure.rough < 0.4 && here.temperatureC > -5 && here.rainMmPerYear > 600 && patch > 0.1) {
    return { elevationM, waterLevelM: null, biome: biomeClass.wetland };
  }
  const mountainFromM = 900 * relief.heightScale;
  const biome = dryLandBiome({ climate: here, elevationM, mountainFromM, mountain: structure.mountain, patch });
  return { elevationM, waterLevelM: null, biome };
}

/** null where there is no place for this layer's lake: rough country, the sea's edge, or a lake of a layer before it. */
function lakeLevel({ relief, lakes, sphereRadiusM }: Ground, layer: number, lake: Lake): number | null {
  for (let n = 0; n < layer; n++) {
    const larger = lakeNear(lakes[n]!, lake.x, lake.y, lake.z, sphereRadiusM);
    if (larger !== null && touches(lake, larger)) return null;
  }
  const structure = structureAt(relief, lake.x, lake.y, lake.z);
  if (structure.rough > 0.3 || structure.shore < 0.01) return null;
  const levelM = structure.elevationM + groundDetail(relief, structure, lake.x, lake.y, lake.z) - 1;
  return levelM < 3 ? null : levelM;
}

/** Even over the sphere: a Fibonacci lattice (González 2010), sines from our own kernel. */
function spherePoints(radiusM: number): Float64Array {
  const points = new Float64Array(3 * coastPoints);
  for (let n = 0; n < coastPoints; n++) {
    const up = 1 - (2 * n + 1) / coastPoints;
    const around = Math.sqrt(1 - up * up);
    const turn = n * 2.399963229728653;
    points[3 * n] = radiusM * around * cos(turn);
    points[3 * n + 1] = radiusM * around * sin(turn);
    points[3 * n + 2] = radiusM * up;
  }
  return points;
}

/** Ten planets' breadths each way: what an endless world holds on the whole, not what lies around its origin. */
function planePoints(z: number): Float64Array {
  const side = Math.sqrt(coastPoints);
  const points = new Float64Array(3 * coastPoints);
  for (let n = 0; n < coastPoints; n++) {
    points[3 * n] = ((n % side) / side - 0.5) * 20 * planeScaleM;
    points[3 * n + 1] = (Math.floor(n / side) / side - 0.5) * 20 * planeScaleM;
    points[3 * n + 2] = z;
  }
  return points;
}
