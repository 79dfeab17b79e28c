import { atan2 } from "../../sim/elementary.ts";
import { createGridEdges } from "../../sim/grid/edges.ts";
import { createSphereLand, type Land } from "../../sim/land.ts";
import { createSphereGrid, type SphereGrid } from "../../sim/sphere-grid.ts";
import type { Surface } from "../../sim/weather/model.ts";
import { earth, type Planet, planetLimits } from "../../sim/weather/planet.ts";
import { createWeather, stepLength, type Weather } from "../../sim/weather/weather.ts";
import { placeOf } from "../sky.ts";
import { clamp, type Position } from "../space.ts";
import type { WorldSpec } from "../spec.ts";
import { terrainOf } from "../terrain.ts";

// The air over a world: which planet it goes round on, over which land, and where in it somebody stands. All from the specification.
// A sphere has its own land. A bounded or endless world lies on a planet of the Earth's size, made from its seed, at its latitude, in the
// middle of the widest land there is at that latitude. Around that middle an endless world is true to scale for `foldM`, and then runs
// back over the same air: sun and season are the same all over such a world, so its air must not be that of another hour or climate.

/** Rooms have none. */
export const hasWeather = ({ ground }: WorldSpec): boolean => ground === "land";

/** A smaller world has the air of one of this size: below it waves cross the world faster than a step can be short. */
export const airRadiusLeastM = 500_000;
/** From here on the air needs more cells. */
const largeM = 2_000_000;
const foldM = 600_000;

export function planetOf({ radiusM, sky }: WorldSpec): Planet {
  const within = (name: "dayLengthS" | "daysPerYear" | "axialTiltRad" | "eccentricity", value: number) =>
    clamp(value, planetLimits[name][0], planetLimits[name][1]);
  return {
    ...earth,
    radiusM: clamp(radiusM ?? earth.radiusM, airRadiusLeastM, planetLimits.radiusM[1]),
    dayLengthS: within("dayLengthS", sky.dayLengthS),
    daysPerYear: within("daysPerYear", sky.daysPerYear),
    axialTiltRad: within("axialTiltRad", Math.abs(sky.axialTiltRad)),
    eccentricity: within("eccentricity", sky.eccentricity ?? 0),
    perihelionRad: sky.perihelionRad ?? 0,
  };
}

/** 642 cells for a planet, 162 for one a tenth of the Earth's size: about 2 ms and 0.5 ms a step. */
export const airLevelOf = (spec: WorldSpec): number => (planetOf(spec).radiusM >= largeM ? 3 : 2);

const grids = new Map<number, SphereGrid>();

/** One for all worlds of a level. */
export function airGrid(level: number): SphereGrid {
  const grid = grids.get(level) ?? createSphereGrid(level);
  grids.set(level, grid);
  return grid;
}

const spans = new Map<number, number>();

/** Game seconds of a step of the air over this world. */
export function airStepS(spec: WorldSpec): number {
  const planet = planetOf(spec);
  const level = airLevelOf(spec);
  const span =
    spans.get(level) ?? createGridEdges(airGrid(level)).span_e.reduce((least, each) => Math.min(least, each), Infinity);
  spans.set(level, span);
  return stepLength(span * planet.radiusM, planet);
}

/** At rest, before its first step. Costs about 50 ms. `buffer`: where the state is to lie. */
export function airOf(spec: WorldSpec, buffer?: ArrayBufferLike): Weather {
  const grid = airGrid(airLevelOf(spec));
  return createWeather(grid, surfaceOf(spec, grid), planetOf(spec), spec.seed, buffer === undefined ? {} : { buffer });
}

/** A unit vector in the air's own frame. */
export function inAir(spec: WorldSpec, position: Position): { x: number; y: number; z: number } {
  const { latitudeRad, longitudeRad } = placeOf(spec, position);
  const { radiusM } = planetOf(spec);
  const isEndless = spec.shape === "infinite";
  const latitude = latitudeRad + (isEndless ? folded(position.y) / radiusM : 0);
  const longitude = longitudeRad + (isEndless ? folded(position.x) / (radiusM * Math.cos(latitudeRad)) : 0);
  const flat = Math.cos(latitude);
  return { x: flat * Math.cos(longitude), y: flat * Math.sin(longitude), z: Math.sin(latitude) };
}

/** A triangle wave through 0 with slope 1. */
function folded(metres: number): number {
  const period = 4 * foldM;
  const along = (((metres + foldM) % period) + period) % period;
  return along < 2 * foldM ? along - foldM : 3 * foldM - along;
}

function surfaceOf(spec: WorldSpec, grid: SphereGrid): Surface {
  const { radiusM } = planetOf(spec);
  const ground = spec.shape === "spherical" ? ownGround(spec) : seededGround(spec, radiusM);
  const elevationM_c = new Float64Array(grid.cellCount);
  const landShare_c = new Float64Array(grid.cellCount);
  for (let c = 0; c < grid.cellCount; c++) {
    for (const [x, y, z] of pointsOf(grid, c)) {
      const { elevationM, isSea } = ground(atan2(z, Math.sqrt(x * x + y * y)), atan2(y, x));
      if (isSea) continue;
      elevationM_c[c]! += Math.max(0, elevationM) / pointsPerCell;
      landShare_c[c]! += 1 / pointsPerCell;
    }
  }
  return { elevationM_c, landShare_c };
}

const pointsPerCell = 7;

/** The middle of a cell, and a third of the way to each neighbour. */
function pointsOf({ position_c: p, neighbour_cn }: SphereGrid, c: number): [number, number, number][] {
  const towards = (n: number): [number, number, number] => {
    const at = (axis: number) => (2 * p[3 * c + axis]! + p[3 * n + axis]!) / 3;
    return [at(0), at(1), at(2)];
  };
  return [towards(c), ...Array.from({ length: 6 }, (_, n) => towards(neighbour_cn[6 * c + n]!))];
}

type Ground = (latitudeRad: number, longitudeRad: number) => { elevationM: number; isSea: boolean };

function ownGround(spec: WorldSpec): Ground {
  const terrain = terrainOf(spec);
  const radiusM = spec.radiusM ?? airRadiusLeastM;
  return (latitude, longitude) => {
    const { elevationM, isWater, biome } = terrain.groundAt(radiusM * longitude, radiusM * latitude);
    return { elevationM, isSea: isWater && biome === "Ocean" };
  };
}

function seededGround({ seed, sky }: WorldSpec, radiusM: number): Ground {
  const land = createSphereLand(seed, { radiusM, axialTiltRad: sky.axialTiltRad });
  const turnRad = longitudeOfLand(land, radiusM, sky.latitudeRad);
  return (latitude, longitude) => {
    const sample = land.sampleAt(radiusM * (longitude + turnRad), radiusM * latitude);
    return { elevationM: sample.elevationM, isSea: isSeaBed(sample) };
  };
}

const isSeaBed = ({ waterLevelM }: ReturnType<Land["sampleAt"]>): boolean => waterLevelM === 0;

const longitudesTried = 72;

/** The middle of the longest stretch of land along the latitude; 0 where there is none. */
function longitudeOfLand(land: Land, radiusM: number, latitudeRad: number): number {
  const rad = (i: number) => (2 * Math.PI * i) / longitudesTried;
  const isLand = Array.from(
    { length: longitudesTried },
    (_, i) => !isSeaBed(land.sampleAt(radiusM * rad(i), radiusM * latitudeRad)),
  );
  let best = { length: 0, middle: 0 };
  for (let i = 0; i < longitudesTried; i++) {
    let length = 0;
    while (length < longitudesTried && isLand[(i + length) % longitudesTried] === true) length++;
    if (length > best.length) best = { length, middle: rad(i + (length - 1) / 2) };
  }
  return best.middle;
}
