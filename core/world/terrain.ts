import { assert } from "../lib/assert.ts";
import type { Biome } from "../protocol/map.ts";
import { biomeNames } from "./biome-names.ts";
import { createPlaneLand, createSphereLand, type Land } from "../sim/land.ts";
import { type ClimateAtPlace, createPlanetClimate } from "../sim/planet-land/climate.ts";
import { createDeposits, type DepositsAtPlace } from "../sim/planet-land/deposits.ts";
import { createPlanetLand } from "../sim/planet-land/land.ts";
import { createNames, type Names } from "../sim/planet-land/names.ts";
import type { Planet } from "../sim/planet/planet.ts";
import { createValleyLand } from "../sim/valley.ts";
import { round, travel, type Position } from "./space.ts";
import type { WorldSpec } from "./spec.ts";

/** What is underfoot at a place. */
export type Ground = {
  /** Of the solid ground, in water of its bed; metres above the world's sea level. */
  readonly elevationM: number;
  readonly biome: Biome;
  readonly isWater: boolean;
  /** 0 on dry ground. */
  readonly waterDepthM: number;
};

export type Slope = {
  /** Metres of rise for a metre on the level, uphill: 0 is level, 1 is 45°. */
  readonly grade: number;
  /** Compass bearing of the way down, from north over east, 0 … 2π. Without meaning where the grade is 0. */
  readonly downhillRad: number;
};

/** A place of interest, seen from where one stands. */
export type Sighting = { readonly distanceM: number; readonly bearingRad: number; readonly biome: Biome };

/** The land of a world, by its own coordinates (see `Position`). Pure: the same specification answers the same on every start. */
export type Terrain = {
  groundAt(x: number, y: number): Ground;
  slopeAt(x: number, y: number): Slope;
  /** Annual means at the height of the ground there. Where it is missing, what the latitude alone tells is all that is known. */
  readonly climateAt?: ClimateAtPlace;
  /** What the ground holds; missing where nobody has looked. */
  readonly depositsAt?: DepositsAtPlace;
  /** Of what is large enough to have one. */
  readonly names?: Names;
  /** What it was made from, where that is a planet. */
  readonly planet?: Planet;
};

/**
 * Making it costs about 35 ms for a sphere or a plane; a look-up costs 2–4 µs, a slope four times that. `planet`: of the ground that has
 * one, as it was kept.
 */
export function terrainOf(spec: WorldSpec, planet?: Planet): Terrain {
  if (spec.ground === "room") return floor;
  const land = spec.ground === "planet" ? planetLandOf(planet) : landOf(spec);
  return {
    ...(planet !== undefined && {
      climateAt: createPlanetClimate(planet),
      depositsAt: createDeposits(planet),
      names: createNames(planet),
      planet,
    }),
    groundAt(x, y) {
      const { elevationM, waterLevelM, biome } = land.sampleAt(x, y);
      return {
        elevationM,
        biome: biomeNames[biome],
        isWater: waterLevelM !== null,
        waterDepthM: waterLevelM === null ? 0 : waterLevelM - elevationM,
      };
    },
    slopeAt(x, y) {
      const { east, north } = land.gradientAt(x, y, slopeSpanM);
      const downhill = Math.atan2(-east, -north);
      return { grade: Math.sqrt(east * east + north * north), downhillRad: downhill < 0 ? downhill + turn : downhill };
    },
  };
}

/** The nearest water within `withinM`, to a quarter of its distance or so: 16 directions, distances growing by a quarter. */
export function nearestWater(terrain: Terrain, spec: WorldSpec, at: Position, withinM: number): Sighting | null {
  const here = terrain.groundAt(at.x, at.y);
  if (here.isWater) return { distanceM: 0, bearingRad: 0, biome: here.biome };
  for (let distanceM = Math.min(5, withinM); distanceM <= withinM; distanceM *= 1.25) {
    for (let direction = 0; direction < 16; direction++) {
      const bearingRad = (direction * turn) / 16;
      const there = travel(spec, at, bearingRad, distanceM);
      const ground = terrain.groundAt(there.x, there.y);
      if (ground.isWater && isInside(spec, there, 0)) return { distanceM, bearingRad, biome: ground.biome };
    }
  }
  return null;
}

/**
 * A dry, gentle, green place, not at the water's edge, as near as a widening spiral finds one; failing that a dry and gentle one, failing
 * that the highest looked at. z is the ground's elevation. Costs up to some 50 ms: for making worlds, not for turns.
 */
export function findSpawn(terrain: Terrain, spec: WorldSpec, near: Position): Position {
  let dry: Position | null = null;
  let highest: Position | null = null;
  for (let probe = 0; probe < spawnProbesMax; probe++) {
    const distanceM = probe === 0 ? 0 : 4 * spawnSpread ** probe;
    if (spec.radiusM !== null && distanceM > Math.PI * spec.radiusM) break;
    const there = travel(spec, near, (probe * goldenAngleRad) % turn, distanceM);
    if (!isInside(spec, there, spawnClearM)) continue;
    const ground = terrain.groundAt(there.x, there.y);
    const position = { x: there.x, y: there.y, z: round(ground.elevationM) };
    if (highest === null || ground.elevationM > highest.z) highest = position;
    if (ground.isWater || !isClear(terrain, spec, position)) continue;
    if (spec.ground === "room" || green.has(ground.biome)) return position;
    dry ??= position;
  }
  const found = dry ?? highest;
  assert(found !== null, "no place within the world is near enough to spawn");
  return found;
}

const turn = 2 * Math.PI;
const goldenAngleRad = Math.PI * (3 - Math.sqrt(5));
/** A stride or two: what feet feel as a slope. */
const slopeSpanM = 4;

const spawnProbesMax = 900;
/** Each probe is this much farther than the last: 4 m … 200,000 km within the bound. */
const spawnSpread = 1.02;
const spawnClearM = 12;
const spawnGradeMax = 0.12;
const green: ReadonlySet<Biome> = new Set<Biome>(["Grassland", "Deciduous Forest", "Savanna", "Rainforest", "Taiga"]);

const floor: Terrain = {
  groundAt: () => ({ elevationM: 0, biome: "Lobby", isWater: false, waterDepthM: 0 }),
  slopeAt: () => ({ grade: 0, downhillRad: 0 }),
};

function planetLandOf(planet: Planet | undefined): Land {
  assert(planet !== undefined, "the ground of a planet without the planet");
  return createPlanetLand(planet);
}

function landOf(spec: WorldSpec): Land {
  const { seed, sky } = spec;
  switch (spec.shape) {
    case "spherical":
      assert(spec.radiusM !== null, "a sphere without a radius");
      return createSphereLand(seed, { radiusM: spec.radiusM, axialTiltRad: sky.axialTiltRad });
    case "bounded":
      assert(spec.bounds !== null, "a bounded world without bounds");
      return createValleyLand(seed, spec.bounds);
    case "infinite":
      return createPlaneLand(seed, { latitudeRad: sky.latitudeRad, axialTiltRad: sky.axialTiltRad });
  }
}

/** Dry and gentle here and all around, so that the first step does not drown anybody. */
function isClear(terrain: Terrain, spec: WorldSpec, at: Position): boolean {
  if (terrain.slopeAt(at.x, at.y).grade > spawnGradeMax) return false;
  for (let direction = 0; direction < 8; direction++) {
    const there = travel(spec, at, (direction * turn) / 8, spawnClearM);
    const ground = terrain.groundAt(there.x, there.y);
    if (ground.isWater || Math.abs(ground.elevationM - at.z) > spawnGradeMax * 2 * spawnClearM) return false;
  }
  return true;
}

function isInside(spec: WorldSpec, at: { readonly x: number; readonly y: number }, marginM: number): boolean {
  const { bounds } = spec;
  if (bounds === null) return true;
  const margin = Math.min(marginM, (bounds.maxX - bounds.minX) / 4, (bounds.maxY - bounds.minY) / 4);
  return (
    at.x >= bounds.minX + margin &&
    at.x <= bounds.maxX - margin &&
    at.y >= bounds.minY + margin &&
    at.y <= bounds.maxY - margin
  );
}
