import { exp } from "../elementary.ts";
import type { SphereGrid } from "../sphere-grid.ts";
import { bandAt, bandCount, bandLatitude, zonalClimate } from "./energy-balance.ts";
import { type Geometry, geometryOf } from "./geometry.ts";
import {
  atBand,
  type Belts,
  beltWind,
  createMoistureMap,
  hadleyWidth,
  sweepMoisture,
  thermalEquatorOf,
} from "./moisture.ts";
import type { PlanetSpec } from "./spec.ts";

// Normals: what the weather of a place is in the mean of each month. Either settled, from the weather model, or provisional, made here from
// the energy balance and the sweeps of vapour. Months are twelfths of the year, the first begins with the northern spring.

export type Normals = {
  readonly grid: SphereGrid;
  /** Near the ground, 12 a cell, °C. */
  readonly temperatureC_cm: Float64Array;
  /** Rain and snow, 12 a cell, mm a day. */
  readonly rainMmDay_cm: Float64Array;
  /** Mean surface wind of the year, m/s. */
  readonly windEastMs_c: Float64Array;
  readonly windNorthMs_c: Float64Array;
  /** Of the ground that these are normals of, metres; the sea is at 0. */
  readonly elevation_c: Float64Array;
};

/** K/m (ICAO's standard atmosphere). */
export const lapseRate = 0.0065;
/** Earth's (Adler et al. 2017, GPCP 2.3: 2.69). */
const earthRainMmDay = 2.7;
/** Share of the sea's moderation that is left so far inland, radians: 570 km. */
const maritimeReach = 0.09;

/** From heights on the grid (sea at or below 0). Cost: about 12 µs a cell. */
export function provisionalNormals(geometry: Geometry, elevation_c: Float64Array, spec: PlanetSpec): Normals {
  const { grid } = geometry;
  const { cellCount, latitude_c } = grid;
  const isSea_c = Uint8Array.from(elevation_c, (height) => (height > 0 ? 0 : 1));
  const landShare_b = landShares(grid, isSea_c);
  const zonal = zonalClimate(spec, landShare_b);
  const maritime_c = maritimeShare(geometry, isSea_c);
  const map = createMoistureMap(geometry, isSea_c, elevation_c);
  const normals = emptyNormals(grid, elevation_c);
  /** Of the lower air, most of which goes past heights, not over them. */
  const air_c = new Float64Array(cellCount);
  const rain_c = new Float64Array(cellCount);
  const hadley = hadleyWidth(spec.dayLengthS);
  for (let m = 0; m < 12; m++) {
    const mean_b = Float64Array.from(
      { length: bandCount },
      (_, b) => landShare_b[b]! * zonal.landC_bm[12 * b + m]! + (1 - landShare_b[b]!) * zonal.seaC_bm[12 * b + m]!,
    );
    const belts: Belts = { thermalEquator: thermalEquatorOf(mean_b, bandLatitude), hadley };
    for (let c = 0; c < cellCount; c++) {
      const latitude = latitude_c[c]!;
      const land = atBand(zonal.landC_bm, latitude, 12, m);
      const sea = atBand(zonal.seaC_bm, latitude, 12, m);
      const mixed = land + (sea - land) * maritime_c[c]!;
      const cooler = lapseRate * Math.max(0, elevation_c[c]!);
      air_c[c] = mixed - 0.2 * cooler;
      normals.temperatureC_cm[12 * c + m] = mixed - cooler;
      const wind = beltWind(latitude, belts);
      normals.windEastMs_c[c]! += wind.east / 12;
      normals.windNorthMs_c[c]! += wind.north / 12;
    }
    rain_c.fill(0);
    sweepMoisture(map, air_c, belts, m === 0 ? 40 : 8, rain_c);
    for (let c = 0; c < cellCount; c++) normals.rainMmDay_cm[12 * c + m] = rain_c[c]!;
  }
  scaleRain(normals, spec.moisture, landShare_b);
  return normals;
}

/** Of a cell's twelve values at a moment of the year, any number of years from the northern spring: straight between the middles of months. */
export function monthOf(field_cm: Float64Array, c: number, yearShare: number): number {
  const along = 12 * (yearShare - Math.floor(yearShare)) - 0.5;
  const before = Math.floor(along);
  const share = along - before;
  const [from, to] = [(before + 12) % 12, (before + 13) % 12];
  return field_cm[12 * c + from]! * (1 - share) + field_cm[12 * c + to]! * share;
}

export function emptyNormals(grid: SphereGrid, elevation_c: Float64Array): Normals {
  const { cellCount } = grid;
  return {
    grid,
    temperatureC_cm: new Float64Array(12 * cellCount),
    rainMmDay_cm: new Float64Array(12 * cellCount),
    windEastMs_c: new Float64Array(cellCount),
    windNorthMs_c: new Float64Array(cellCount),
    elevation_c,
  };
}

function landShares(grid: SphereGrid, isSea_c: Uint8Array): Float64Array {
  const land = new Float64Array(bandCount);
  const all = new Float64Array(bandCount);
  for (let c = 0; c < grid.cellCount; c++) {
    const b = Math.round(bandAt(grid.latitude_c[c]!));
    all[b]! += grid.area_c[c]!;
    if (isSea_c[c] === 0) land[b]! += grid.area_c[c]!;
  }
  return land.map((area, b) => (all[b]! > 0 ? area / all[b]! : 0));
}

/** 1 at sea, e⁻¹ after `maritimeReach` of land; the best of the ways, by relaxation. */
function maritimeShare(geometry: Geometry, isSea_c: Uint8Array): Float64Array {
  const { grid, spacing } = geometry;
  const { cellCount, neighbour_cn } = grid;
  const share_c = Float64Array.from(isSea_c);
  const keep = exp(-spacing / maritimeReach);
  for (let pass = 0; pass < 24; pass++) {
    for (let i = 0; i < cellCount; i++) {
      const c = pass % 2 === 0 ? i : cellCount - 1 - i;
      if (isSea_c[c] === 1) continue;
      let best = 0;
      for (let k = 6 * c; k < 6 * c + 6; k++) best = Math.max(best, share_c[neighbour_cn[k]!]!);
      share_c[c] = keep * best;
    }
  }
  return share_c;
}

/** The planet's mean rain: Earth's, 2.5 % more for each degree it is warmer (Held & Soden 2006), less where the sea is small. */
function scaleRain(normals: Normals, moisture: number, landShare_b: Float64Array): void {
  const { grid, temperatureC_cm, rainMmDay_cm } = normals;
  let rain = 0;
  let warmth = 0;
  let land = 0;
  for (let b = 0; b < bandCount; b++) land += landShare_b[b]! / bandCount;
  for (let c = 0; c < grid.cellCount; c++) {
    const weight = grid.area_c[c]! / (48 * Math.PI);
    for (let k = 12 * c; k < 12 * c + 12; k++) {
      rain += weight * rainMmDay_cm[k]!;
      warmth += weight * temperatureC_cm[k]!;
    }
  }
  const sea = Math.min(1.15, 0.25 + 1.05 * (1 - land));
  const wanted = earthRainMmDay * moisture * sea * exp(0.025 * Math.min(30, Math.max(-60, warmth - 14)));
  const factor = rain > 0 ? wanted / rain : 0;
  for (let k = 0; k < rainMmDay_cm.length; k++) rainMmDay_cm[k]! *= factor;
}

/**
 * Normals of a finer grid: smooth between the coarse cells, temperatures taken to the finer ground's own height by the lapse rate.
 * Rain keeps its coarse amounts; the sum over the planet changes by less than 1 %.
 */
export function refineNormals(coarse: Normals, fine: SphereGrid, elevation_c: Float64Array): Normals {
  const refined = emptyNormals(fine, elevation_c);
  const { spacing } = geometryOf(coarse.grid);
  const { position_c, neighbour_cn } = coarse.grid;
  const reach2 = 1.69 * spacing * spacing;
  let near = 0;
  for (let c = 0; c < fine.cellCount; c++) {
    const x = fine.position_c[3 * c]!;
    const y = fine.position_c[3 * c + 1]!;
    const z = fine.position_c[3 * c + 2]!;
    near = coarse.grid.cellAt(x, y, z, near);
    let total = 0;
    for (let k = -1; k < 6; k++) {
      const s = k < 0 ? near : neighbour_cn[6 * near + k]!;
      if (k >= 0 && s === near) continue;
      const dx = position_c[3 * s]! - x;
      const dy = position_c[3 * s + 1]! - y;
      const dz = position_c[3 * s + 2]! - z;
      const t = 1 - (dx * dx + dy * dy + dz * dz) / reach2;
      if (t <= 0) continue;
      total += t * t;
      addCell(refined, c, coarse, s, t * t);
    }
    divide(refined, c, total);
  }
  return refined;
}

function addCell(into: Normals, c: number, from: Normals, s: number, weight: number): void {
  const cooler = lapseRate * (Math.max(0, into.elevation_c[c]!) - Math.max(0, from.elevation_c[s]!));
  for (let m = 0; m < 12; m++) {
    into.temperatureC_cm[12 * c + m]! += weight * (from.temperatureC_cm[12 * s + m]! - cooler);
    into.rainMmDay_cm[12 * c + m]! += weight * from.rainMmDay_cm[12 * s + m]!;
  }
  into.windEastMs_c[c]! += weight * from.windEastMs_c[s]!;
  into.windNorthMs_c[c]! += weight * from.windNorthMs_c[s]!;
}

function divide(normals: Normals, c: number, by: number): void {
  for (let k = 12 * c; k < 12 * c + 12; k++) {
    normals.temperatureC_cm[k]! /= by;
    normals.rainMmDay_cm[k]! /= by;
  }
  normals.windEastMs_c[c]! /= by;
  normals.windNorthMs_c[c]! /= by;
}
