import { layerCount } from "./layers.ts";
import { covarianceSize, waves } from "./season-normals.ts";

// The whole state of a world's weather in one Float64Array, so that it can be shared, copied, saved and hashed as it lies.
// Index kinds: _c cell, _kc k·cells + c, _ke k·edges + e. What comes after `prognosticCount` follows from the rest and is there to be read.

export type WeatherState = {
  readonly all: Float64Array;
  readonly prognosticCount: number;
  readonly header: Float64Array;
  readonly push: Float64Array;
  /** Tropical cyclones, `cycloneSize` numbers each: see `cyclone`. */
  readonly cyclones: Float64Array;
  readonly pressurePa_c: Float64Array;
  /** Potential temperature, K. */
  readonly theta_kc: Float64Array;
  /** Mass of vapour in a mass of air. */
  readonly humidity_kc: Float64Array;
  /** Across each edge, m/s, along its normal. */
  readonly wind_ke: Float64Array;
  /** Of the surface. */
  readonly skinK_c: Float64Array;
  /** Of the soil below, or of the sea's upper layer. */
  readonly deepK_c: Float64Array;
  /** kg/m², which is mm. */
  readonly soil_c: Float64Array;
  /** Water in the snow, kg/m². */
  readonly snow_c: Float64Array;
  readonly iceM_c: Float64Array;
  /** Convective rain, smoothed over six hours, kg/m²/s. */
  readonly showers_c: Float64Array;
  /** What has gone to the sea from here since the beginning: rain on it, run-off, calved ice, less what it gave. kg/m². */
  readonly toSea_c: Float64Array;
  /** Snow that wind can take up, kg/m². */
  readonly loose_c: Float64Array;
  /** For how long there has been a blizzard's wind and sight, s. */
  readonly blizzardS_c: Float64Array;
  /** Of the day that goes on and of the one before, from midnight to midnight where the cell is; 0 before there was one. */
  readonly hottestK_c: Float64Array;
  readonly hottestBeforeK_c: Float64Array;
  /** Whole days in a row that were far hotter than the season, s. */
  readonly hotS_c: Float64Array;
  /** Rain and snow of the last quarter of the year, kg/m²/s. */
  readonly seasonRain_c: Float64Array;
  /** How many standard deviations it is above what the season has, and how long there has been a drought, s. */
  readonly droughtIndex_c: Float64Array;
  readonly droughtS_c: Float64Array;
  /** What was learnt of the seasons: see season-normals.ts. Rain as its fourth root. */
  readonly seasonCovariance: Float64Array;
  readonly hottestNormal_cj: Float64Array;
  readonly hottestVariance_c: Float64Array;
  readonly rainNormal_cj: Float64Array;
  readonly rainVariance_c: Float64Array;
  /** The last two tendencies of the wind but for pressure, m/s². */
  readonly tendency1_ke: Float64Array;
  readonly tendency2_ke: Float64Array;
  /** Of the last step: kg/m²/s. */
  readonly rain_c: Float64Array;
  readonly snowfall_c: Float64Array;
  readonly evaporation_c: Float64Array;
  /** 0 … 1. */
  readonly cloud_c: Float64Array;
  /** Near the ground, K. */
  readonly airK_c: Float64Array;
  /** Of the lowest layer, m/s. */
  readonly east_c: Float64Array;
  readonly north_c: Float64Array;
  /** Energy of the next thunderstorm, J/kg. */
  readonly cape_c: Float64Array;
};

/** Of how the state lies and of the physics that it goes on by: from a state of another version other weather would follow than from its beginning. */
export const stateVersion = 4;

/** Of what `snapshot` gave; NaN where it is too short for one. */
export function snapshotVersion({ buffer, byteOffset, byteLength }: Uint8Array): number {
  return byteLength < 8 ? Number.NaN : new DataView(buffer, byteOffset).getFloat64(8 * at.version, true);
}

/** Places in the header. */
export const at = {
  version: 0,
  level: 1,
  step: 2,
  /** How many of the two earlier tendencies there are for Adams–Bashforth. */
  history: 3,
  /** Each step is divided into 2^ladder. */
  ladder: 4,
  /** What the energy of the air ought to be, J per m² of the sphere; 0 before the first step. */
  energy: 5,
  /** Energy that the fixer gave, summed over time, J/m². */
  fixed: 6,
  /** Sunlight taken in less warmth given off, and what pushes gave, summed over time, J/m². */
  received: 7,
  given: 8,
  backscatter: 9,
  /** Of the chances that cyclones begin by and squalls blow by: a world's own, so that a saved state goes on by itself. */
  cycloneSeed: 10,
  /** Cyclones since the beginning, and those of them that came to the wind of a storm. */
  cycloneCount: 11,
  stormCount: 12,
  /** Days of the world that `seasonCovariance` knows of. */
  daysLearnt: 13,
} as const;

const headerCount = 16;
export const pushesMax = 16;
export const pushSize = 8;
/** More than the Earth ever had at once; one more does not begin. */
export const cyclonesMax = 16;
export const cycloneSize = 12;

/** Places in a cyclone. */
export const cyclone = {
  /** Counted from 1; 0 is free. */
  id: 0,
  /** Unit vector to the middle. */
  x: 1,
  y: 2,
  z: 3,
  /** Sustained wind near the middle, at 10 m, m/s; how wet the middle is, 0 … 1. */
  maxMps: 4,
  moisture: 5,
  /** How it moves, m/s. */
  east: 6,
  north: 7,
  peakMps: 8,
  hours: 9,
  /** Of the grid. */
  cell: 10,
  isOnLand: 11,
} as const;

export function stateLength(cellCount: number): number {
  return createState(cellCount, null).length;
}

/** Views over one buffer, fresh or given (shared memory of the same length). */
export function createWeatherState(cellCount: number, buffer?: ArrayBufferLike): WeatherState {
  const length = stateLength(cellCount);
  const all = buffer === undefined ? new Float64Array(length) : new Float64Array(buffer, 0, length);
  return createState(cellCount, all).state!;
}

function createState(cellCount: number, all: Float64Array | null): { length: number; state: WeatherState | null } {
  const edgeCount = 3 * (cellCount - 2);
  let length = 0;
  const take = (count: number) => {
    const start = length;
    length += count;
    return all === null ? none : all.subarray(start, length);
  };
  const cells = () => take(cellCount);
  const layers = () => take(layerCount * cellCount);
  const winds = () => take(layerCount * edgeCount);
  const prognostic = {
    header: take(headerCount),
    push: take(pushesMax * pushSize),
    cyclones: take(cyclonesMax * cycloneSize),
    pressurePa_c: cells(),
    theta_kc: layers(),
    humidity_kc: layers(),
    wind_ke: winds(),
    skinK_c: cells(),
    deepK_c: cells(),
    soil_c: cells(),
    snow_c: cells(),
    iceM_c: cells(),
    showers_c: cells(),
    toSea_c: cells(),
    loose_c: cells(),
    blizzardS_c: cells(),
    hottestK_c: cells(),
    hottestBeforeK_c: cells(),
    hotS_c: cells(),
    seasonRain_c: cells(),
    droughtIndex_c: cells(),
    droughtS_c: cells(),
    seasonCovariance: take(covarianceSize),
    hottestNormal_cj: take(waves * cellCount),
    hottestVariance_c: cells(),
    rainNormal_cj: take(waves * cellCount),
    rainVariance_c: cells(),
    tendency1_ke: winds(),
    tendency2_ke: winds(),
  };
  const prognosticCount = length;
  const read = {
    rain_c: cells(),
    snowfall_c: cells(),
    evaporation_c: cells(),
    cloud_c: cells(),
    airK_c: cells(),
    east_c: cells(),
    north_c: cells(),
    cape_c: cells(),
  };
  return { length, state: all === null ? null : { all, prognosticCount, ...prognostic, ...read } };
}

const none = new Float64Array(0);
