import { lapseRate, type Normals } from "../planet/normals.ts";
import { createSpread, type Spread } from "./spread.ts";

// A climate as maps want it: per cell of the normals, at the height of the sea, so that each pixel can have the height of its own ground.

export type ClimateFields = {
  readonly spread: Spread;
  /** °C at the height of the sea: mean of the year, and of the warmest month. */
  readonly meanC_c: Float64Array;
  readonly warmestC_c: Float64Array;
  /** Share of the year in which the sea is frozen. */
  readonly frozen_c: Float64Array;
  /** mm a day. */
  readonly rain_c: Float64Array;
  readonly east_c: Float64Array;
  readonly north_c: Float64Array;
};

/** Air over closed ice; sea water freezes at −1.8 °C, and air over the open sea is about as warm as it. */
const frozenC = -4;

export function climateFields(normals: Normals): ClimateFields {
  const { grid, elevation_c, temperatureC_cm, rainMmDay_cm } = normals;
  const cells = () => new Float64Array(grid.cellCount);
  const fields = { meanC_c: cells(), warmestC_c: cells(), frozen_c: cells(), rain_c: cells() };
  for (let c = 0; c < grid.cellCount; c++) {
    const lower = lapseRate * Math.max(0, elevation_c[c]!);
    let warmest = -Infinity;
    for (let k = 12 * c; k < 12 * c + 12; k++) {
      const t = temperatureC_cm[k]! + lower;
      fields.meanC_c[c]! += t / 12;
      fields.rain_c[c]! += rainMmDay_cm[k]! / 12;
      // Freezing over some degrees, not at once: a month is a mean.
      fields.frozen_c[c]! += Math.min(1, Math.max(0, (frozenC + 2 - t) / 4)) / 12;
      warmest = Math.max(warmest, t);
    }
    fields.warmestC_c[c] = warmest;
  }
  return { spread: createSpread(grid), ...fields, east_c: normals.windEastMs_c, north_c: normals.windNorthMs_c };
}
