import type { SphereGrid } from "../sphere-grid.ts";
import { emptyNormals, type Normals } from "./normals.ts";

/** What generation takes of the weather model's normals: month-major arrays on the weather's grid, kelvin, mm a day, m/s. */
export type SettledClimate = {
  readonly temperatureK_mc: Float64Array;
  readonly precipitationMm_mc: Float64Array;
  readonly eastMps_mc: Float64Array;
  readonly northMps_mc: Float64Array;
};

/** As `GenerationOptions.normals` wants them. `elevation_c`: the ground that the weather knew, metres, sea at 0. */
export function settledNormals(climate: SettledClimate, grid: SphereGrid, elevation_c: Float64Array): Normals {
  const normals = emptyNormals(grid, elevation_c.slice());
  const { cellCount } = grid;
  for (let c = 0; c < cellCount; c++) {
    for (let m = 0; m < 12; m++) {
      const from = m * cellCount + c;
      normals.temperatureC_cm[12 * c + m] = climate.temperatureK_mc[from]! - 273.15;
      normals.rainMmDay_cm[12 * c + m] = climate.precipitationMm_mc[from]!;
      normals.windEastMs_c[c]! += climate.eastMps_mc[from]! / 12;
      normals.windNorthMs_c[c]! += climate.northMps_mc[from]! / 12;
    }
  }
  return normals;
}
