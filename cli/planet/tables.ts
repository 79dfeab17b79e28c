import type { ClimateNormals } from "#core/sim/weather/normals.ts";
import { koppenClasses } from "#core/sim/planet/koppen.ts";
import { type Normals, refineNormals } from "#core/sim/planet/normals.ts";
import type { Planet } from "#core/sim/planet/planet.ts";
import { createSpread, lookAt, valueOf } from "#core/sim/picture/spread.ts";
import type { SphereGrid } from "#core/sim/sphere-grid.ts";
import type { BiomeClass } from "#core/sim/biome.ts";
import { biomeNames } from "#core/world/biome-names.ts";

// The planet as rows. A month is a twelfth of the year; the first begins with the northern spring. Temperatures are those of the cell's own height.

const degree = Math.PI / 180;
const months = Array.from({ length: 12 }, (_, m) => String(m + 1).padStart(2, "0"));

export const cellColumns = [
  "id",
  "lat",
  "lon",
  "area_m2",
  "elevation_m",
  "is_ocean",
  "flow_m3s",
  "downstream_id",
  "temperature_c",
  ...months.map((month) => `temperature_c_${month}`),
  "precipitation_mm_day",
  ...months.map((month) => `precipitation_mm_day_${month}`),
  "wind_u_ms",
  "wind_v_ms",
  "koppen",
  "biome",
] as const;

/** Climate at each cell of the terrain: what Köppen's classes and the rivers came from. */
export function localNormals({ normals, grid, elevation_c }: Planet): Normals {
  return refineNormals(normals, grid, elevation_c);
}

/** One text a row, the header first, without line ends. */
export function* cellRows(planet: Planet, local: Normals): Generator<string> {
  const { grid, elevation_c, dischargeM3s_c, downstream_c, koppen_c, biome_c, spec } = planet;
  yield cellColumns.join(",");
  for (let c = 0; c < grid.cellCount; c++) {
    yield [
      c,
      (grid.latitude_c[c]! / degree).toFixed(4),
      (grid.longitude_c[c]! / degree).toFixed(4),
      (grid.area_c[c]! * spec.radiusM * spec.radiusM).toFixed(0),
      elevation_c[c]!,
      elevation_c[c]! > 0 ? 0 : 1,
      Number(dischargeM3s_c[c]!.toPrecision(5)),
      downstream_c[c]!,
      ...yearAndMonths(local.temperatureC_cm, c),
      ...yearAndMonths(local.rainMmDay_cm, c),
      local.windEastMs_c[c]!.toFixed(2),
      local.windNorthMs_c[c]!.toFixed(2),
      koppenClasses[koppen_c[c]!]!,
      biomeNames[biome_c[c] as BiomeClass],
    ].join(",");
  }
}

function yearAndMonths(field_cm: Float64Array, c: number): string[] {
  const year = Array.from(field_cm.subarray(12 * c, 12 * c + 12));
  const mean = year.reduce((sum, value) => sum + value, 0) / 12;
  return [mean, ...year].map((value) => value.toFixed(2));
}

export const zonalColumns = [
  "lat_from",
  "lat_to",
  "temperature_c",
  "precipitation_mm_day",
  "evaporation_mm_day",
  "wind_u_ms",
  "pressure_hpa",
] as const;

const bandDegrees = 5;
const bands = 180 / bandDegrees;

/** Means by area over belts of 5°, from south to north; evaporation and pressure (at the height of the sea) are empty without weather. */
export function zonalRows(
  planet: Planet,
  local: Normals,
  weather: { readonly grid: SphereGrid; readonly climate: ClimateNormals } | null,
): string[] {
  const { grid } = planet;
  const belts = Array.from({ length: bands }, () => ({ area: 0, sums: [0, 0, 0, 0, 0] }));
  const more = weather === null ? null : yearMeans(weather.grid, weather.climate);
  let near = 0;
  for (let c = 0; c < grid.cellCount; c++) {
    const band = Math.min(bands - 1, Math.floor((grid.latitude_c[c]! / degree + 90) / bandDegrees));
    const belt = belts[band]!;
    const area = grid.area_c[c]!;
    const [x, y, z] = [grid.position_c[3 * c]!, grid.position_c[3 * c + 1]!, grid.position_c[3 * c + 2]!];
    if (more !== null) near = lookAt(more.spread, x, y, z, near);
    const values = [
      meanOf(local.temperatureC_cm, c),
      meanOf(local.rainMmDay_cm, c),
      more === null ? 0 : valueOf(more.spread, more.evaporationMm_c),
      local.windEastMs_c[c]!,
      more === null ? 0 : valueOf(more.spread, more.seaLevelPa_c) / 100,
    ];
    belt.area += area;
    for (const [i, value] of values.entries()) belt.sums[i]! += area * value;
  }
  const rows = belts.map(({ area, sums }, band) => {
    const from = band * bandDegrees - 90;
    const means = sums.map((sum, i) => (weather === null && (i === 2 || i === 4) ? "" : (sum / area).toFixed(2)));
    return [from, from + bandDegrees, ...means].join(",");
  });
  return [zonalColumns.join(","), ...rows];
}

function yearMeans(grid: SphereGrid, { evaporationMm_mc, seaLevelPa_mc }: ClimateNormals) {
  const year = (field_mc: Float64Array) =>
    Float64Array.from({ length: grid.cellCount }, (_, c) => {
      let sum = 0;
      for (let m = 0; m < 12; m++) sum += field_mc[m * grid.cellCount + c]!;
      return sum / 12;
    });
  return { spread: createSpread(grid), evaporationMm_c: year(evaporationMm_mc), seaLevelPa_c: year(seaLevelPa_mc) };
}

function meanOf(field_cm: Float64Array, c: number): number {
  let sum = 0;
  for (let k = 12 * c; k < 12 * c + 12; k++) sum += field_cm[k]!;
  return sum / 12;
}
