import { biomeClass, type BiomeClass } from "../biome.ts";
import { cos, sin } from "../elementary.ts";
import { gradientOf, type Land, type LandSample } from "../land.ts";
import { fbm, mix, simplex3, smoothstep } from "../noise.ts";
import type { Planet } from "../planet/planet.ts";
import { seedOf } from "../rng.ts";
import { createSurface, type Lie, putLie, type Surface } from "./ground.ts";
import { createLocate, type Locate, type Spot } from "./locate.ts";
import { awayFrom, bankM, type Channel, createRivers, eachChannel, type Rivers } from "./rivers.ts";

// The land of a planet, down to where feet stand: heights, coasts, lakes and biomes from between its cells (ground.ts), rivers along its drainage
// (rivers.ts), and hills from noise, as high as the planet is rough there. The place that is asked for is moved by slow noise first, up to a
// fifth of a cell, so that nothing follows the grid: coasts fray and rivers wind. Noise never moves the ground across the sea's level.
// Pure: the same for one planet however often and in whatever order it is asked. Cost: about 3 µs a look-up.

export type PlanetLand = Land;

type Kernel = {
  readonly surface: Surface;
  readonly rivers: Rivers;
  readonly locate: Locate;
  readonly warpLength: number;
  readonly warpOctaves: number;
  readonly hillOctaves: number;
  readonly seeds: { readonly [name in "warpX" | "warpY" | "warpZ" | "hills" | "groves"]: number };
  readonly lie: Lie;
  readonly channel: Channel;
  readonly at: { x: number; y: number; z: number };
};

/** Of the cells' spacing. */
const warpShare = 0.22;
const warpGain = 0.45;
/** Bends finer than this are the banks'. */
const warpFinestM = 500;
/** As in the painted lands: ground gets smoother towards the feet (relief.ts). */
const hillGain = 0.547;
const hillFinestM = 4;

export function createPlanetLand(planet: Planet): PlanetLand {
  const kernel = createKernel(planet);
  const { radiusM } = planet.spec;
  return {
    sampleAt(x, y) {
      const longitude = x / radiusM;
      const latitude = y / radiusM;
      const around = cos(latitude);
      return sample(kernel, around * cos(longitude), around * sin(longitude), sin(latitude));
    },
    gradientAt(x, y, spanM) {
      const [sinLon, cosLon, sinLat, cosLat] = [sin(x / radiusM), cos(x / radiusM), sin(y / radiusM), cos(y / radiusM)];
      // Steps along the tangents, so that the poles are places like any other.
      const elevationAt = (east: number, north: number): number => {
        const e = east / radiusM;
        const n = north / radiusM;
        const px = cosLat * cosLon - e * sinLon - n * sinLat * cosLon;
        const py = cosLat * sinLon + e * cosLon - n * sinLat * sinLon;
        const pz = sinLat + n * cosLat;
        return sample(kernel, px, py, pz).elevationM;
      };
      return gradientOf(elevationAt, spanM);
    },
  };
}

function createKernel(planet: Planet): Kernel {
  const surface = createSurface(planet);
  const { seed, radiusM } = planet.spec;
  const { spacingM } = surface;
  return {
    surface,
    rivers: createRivers(surface),
    locate: createLocate(planet.grid),
    warpLength: spacingM / radiusM,
    warpOctaves: octaves(spacingM, warpFinestM),
    hillOctaves: octaves(spacingM / 2, hillFinestM),
    seeds: {
      warpX: seedOf(seed, "planet-land", "warp-x"),
      warpY: seedOf(seed, "planet-land", "warp-y"),
      warpZ: seedOf(seed, "planet-land", "warp-z"),
      hills: seedOf(seed, "planet-land", "hills"),
      groves: seedOf(seed, "planet-land", "groves"),
    },
    lie: { shore: 0, elevationM: 0, hillM: 0, lake: 0, inLake: 0, lakeDepthM: 0 },
    channel: { fromBankM: 0, halfWidthM: 0, levelM: 0, depthM: 0, isPond: false },
    at: { x: 0, y: 0, z: 0 },
  };
}

function octaves(fromM: number, toM: number): number {
  let count = 1;
  for (let lengthM = fromM; lengthM > toM && count < 18; lengthM /= 2) count++;
  return count;
}

/** Of a direction, of length 1 or nearly. */
function sample(kernel: Kernel, x: number, y: number, z: number): LandSample {
  const { surface, lie } = kernel;
  moveByWarp(kernel, x, y, z);
  const spot = kernel.locate(kernel.at.x, kernel.at.y, kernel.at.z);
  putLie(lie, surface, spot);
  const naturalM = lie.elevationM + hills(kernel, x, y, z);
  if (lie.shore <= 0) return { elevationM: Math.min(naturalM, 0), waterLevelM: 0, biome: biomeClass.ocean };

  let elevationM = naturalM;
  if (lie.lake !== 0) {
    const { levelM } = surface.planet.lakes[lie.lake - 1]!;
    const away = -lie.inLake;
    if (away < 0) return { elevationM: levelM - lakeBed(lie), waterLevelM: levelM, biome: biomeClass.lake };
    elevationM = mix(levelM + 30 * away, naturalM, smoothstep(0, 0.3, away));
  }
  return withChannels(kernel, spot, elevationM, x, y, z);
}

const lakeBed = ({ inLake, lakeDepthM }: Lie): number => Math.max(2, lakeDepthM) * smoothstep(0, 0.3, inLake);

/**
 * Beside channels the ground is theirs, each as much as it is near: at a bank that one's alone, where the plains end none's (Shepard 1968, inverse
 * distances), so that there is no step where two of them meet.
 */
function withChannels(kernel: Kernel, spot: Spot, groundM: number, x: number, y: number, z: number): LandSample {
  const { surface, rivers, channel, lie } = kernel;
  let [deepest, levelM, bedM, isPond] = [0, 0, 0, false];
  let [natural, weights, banksM] = [1, 0, 0];
  // At the edge of the sea and of lakes the land is the shore's, but for the banks themselves.
  const coastal = 1 - smoothstep(0, 0.02, lie.lake === 0 ? lie.shore : Math.min(lie.shore, -lie.inLake));
  eachChannel(surface, rivers, spot, kernel.at, channel, () => {
    const { fromBankM } = channel;
    if (fromBankM >= 0) {
      const away = mix(awayFrom(channel, surface.spacingM), 1, coastal * Math.min(1, fromBankM / 30));
      const weight = (1 - away) / (away + 1e-12);
      natural *= away;
      weights += weight;
      banksM += weight * (channel.levelM + bankM(fromBankM));
    } else if (fromBankM < deepest) {
      const across = 1 + fromBankM / channel.halfWidthM;
      deepest = fromBankM;
      ({ levelM, isPond } = channel);
      bedM = channel.levelM - channel.depthM * (1 - across * across);
    }
  });
  if (deepest < 0) {
    return { elevationM: bedM, waterLevelM: levelM, biome: isPond ? biomeClass.lake : biomeClass.river };
  }
  const elevationM = weights === 0 ? groundM : mix(banksM / weights, groundM, natural);
  return { elevationM, waterLevelM: null, biome: growthAt(kernel, spot, x, y, z) };
}

function moveByWarp({ seeds, warpLength, warpOctaves, at }: Kernel, x: number, y: number, z: number): void {
  const [u, v, w] = [x / warpLength, y / warpLength, z / warpLength];
  const share = warpShare * warpLength;
  const px = x + share * fbm(seeds.warpX, u, v, w, warpOctaves, warpGain);
  const py = y + share * fbm(seeds.warpY, u, v, w, warpOctaves, warpGain);
  const pz = z + share * fbm(seeds.warpZ, u, v, w, warpOctaves, warpGain);
  const length = Math.sqrt(px * px + py * py + pz * pz);
  at.x = px / length;
  at.y = py / length;
  at.z = pz / length;
}

/** Never more than half of what is between the ground and the sea's level. */
function hills({ lie, seeds, hillOctaves, warpLength }: Kernel, x: number, y: number, z: number): number {
  const scale = 2 / warpLength;
  const amplitude = Math.min(lie.hillM, 0.5 * Math.abs(lie.elevationM));
  return amplitude * fbm(seeds.hills, x * scale, y * scale, z * scale, hillOctaves, hillGain);
}

/** Of the three cells around, the one that weighs most where groves and clearings have been weighed in; on dry ground nothing of water. */
function growthAt({ surface, seeds, warpLength }: Kernel, spot: Spot, x: number, y: number, z: number): BiomeClass {
  const { biome_c } = surface.planet;
  const scale = 24 / warpLength;
  const jitter = 0.12 * simplex3(seeds.groves, x * scale, y * scale, z * scale);
  const { cell, left, right } = spot;
  let best = -1;
  let most = -1;
  const weigh = (c: number, weight: number): void => {
    const biome = biome_c[c]!;
    if (biome === biomeClass.ocean || biome === biomeClass.lake || weight <= most) return;
    best = biome;
    most = weight;
  };
  // Each cell leans its own way, the same from every triangle that it is a corner of.
  weigh(cell, spot.inCell + (cell % 2 === 0 ? jitter : -jitter));
  weigh(left, spot.inLeft + (left % 2 === 0 ? jitter : -jitter));
  weigh(right, spot.inRight + (right % 2 === 0 ? jitter : -jitter));
  return best < 0 ? biomeClass.wetland : (best as BiomeClass);
}
