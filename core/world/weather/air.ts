import { assert } from "../../lib/assert.ts";
import { readSpecification } from "../../protocol/world-specification.ts";
import { atan2 } from "../../sim/elementary.ts";
import { createGridEdges } from "../../sim/grid/edges.ts";
import { createSphereLand, type Land } from "../../sim/land.ts";
import { earthLike, type PlanetSpec } from "../../sim/planet/spec.ts";
import { type Normals, refineNormals } from "../../sim/planet/normals.ts";
import { beginInSeason } from "../../sim/season-start.ts";
import { airOf as airOfPlanet, provisionalOn, surfaceOn } from "../../sim/settled-climate.ts";
import type { SphereGrid } from "../../sim/sphere-grid.ts";
import type { Surface } from "../../sim/weather/model.ts";
import { type Planet, planetLimits } from "../../sim/weather/planet.ts";
import { at } from "../../sim/weather/state.ts";
import { createWeather, stepLength, type Weather } from "../../sim/weather/weather.ts";
import { placeOf } from "../sky.ts";
import { clamp, type Position } from "../space.ts";
import type { WorldSpec } from "../spec.ts";
import { terrainOf } from "../terrain.ts";
import { airGrid } from "./air-grid.ts";
import { type AirLand, landNormals } from "./air-land.ts";

// The air over a world: which planet it goes round on, over which land, and where in it somebody stands. All from the specification, and of a
// planet that was made from what was kept. A sphere has its own land. A bounded or endless world lies on a planet of the Earth's size, made from its seed, at its latitude, in the
// middle of the widest land there is at that latitude. Around that middle an endless world is true to scale for `foldM`, and then runs
// back over the same air: sun and season are the same all over such a world, so its air must not be that of another hour or climate.

/** Rooms have none. */
export const hasWeather = ({ ground }: WorldSpec): boolean => ground !== "room";

/** A smaller world has the air of one of this size: below it waves cross the world faster than a step can be short. */
export const airRadiusLeastM = 500_000;
/** From here on the air needs more cells. */
const largeM = 2_000_000;
const foldM = 600_000;

const planets = new WeakMap<WorldSpec, Planet>();

/** The same object for the same specification. */
export function planetOf(spec: WorldSpec): Planet {
  const planet = planets.get(spec) ?? makePlanetOf(spec);
  planets.set(spec, planet);
  return planet;
}

function makePlanetOf(spec: WorldSpec): Planet {
  const air = airOfPlanet(planetSpecOf(spec));
  const within = (name: keyof typeof planetLimits, value: number) =>
    clamp(value, planetLimits[name][0], planetLimits[name][1]);
  return {
    ...air,
    radiusM: clamp(air.radiusM, airRadiusLeastM, planetLimits.radiusM[1]),
    gravity: within("gravity", air.gravity),
    dayLengthS: within("dayLengthS", air.dayLengthS),
    daysPerYear: within("daysPerYear", air.daysPerYear),
    axialTiltRad: within("axialTiltRad", Math.abs(air.axialTiltRad)),
    sunlight: within("sunlight", air.sunlight),
    eccentricity: within("eccentricity", spec.sky.eccentricity ?? 0),
    perihelionRad: spec.sky.perihelionRad ?? 0,
  };
}

/** As a planet's generator would have it; the sky is always the world's own. */
function planetSpecOf({ seed, radiusM, sky, generator, specification }: WorldSpec): PlanetSpec {
  const said = specification === undefined ? undefined : readSpecification(specification).planet;
  return {
    ...earthLike,
    seed,
    radiusM: radiusM ?? earthLike.radiusM,
    gravityMs2: (said?.gravity_g ?? 1) * earthLike.gravityMs2,
    temperatureOffsetC: said?.temperature_offset_c ?? 0,
    moisture: said?.moisture ?? 1,
    ...generator?.planet,
    dayLengthS: sky.dayLengthS,
    yearDays: sky.daysPerYear,
    axialTiltRad: sky.axialTiltRad,
  };
}

/** 642 cells for a planet, 162 for one a tenth of the Earth's size: about 2 ms and 0.5 ms a step. */
export const airLevelOf = (spec: WorldSpec): number => (planetOf(spec).radiusM >= largeM ? 3 : 2);

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

/** What the air of a world is made over: its grid, its land, and how it is there in each month. */
type AirGround = { readonly grid: SphereGrid; readonly surface: Surface; readonly normals: Normals };

function airGroundOf(spec: WorldSpec, land: AirLand | undefined): AirGround {
  const grid = airGrid(airLevelOf(spec));
  if (spec.ground !== "planet") {
    const surface = surfaceOf(spec, grid);
    return { grid, surface, normals: provisionalOn(grid, surface, normalSpec(spec)) };
  }
  assert(land !== undefined, "the air of a planet without the planet");
  const surface = surfaceOn(grid, { grid: airGrid(land.level), elevation_c: land.elevation_c });
  return { grid, surface, normals: refineNormals(landNormals(land), grid, surface.elevationM_c) };
}

/** Held to what the energy balance can be asked about. */
function normalSpec(spec: WorldSpec): PlanetSpec {
  const { radiusM, dayLengthS, daysPerYear, axialTiltRad, gravity } = planetOf(spec);
  return {
    ...planetSpecOf(spec),
    radiusM,
    gravityMs2: gravity,
    dayLengthS,
    yearDays: daysPerYear,
    axialTiltRad,
  };
}

/**
 * At rest, before its first step, in the season of `step` as the world's normals have it. Costs about 80 ms. `land`: of a planet that was made.
 * `buffer`: where the state is to lie.
 */
export function airOf(
  spec: WorldSpec,
  {
    step = 0,
    land,
    buffer,
  }: { readonly step?: number; readonly land?: AirLand; readonly buffer?: ArrayBufferLike } = {},
): Weather {
  const { grid, surface, normals } = airGroundOf(spec, land);
  const planet = planetOf(spec);
  const weather = createWeather(grid, surface, planet, spec.seed, buffer === undefined ? {} : { buffer });
  const years = (step * weather.stepS) / (planet.dayLengthS * planet.daysPerYear);
  beginInSeason(weather.model, normals, years - Math.floor(years));
  weather.model.state.header[at.step] = step;
  return weather;
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
    const along = (axis: number) => (2 * p[3 * c + axis]! + p[3 * n + axis]!) / 3;
    return [along(0), along(1), along(2)];
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
