import { exp, log } from "../elementary.ts";
import type { Normals } from "./normals.ts";

// What storage keeps of each kind of number: a code of one or two bytes, and back. A planet is rounded when it is made; from then on encoding
// loses nothing: code(value(code)) = code for every code, and value(code(x)) is within half a step of x inside the range.

/** Depths in metres below `seaCodes`, heights in quarter metres above it: −16,000 … 12,383 m. */
const seaCodes = 16_000;
const codeMax = 65_535;

export function elevationCode(metres: number): number {
  if (metres > 0) return Math.min(codeMax, seaCodes + Math.max(1, Math.round(4 * metres)));
  return Math.max(0, seaCodes + Math.round(metres));
}

export function elevationOf(code: number): number {
  return code > seaCodes ? (code - seaCodes) / 4 : code - seaCodes;
}

/** 0, then from 0.001 on by steps of 0.1 %: log-spaced. */
const smallestFlow = 1e-3;
const flowStep = 0.001;

export function flowCode(m3s: number): number {
  if (m3s < smallestFlow) return 0;
  return Math.min(codeMax, 1 + Math.round(log(m3s / smallestFlow) / flowStep));
}

export function flowOf(code: number): number {
  return code === 0 ? 0 : smallestFlow * exp((code - 1) * flowStep);
}

/** °C in hundredths, −300 … 300. */
export function temperatureCode(celsius: number): number {
  return Math.round(100 * Math.min(300, Math.max(-300, celsius))) + 30_000;
}

export function temperatureOf(code: number): number {
  return (code - 30_000) / 100;
}

/** mm a day in hundredths, 0 … 655. */
export function rainCode(mmDay: number): number {
  return Math.min(codeMax, Math.round(100 * mmDay));
}

export function rainOf(code: number): number {
  return code / 100;
}

/** m/s in quarters, −31.75 … 31.75. */
export function windCode(ms: number): number {
  return Math.round(4 * Math.min(31.75, Math.max(-31.75, ms))) + 128;
}

export function windOf(code: number): number {
  return (code - 128) / 4;
}

export const plantSteps = 250;

export function quantiseElevation(elevation_c: Float64Array): void {
  for (let c = 0; c < elevation_c.length; c++) elevation_c[c] = elevationOf(elevationCode(elevation_c[c]!));
}

export function quantiseNormals(normals: Normals): void {
  const { temperatureC_cm, rainMmDay_cm, windEastMs_c, windNorthMs_c, elevation_c } = normals;
  for (let k = 0; k < temperatureC_cm.length; k++) {
    temperatureC_cm[k] = temperatureOf(temperatureCode(temperatureC_cm[k]!));
    rainMmDay_cm[k] = rainOf(rainCode(rainMmDay_cm[k]!));
  }
  for (let c = 0; c < elevation_c.length; c++) {
    windEastMs_c[c] = windOf(windCode(windEastMs_c[c]!));
    windNorthMs_c[c] = windOf(windCode(windNorthMs_c[c]!));
    elevation_c[c] = elevationOf(elevationCode(elevation_c[c]!));
  }
}
