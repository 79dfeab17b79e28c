import type { SphereGrid } from "#core/sim/sphere-grid.ts";
import type { Surface } from "#core/sim/weather/model.ts";
import type { ClimateNormals } from "#core/sim/weather/normals.ts";

// Means over belts of 10° of latitude, from south to north, beside Earth's. Published: temperature and surface wind, rounded from reanalyses
// (ERA-Interim 1979–2010, as in Hartmann, "Global Physical Climatology", 2nd ed. 2016, figs. 1.6, 6.4); precipitation, GPCP 2 (Adler et al. 2003).

export const belts = 18;
export const published = {
  temperatureC: [-46, -27, -8, 2.5, 9.5, 15, 20.5, 24, 26, 26.5, 26, 22, 15.5, 9, 3, -4.5, -11.5, -16],
  precipitationMm: [0.2, 0.7, 2.1, 3.2, 3.1, 2.5, 2.2, 3.2, 4, 5.5, 2.7, 2, 2.4, 2.3, 2.2, 1.5, 0.8, 0.5],
  eastMps: [-2, -2, 0.5, 6, 6.5, 2.5, -2, -4.5, -3.5, -2.5, -4.5, -1.5, 1.2, 2, 1, -0.3, -0.5, 0],
} as const;

export type Zones = {
  readonly latitude: number[];
  readonly temperatureC: number[];
  readonly januaryC: number[];
  readonly julyC: number[];
  readonly landC: number[];
  readonly seaC: number[];
  readonly precipitationMm: number[];
  readonly winterMm: number[];
  readonly summerMm: number[];
  readonly evaporationMm: number[];
  readonly eastMps: number[];
  readonly northMps: number[];
  readonly seaLevelHpa: number[];
  readonly cloud: number[];
  readonly global: { temperatureC: number; precipitationMm: number; evaporationMm: number; cloud: number };
};

/** Months of a world begin with the northern spring: these are about December–February and June–August. */
const northernWinter = [0, 0, 0, 0, 0, 0, 0, 0, 0.5, 1, 1, 0.5];
const northernSummer = [0, 0, 0.5, 1, 1, 0.5, 0, 0, 0, 0, 0, 0];
const wholeYear = northernWinter.map(() => 1);

export function zonalClimate(grid: SphereGrid, surface: Surface, normals: ClimateNormals): Zones {
  const isLand = (c: number) => surface.landShare_c[c]! >= 0.5;
  const everywhere = () => true;
  const zonal = (field_mc: Float64Array, months: readonly number[], isIn: (c: number) => boolean = everywhere) =>
    zonalMean(grid, field_mc, months, isIn);
  const celsius = (values: number[]) => values.map((value) => value - 273.15);
  const globally = (field_mc: Float64Array) => {
    let sum = 0;
    for (let c = 0; c < grid.cellCount; c++) sum += grid.area_c[c]! * meanOf(field_mc, grid.cellCount, c, wholeYear);
    return sum / (4 * Math.PI);
  };
  return {
    latitude: Array.from({ length: belts }, (_, b) => b * 10 - 85),
    temperatureC: celsius(zonal(normals.temperatureK_mc, wholeYear)),
    januaryC: celsius(zonal(normals.temperatureK_mc, northernWinter)),
    julyC: celsius(zonal(normals.temperatureK_mc, northernSummer)),
    landC: celsius(zonal(normals.temperatureK_mc, wholeYear, isLand)),
    seaC: celsius(zonal(normals.temperatureK_mc, wholeYear, (c) => !isLand(c))),
    precipitationMm: zonal(normals.precipitationMm_mc, wholeYear),
    winterMm: zonal(normals.precipitationMm_mc, northernWinter),
    summerMm: zonal(normals.precipitationMm_mc, northernSummer),
    evaporationMm: zonal(normals.evaporationMm_mc, wholeYear),
    eastMps: zonal(normals.eastMps_mc, wholeYear),
    northMps: zonal(normals.northMps_mc, wholeYear),
    seaLevelHpa: zonal(normals.seaLevelPa_mc, wholeYear).map((pa) => pa / 100),
    cloud: zonal(normals.cloud_mc, wholeYear),
    global: {
      temperatureC: globally(normals.temperatureK_mc) - 273.15,
      precipitationMm: globally(normals.precipitationMm_mc),
      evaporationMm: globally(normals.evaporationMm_mc),
      cloud: globally(normals.cloud_mc),
    },
  };
}

function zonalMean(
  grid: SphereGrid,
  field_mc: Float64Array,
  months: readonly number[],
  isIn: (c: number) => boolean,
): number[] {
  const sums = new Float64Array(belts);
  const areas = new Float64Array(belts);
  for (let c = 0; c < grid.cellCount; c++) {
    if (!isIn(c)) continue;
    const belt = Math.min(belts - 1, Math.floor(((grid.latitude_c[c]! * 180) / Math.PI + 90) / 10));
    sums[belt]! += grid.area_c[c]! * meanOf(field_mc, grid.cellCount, c, months);
    areas[belt]! += grid.area_c[c]!;
  }
  return Array.from(sums, (sum, belt) => sum / areas[belt]!);
}

function meanOf(field_mc: Float64Array, cellCount: number, c: number, months: readonly number[]): number {
  let sum = 0;
  let weight = 0;
  months.forEach((share, m) => {
    sum += share * field_mc[m * cellCount + c]!;
    weight += share;
  });
  return sum / weight;
}

/** Root of the area-weighted mean square difference. */
export function misfit(model: readonly number[], reference: readonly number[]): number {
  let sum = 0;
  let area = 0;
  model.forEach((value, b) => {
    const weight = Math.cos(((b * 10 - 85) * Math.PI) / 180);
    sum += weight * (value - reference[b]!) ** 2;
    area += weight;
  });
  return Math.sqrt(sum / area);
}

export function zonalTable(zones: Zones): string {
  const { global } = zones;
  const columns: readonly (readonly [string, readonly number[], number])[] = [
    ["lat", zones.latitude, 0],
    ["T °C", zones.temperatureC, 1],
    ["publ.", published.temperatureC, 1],
    ["DJF", zones.januaryC, 1],
    ["JJA", zones.julyC, 1],
    ["land", zones.landC, 1],
    ["sea", zones.seaC, 1],
    ["P mm/d", zones.precipitationMm, 2],
    ["publ.", published.precipitationMm, 2],
    ["DJF", zones.winterMm, 2],
    ["JJA", zones.summerMm, 2],
    ["E mm/d", zones.evaporationMm, 2],
    ["u m/s", zones.eastMps, 1],
    ["publ.", published.eastMps, 1],
    ["v m/s", zones.northMps, 1],
    ["SLP", zones.seaLevelHpa, 0],
    ["cloud", zones.cloud, 2],
  ];
  const row = (cells: readonly string[]) => `| ${cells.map((cell) => cell.padStart(6)).join(" | ")} |`;
  const lines = [row(columns.map(([name]) => name)), row(columns.map(() => "-----:"))];
  for (let b = belts - 1; b >= 0; b--) {
    lines.push(row(columns.map(([, values, digits]) => (Number.isNaN(values[b]!) ? "" : values[b]!.toFixed(digits)))));
  }
  lines.push(
    `global: T ${global.temperatureC.toFixed(2)} °C (14.5), P ${global.precipitationMm.toFixed(2)} mm/d (2.7), E ${global.evaporationMm.toFixed(2)}, cloud ${global.cloud.toFixed(2)} (0.67); misfit T ${misfit(zones.temperatureC, published.temperatureC).toFixed(2)} K, P ${misfit(zones.precipitationMm, published.precipitationMm).toFixed(2)} mm/d, u ${misfit(zones.eastMps, published.eastMps).toFixed(2)} m/s`,
  );
  return lines.join("\n");
}
