import type { SphereGrid } from "../sphere-grid.ts";
import { layerCount } from "./layers.ts";
import type { WeatherState } from "./state.ts";

// The coarse weather between its cells: each field is the barycentric mean of the three cells around a point (ground covers: of the nearest
// cell), and between two moments the mean by time.

export type Sample = {
  airK: number;
  skinK: number;
  /** How much colder a kilometre higher, in the lowest two layers, K. */
  lapseK: number;
  pressurePa: number;
  humidity: number;
  east: number;
  north: number;
  cloud: number;
  /** kg/m²/s, all that falls and its showery part. */
  falling: number;
  showers: number;
  cape: number;
  groundM: number;
  snow: number;
  soil: number;
  iceM: number;
  /** Loose snow, kg/m²; extremes of the cell: see extremes.ts. */
  loose: number;
  blizzardS: number;
  hotS: number;
  droughtS: number;
  droughtIndex: number;
};

export type WeatherView = {
  readonly grid: SphereGrid;
  readonly state: WeatherState;
  /** Height of the ground that the model has in each cell. */
  readonly groundM_c: Float64Array;
  readonly isLand_c: Uint8Array;
  /** The next state, and how far time has gone towards it, 0 … 1. */
  readonly next?: { readonly state: WeatherState; readonly share: number };
};

/** Barycentric weights of the cell that holds the point and two of its neighbours. */
export function weightsAt(
  { position_c: p, neighbour_cn, degree_c }: SphereGrid,
  cell: number,
  x: number,
  y: number,
  z: number,
): { readonly cells: readonly [number, number, number]; readonly weights: readonly [number, number, number] } {
  const degree = degree_c[cell]!;
  const volume = (a: number, b: number) => {
    const [ax, ay, az] = [p[3 * a]!, p[3 * a + 1]!, p[3 * a + 2]!];
    const [bx, by, bz] = [p[3 * b]!, p[3 * b + 1]!, p[3 * b + 2]!];
    return x * (ay * bz - az * by) + y * (az * bx - ax * bz) + z * (ax * by - ay * bx);
  };
  for (let n = 0; n < degree; n++) {
    const a = neighbour_cn[6 * cell + n]!;
    const b = neighbour_cn[6 * cell + ((n + 1) % degree)]!;
    const ofA = volume(b, cell);
    const ofB = volume(cell, a);
    if (ofA < -1e-12 || ofB < -1e-12) continue;
    const ofCell = Math.max(0, volume(a, b));
    const whole = ofCell + ofA + ofB;
    return { cells: [cell, a, b], weights: [ofCell / whole, ofA / whole, ofB / whole] };
  }
  return { cells: [cell, cell, cell], weights: [1, 0, 0] };
}

export function sampleAt(view: WeatherView, cell: number, x: number, y: number, z: number): Sample {
  const now = sampleState(view, view.state, cell, x, y, z);
  if (view.next === undefined) return now;
  const later = sampleState(view, view.next.state, cell, x, y, z);
  const { share } = view.next;
  for (const name of Object.keys(now) as (keyof Sample)[]) now[name] += share * (later[name] - now[name]);
  return now;
}

function sampleState(view: WeatherView, state: WeatherState, cell: number, x: number, y: number, z: number): Sample {
  const { cellCount } = view.grid;
  const { cells, weights } = weightsAt(view.grid, cell, x, y, z);
  const mean = (field_c: Float64Array, start = 0) =>
    weights[0] * field_c[start + cells[0]]! +
    weights[1] * field_c[start + cells[1]]! +
    weights[2] * field_c[start + cells[2]]!;
  const low = (layerCount - 1) * cellCount;
  const theta = mean(state.theta_kc, low);
  const above = mean(state.theta_kc, low - cellCount);
  return {
    airK: mean(state.airK_c),
    // A shore is as warm as the ground of its own cell.
    skinK: state.skinK_c[cell]!,
    // The middles of the lowest layers are about 2.2 km apart; air that mixes cools by 9.8 K/km.
    lapseK: 9.8 - (above - theta) / 2.2,
    pressurePa: mean(state.pressurePa_c),
    humidity: mean(state.humidity_kc, low),
    east: mean(state.east_c),
    north: mean(state.north_c),
    cloud: mean(state.cloud_c),
    falling: mean(state.rain_c) + mean(state.snowfall_c),
    showers: mean(state.showers_c),
    cape: mean(state.cape_c),
    groundM: mean(view.groundM_c),
    snow: state.snow_c[cell]!,
    soil: state.soil_c[cell]!,
    iceM: state.iceM_c[cell]!,
    loose: state.loose_c[cell]!,
    blizzardS: state.blizzardS_c[cell]!,
    hotS: state.hotS_c[cell]!,
    droughtS: state.droughtS_c[cell]!,
    droughtIndex: state.droughtIndex_c[cell]!,
  };
}
