import { cos, exp, sin } from "../elementary.ts";
import { acos } from "./powers.ts";
import type { PlanetSpec } from "./spec.ts";

// Temperature by latitude and season from sun and infrared alone: the energy balance of North, Cahalan & Coakley 1981 (Reviews of Geophysics
// 19), C ∂T/∂t = S (1 − α) − (A + B T) + D ∇²T, with a land and a sea column in each band, as in North, Mengel & Short 1983. Constants A, B, D and
// albedo: climlab's EBM (Rose 2018); D ∝ spin⁻² after Williams & Kasting 1997. Steps are implicit, so any length of day and year is stable.
// Arrays: _bm is 12·band + month; months are twelfths of the year from the northern spring on. Cost: 6 ms, whatever the planet.

export const bandCount = 36;

export type ZonalClimate = {
  readonly landC_bm: Float64Array;
  readonly seaC_bm: Float64Array;
};

const solarConstant = 1361;
const infraredA = 207.5;
const infraredB = 2;
const diffusion = 0.6;
/** W/m²K between land and sea of a band, by air. */
const exchange = 6;
/** J/m²K: ground and air over it; 60 m of sea. */
const landCapacity = 1.6e7;
const seaCapacity = 2.5e8;
const stepsPerMonth = 4;
const years = 12;

export function zonalClimate(spec: PlanetSpec, landShare_b: ArrayLike<number>): ZonalClimate {
  const sun_bm = insolation(spec.axialTiltRad);
  const bands = createBands(spec, landShare_b);
  const annual = new Float64Array(bandCount);
  for (let b = 0; b < bandCount; b++) for (let m = 0; m < 12; m++) annual[b]! += sun_bm[12 * b + m]! / 12;
  // The yearly mean first: a sea of 60 m takes years to find it, and a short year's steps would take for ever.
  for (let i = 0; i < 60; i++) relax(bands, annual, 0, Infinity);
  const climate = { landC_bm: new Float64Array(12 * bandCount), seaC_bm: new Float64Array(12 * bandCount) };
  const stepS = (spec.yearDays * spec.dayLengthS) / (12 * stepsPerMonth);
  const sun = new Float64Array(bandCount);
  for (let year = 0; year < years; year++) {
    climate.landC_bm.fill(0);
    climate.seaC_bm.fill(0);
    for (let step = 0; step < 12 * stepsPerMonth; step++) {
      const month = Math.floor(step / stepsPerMonth);
      for (let b = 0; b < bandCount; b++) sun[b] = sun_bm[12 * b + month]!;
      relax(bands, sun, 1, stepS);
      for (let b = 0; b < bandCount; b++) {
        climate.landC_bm[12 * b + month]! += bands.land[b]! / stepsPerMonth;
        climate.seaC_bm[12 * b + month]! += bands.sea[b]! / stepsPerMonth;
      }
    }
  }
  return climate;
}

/** Daily means at the middle of each month, W/m² at the top of the air (Milankovitch's formula; circular orbit). */
export function insolation(axialTiltRad: number): Float64Array {
  const sun_bm = new Float64Array(12 * bandCount);
  for (let m = 0; m < 12; m++) {
    const sinDeclination = sin(axialTiltRad) * sin((2 * Math.PI * (m + 0.5)) / 12);
    const cosDeclination = Math.sqrt(1 - sinDeclination * sinDeclination);
    for (let b = 0; b < bandCount; b++) {
      const latitude = bandLatitude(b);
      const up = sin(latitude) * sinDeclination;
      const across = cos(latitude) * cosDeclination;
      const halfDay = acos(across < 1e-12 ? (up > 0 ? -1 : 1) : -up / across);
      sun_bm[12 * b + m] = (solarConstant / Math.PI) * (halfDay * up + across * sin(halfDay));
    }
  }
  return sun_bm;
}

/** Of a band's middle; from south to north. */
export function bandLatitude(band: number): number {
  return ((band + 0.5) / bandCount - 0.5) * Math.PI;
}

/** A place between two bands: 0 … bandCount − 1, with a fraction. */
export function bandAt(latitude: number): number {
  return Math.min(bandCount - 1, Math.max(0, (latitude / Math.PI + 0.5) * bandCount - 0.5));
}

type Bands = {
  readonly land: Float64Array;
  readonly sea: Float64Array;
  readonly landShare_b: ArrayLike<number>;
  /** Conductance to the band to the north, and to the south, W/m²K of this band. */
  readonly north: Float64Array;
  readonly south: Float64Array;
  readonly infraredA: number;
  readonly bare: Float64Array;
  /** Scratch: of a step. */
  readonly mean: Float64Array;
  readonly gainLand: Float64Array;
  readonly gainSea: Float64Array;
};

function createBands(spec: PlanetSpec, landShare_b: ArrayLike<number>): Bands {
  const spin = 86_400 / spec.dayLengthS;
  const d = diffusion * Math.min(6, Math.max(0.4, 1 / (spin * spin)));
  const width = Math.PI / bandCount;
  const conductance = (edge: number, band: number) =>
    edge === 0 || edge === bandCount
      ? 0
      : (d * cos((edge / bandCount - 0.5) * Math.PI)) / (cos(bandLatitude(band)) * width * width);
  return {
    land: new Float64Array(bandCount).fill(14),
    sea: new Float64Array(bandCount).fill(14),
    landShare_b,
    north: Float64Array.from({ length: bandCount }, (_, b) => conductance(b + 1, b)),
    south: Float64Array.from({ length: bandCount }, (_, b) => conductance(b, b)),
    infraredA: infraredA - infraredB * spec.temperatureOffsetC,
    bare: Float64Array.from({ length: bandCount }, (_, b) => bareAlbedo(b)),
    mean: new Float64Array(bandCount),
    gainLand: new Float64Array(bandCount),
    gainSea: new Float64Array(bandCount),
  };
}

/** One implicit step by Gauss–Seidel, both ways; `inertia` 0 finds the state that would last. */
function relax(bands: Bands, sun: Float64Array, inertia: number, stepS: number): void {
  const landInertia = inertia === 0 ? 0 : landCapacity / stepS;
  const seaInertia = inertia === 0 ? 0 : seaCapacity / stepS;
  const { land, sea, mean, gainLand, gainSea } = bands;
  for (let b = 0; b < bandCount; b++) {
    gainLand[b] = sun[b]! * (1 - albedo(bands.bare[b]!, land[b]!)) - bands.infraredA + landInertia * land[b]!;
    gainSea[b] = sun[b]! * (1 - albedo(bands.bare[b]!, sea[b]!)) - bands.infraredA + seaInertia * sea[b]!;
    mean[b] = bands.landShare_b[b]! * land[b]! + (1 - bands.landShare_b[b]!) * sea[b]!;
  }
  for (let pass = 0; pass < 10; pass++) {
    for (let i = 0; i < bandCount; i++)
      solveBand(bands, pass % 2 === 0 ? i : bandCount - 1 - i, landInertia, seaInertia);
  }
}

/** Two equations in the band's land and sea temperature, its neighbours held. */
function solveBand(bands: Bands, b: number, landInertia: number, seaInertia: number): void {
  const { land, sea, mean, landShare_b, north, south } = bands;
  const fl = landShare_b[b]!;
  const fs = 1 - fl;
  const k = north[b]! + south[b]!;
  const inflow = (b < bandCount - 1 ? north[b]! * mean[b + 1]! : 0) + (b > 0 ? south[b]! * mean[b - 1]! : 0);
  const a11 = landInertia + infraredB + exchange * fs + k * fl;
  const a12 = (k - exchange) * fs;
  const a21 = (k - exchange) * fl;
  const a22 = seaInertia + infraredB + exchange * fl + k * fs;
  const determinant = a11 * a22 - a12 * a21;
  const gainL = bands.gainLand[b]! + inflow;
  const gainS = bands.gainSea[b]! + inflow;
  land[b] = (gainL * a22 - a12 * gainS) / determinant;
  sea[b] = (a11 * gainS - a21 * gainL) / determinant;
  mean[b] = fl * land[b] + fs * sea[b];
}

/** climlab's 0.30 + 0.078 P₂(sin φ) of bare ground and sea under clouds. */
function bareAlbedo(band: number): number {
  const s = sin(bandLatitude(band));
  return 0.3 + 0.078 * (1.5 * s * s - 0.5);
}

/** Snow and ice of 0.50 where it is colder than −12 °C, none above −2. */
function albedo(bare: number, temperatureC: number): number {
  const ice = Math.min(1, Math.max(0, (-2 - temperatureC) / 10));
  return bare + (0.5 - bare) * ice;
}

/** Vapour that air can hold at that temperature, kg/m³ × a constant: Magnus' formula, slope 6–7 % a degree. */
export function vapourCapacity(temperatureC: number): number {
  const t = Math.min(60, Math.max(-80, temperatureC));
  return exp((17.27 * t) / (t + 237.3));
}
