import { cos, sin } from "../elementary.ts";
import type { Geometry } from "./geometry.ts";
import { bandAt, vapourCapacity } from "./energy-balance.ts";

// Rain of one month from vapour carried upwind to downwind: the sea gives it off, air that rises in the belts of rain and on slopes drops
// it, land gives part of it back. Belts of wind by latitude (trades, westerlies, polar easterlies) about the month's thermal equator, as wide
// as the spin allows: painted, and only until the weather model's normals are there. Amounts are relative; the caller scales the year.
// Arrays: _cn as the grid's neighbours. Cost: 40 ns a cell and sweep.

export type MoistureMap = {
  readonly geometry: Geometry;
  readonly isSea_c: Uint8Array;
  readonly elevation_c: Float64Array;
  /** Unit way to each neighbour, east and north. */
  readonly east_cn: Float64Array;
  readonly north_cn: Float64Array;
  /** Vapour in the air, kept from month to month. */
  readonly vapour_c: Float64Array;
  readonly upwind_cn: Float64Array;
};

export function createMoistureMap(geometry: Geometry, isSea_c: Uint8Array, elevation_c: Float64Array): MoistureMap {
  const { grid, distance_cn } = geometry;
  const { cellCount, position_c, neighbour_cn, latitude_c, longitude_c } = grid;
  const east_cn = new Float64Array(6 * cellCount);
  const north_cn = new Float64Array(6 * cellCount);
  for (let c = 0; c < cellCount; c++) {
    const sinLat = sin(latitude_c[c]!);
    const cosLat = cos(latitude_c[c]!);
    const sinLon = sin(longitude_c[c]!);
    const cosLon = cos(longitude_c[c]!);
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      const n = neighbour_cn[k]!;
      if (n === c) continue;
      const dx = position_c[3 * n]! - position_c[3 * c]!;
      const dy = position_c[3 * n + 1]! - position_c[3 * c + 1]!;
      const dz = position_c[3 * n + 2]! - position_c[3 * c + 2]!;
      east_cn[k] = (-sinLon * dx + cosLon * dy) / distance_cn[k]!;
      north_cn[k] = (-sinLat * (cosLon * dx + sinLon * dy) + cosLat * dz) / distance_cn[k]!;
    }
  }
  const vapour_c = new Float64Array(cellCount);
  return { geometry, isSea_c, elevation_c, east_cn, north_cn, vapour_c, upwind_cn: new Float64Array(6 * cellCount) };
}

export type Belts = {
  /** Latitude where the air rises, radians. */
  readonly thermalEquator: number;
  /** Width of the Hadley cell, radians. */
  readonly hadley: number;
};

/** Held & Hou 1980 would make it inverse to the spin; models of slow planets find about its square root (Kaspi & Showman 2015, fig. 3). */
export function hadleyWidth(dayLengthS: number): number {
  return Math.min(1.5, Math.max(0.2, 0.52 * Math.sqrt(dayLengthS / 86_400)));
}

/** Surface wind of the belts, m/s east and north, at x Hadley widths from the thermal equator. */
export function beltWind(latitude: number, belts: Belts): { east: number; north: number } {
  const away = latitude - belts.thermalEquator;
  const x = Math.min(2.9, Math.abs(away) / belts.hadley);
  const wave = sin(Math.PI * x);
  const fade = x < 2 ? 1 : 0.5;
  const side = away < 0 ? -1 : 1;
  return { east: -6 * wave * fade, north: -side * 2.5 * wave * fade };
}

/** Factor on rain: rising air at the thermal equator, sinking at its cell's edge, storms beyond. */
function beltRain(latitude: number, belts: Belts): number {
  const x = Math.min(3, Math.abs(latitude - belts.thermalEquator) / belts.hadley);
  const ring = 0.5 + 0.5 * cos((2 * Math.PI * x) / 1.75);
  return 0.02 + (x < 0.9 ? 0.8 : 0.75) * ring * ring;
}

/** `sweeps` of Gauss–Seidel; the rain of the last one is added to `rain_c`. */
export function sweepMoisture(
  map: MoistureMap,
  temperature_c: Float64Array,
  belts: Belts,
  sweeps: number,
  rain_c: Float64Array,
): void {
  const { cellCount, latitude_c } = map.geometry.grid;
  const factor_b = Float64Array.from({ length: 181 }, (_, d) => beltRain(((d - 90) * Math.PI) / 180, belts));
  const landBelts = { ...belts, thermalEquator: 1.5 * belts.thermalEquator };
  const landFactor_b = Float64Array.from(
    { length: 181 },
    (_, d) => 0.8 * beltRain(((d - 90) * Math.PI) / 180, landBelts),
  );
  blow(map, belts);
  const capacity_c = Float64Array.from(temperature_c, vapourCapacity);
  const last = sweeps - 1;
  for (let sweep = 0; sweep < sweeps; sweep++) {
    for (let i = 0; i < cellCount; i++) {
      const c = sweep % 2 === 0 ? i : cellCount - 1 - i;
      const degree = Math.round((latitude_c[c]! * 180) / Math.PI) + 90;
      const factor = map.isSea_c[c] === 1 ? factor_b[degree]! : landFactor_b[degree]!;
      const rain = passOver(map, c, factor, capacity_c[c]!);
      if (sweep === last) rain_c[c]! += rain;
    }
  }
}

/** Shares of the upwind neighbours in what comes in: 0.7 by the wind, 0.3 from all around, for storms blow every way. */
function blow(map: MoistureMap, belts: Belts): void {
  const { upwind_cn, east_cn, north_cn, geometry } = map;
  const { cellCount, latitude_c, degree_c } = geometry.grid;
  const wind_d = Array.from({ length: 181 }, (_, d) => beltWind(((d - 90) * Math.PI) / 180, belts));
  for (let c = 0; c < cellCount; c++) {
    const { east, north } = wind_d[Math.round((latitude_c[c]! * 180) / Math.PI) + 90]!;
    let sum = 0;
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      const along = Math.max(0, -(east * east_cn[k]! + north * north_cn[k]!));
      upwind_cn[k] = along;
      sum += along;
    }
    const even = (sum > 0 ? 0.3 : 1) / degree_c[c]!;
    const scale = sum > 0 ? 0.7 / sum : 0;
    for (let k = 6 * c; k < 6 * c + degree_c[c]!; k++) upwind_cn[k] = even + scale * upwind_cn[k]!;
  }
}

/** Share of the vapour that falls over 1000 km at a factor of 1. */
const fallPerMm = 0.9;
/** Of vapour, for each kilometre that the ground rises. */
const fallPerRiseKm = 0.12;
/** Of rain, what land gives back to the air. */
const givenBack = 0.45;

function passOver(map: MoistureMap, c: number, factor: number, capacity: number): number {
  const { vapour_c, upwind_cn, elevation_c, isSea_c, geometry } = map;
  const { neighbour_cn } = geometry.grid;
  let vapour = 0;
  let from = 0;
  for (let k = 6 * c; k < 6 * c + 6; k++) {
    const share = upwind_cn[k]!;
    const n = neighbour_cn[k]!;
    vapour += share * vapour_c[n]!;
    from += share * Math.max(0, elevation_c[n]!);
  }
  const rise = Math.max(0, Math.max(0, elevation_c[c]!) - from) / 1000;
  const fall = Math.min(0.8, factor * fallPerMm * geometry.spacing * 6.371 + fallPerRiseKm * rise);
  let rain = fall * vapour;
  rain += Math.max(0, vapour - rain - capacity);
  const given = isSea_c[c] === 1 ? 0.3 * Math.max(0, 0.85 * capacity - (vapour - rain)) : givenBack * rain;
  vapour_c[c] = vapour - rain + given;
  return rain;
}

/** Warmest latitude, as a mean weighted by 1 / (1 + (ΔT / 2 °C)⁴): it follows the sun half way, more where the sea is shallow in seasons. */
export function thermalEquatorOf(zonalMean_b: ArrayLike<number>, latitudeOf: (band: number) => number): number {
  let warmest = -Infinity;
  for (let b = 0; b < zonalMean_b.length; b++) warmest = Math.max(warmest, zonalMean_b[b]!);
  let sum = 0;
  let total = 0;
  for (let b = 0; b < zonalMean_b.length; b++) {
    const latitude = latitudeOf(b);
    const below = (warmest - zonalMean_b[b]!) / 2;
    const weight = cos(latitude) / (1 + below * below * below * below);
    sum += weight * latitude;
    total += weight;
  }
  return sum / total;
}

export function atBand(value_b: ArrayLike<number>, latitude: number, stride: number, offset: number): number {
  const at = bandAt(latitude);
  const low = Math.floor(at);
  const high = Math.min(low + 1, value_b.length / stride - 1);
  const t = at - low;
  return (1 - t) * value_b[stride * low + offset]! + t * value_b[stride * high + offset]!;
}
