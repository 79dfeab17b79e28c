import { earthRadiusKm } from "./crust.ts";
import { createFlow, flood, type Flow } from "./flood.ts";
import type { Geometry } from "./geometry.ts";

// Rivers cut the land: ∂h/∂t = u − k √(Q/P₀) ∂h/∂x (stream power, Cordonnier et al. 2016, with discharge for area), solved implicitly up the
// drainage tree after Braun & Willett 2013, "A very efficient O(n), implicit and parallel method" (Geomorphology 180–181), so that any
// step is stable. Q is runoff gathered down the tree in Earth's m² at P₀ = 1 m a year; over standing water it evaporates, so that dry basins
// stay closed. Slopes creep a little between cells. What is cut is laid down at the river's mouth, up to just below the sea.
// Conserves rock: cut = laid down + left over (returned), to rounding. Cost: about 200 ns a land cell and step.

export type Erosion = {
  readonly flow: Flow;
  readonly discharge_c: Float64Array;
  /** Height before the step, then rock on its way down, metres over the cell. */
  readonly load_c: Float64Array;
  /** Metres laid down at sea since the beginning. */
  readonly sediment_c: Float64Array;
  /** Cell's area as Earth's m². */
  readonly areaM2_c: Float64Array;
};

export type ErosionInput = {
  readonly elevation_c: Float64Array;
  /** mm a year. */
  readonly uplift_c: Float64Array;
  readonly erodibility_c: Float64Array;
  /** Rain that runs off dry land, m a year. */
  readonly runoff_c: Float64Array;
  /** What open water loses, evaporation less rain, m a year; may be negative. */
  readonly waterLoss_c: Float64Array;
};

/** Fits cells of 60–120 km, where the papers have 5.6e-7 for 10–100 m (docs/simulation.md). Per year. */
export const erosionK = 6e-8;
/** Share of the difference between neighbours that creeps in a step. */
const creep = 0.01;
/** Deltas grow to so far below the sea. */
const deltaM = -15;
const earthM = 1000 * earthRadiusKm;

export function createErosion(geometry: Geometry): Erosion {
  const { cellCount, area_c } = geometry.grid;
  return {
    flow: createFlow(geometry),
    discharge_c: new Float64Array(cellCount),
    load_c: new Float64Array(cellCount),
    sediment_c: new Float64Array(cellCount),
    areaM2_c: Float64Array.from(area_c, (area) => area * earthM * earthM),
  };
}

/** One step; heights are changed in place. Returns the rock that found no place in the sea, m³ on Earth's globe. */
export function erode(erosion: Erosion, input: ErosionInput, stepYears: number): number {
  const { flow, load_c } = erosion;
  const { elevation_c, uplift_c } = input;
  flood(flow, elevation_c);
  gatherDischarge(erosion, input);
  load_c.fill(0);
  for (let i = 0; i < flow.count; i++) {
    const c = flow.order[i]!;
    elevation_c[c]! += 0.001 * uplift_c[c]! * stepYears;
  }
  cut(erosion, input, stepYears);
  creepSlopes(erosion, elevation_c);
  return layDown(erosion, elevation_c);
}

function gatherDischarge({ flow, discharge_c, areaM2_c }: Erosion, input: ErosionInput): void {
  const { order, receiver_c, filled_c } = flow;
  const { elevation_c, runoff_c, waterLoss_c } = input;
  discharge_c.fill(0);
  for (let i = flow.count - 1; i >= 0; i--) {
    const c = order[i]!;
    const isWater = filled_c[c]! > elevation_c[c]!;
    const own = isWater ? -waterLoss_c[c]! : runoff_c[c]!;
    const q = Math.max(0, discharge_c[c]! + own * areaM2_c[c]!);
    discharge_c[c] = q;
    const r = receiver_c[c]!;
    if (r !== c) discharge_c[r]! += q;
  }
}

function cut({ flow, discharge_c, load_c }: Erosion, input: ErosionInput, stepYears: number): void {
  const { order, receiver_c, length_c } = flow;
  const { elevation_c, erodibility_c } = input;
  for (let i = 0; i < flow.count; i++) {
    const c = order[i]!;
    const r = receiver_c[c]!;
    if (r === c) continue;
    const base = Math.max(0, elevation_c[r]!);
    const height = elevation_c[c]!;
    if (height <= base) continue;
    const f = (erosionK * erodibility_c[c]! * stepYears * Math.sqrt(discharge_c[c]!)) / (length_c[c]! * earthM);
    const lower = (height + f * base) / (1 + f);
    elevation_c[c] = lower;
    load_c[c] = height - lower;
  }
}

/** From each cell to lower ones of the land, by a fixed share of the difference; volumes, so that cells of other sizes stay fair. */
function creepSlopes({ flow, areaM2_c }: Erosion, elevation_c: Float64Array): void {
  const { neighbour_cn } = flow.geometry.grid;
  for (let i = 0; i < flow.count; i++) {
    const c = flow.order[i]!;
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      const n = neighbour_cn[k]!;
      if (n <= c || elevation_c[n]! <= 0) continue;
      const volume = creep * (elevation_c[c]! - elevation_c[n]!) * Math.min(areaM2_c[c]!, areaM2_c[n]!);
      elevation_c[c]! -= volume / areaM2_c[c]!;
      elevation_c[n]! += volume / areaM2_c[n]!;
    }
  }
}

/** Down the tree to the sea, and there over the mouth and two rings, as far as there is depth. */
function layDown({ flow, load_c, areaM2_c, sediment_c }: Erosion, elevation_c: Float64Array): number {
  const { order, receiver_c, geometry } = flow;
  const { neighbour_cn } = geometry.grid;
  let leftOver = 0;
  for (let i = flow.count - 1; i >= 0; i--) {
    const c = order[i]!;
    const r = receiver_c[c]!;
    const volume = load_c[c]! * areaM2_c[c]!;
    load_c[c] = 0;
    if (r === c) leftOver += volume;
    else if (elevation_c[r]! > 0) load_c[r]! += volume / areaM2_c[r]!;
    else leftOver += settle(volume, r);
  }
  return leftOver;

  function settle(volume: number, mouth: number): number {
    let left = drop(volume, mouth, 0.4 * volume);
    for (let k = 6 * mouth; k < 6 * mouth + 6 && left > 0; k++) {
      left = drop(left, neighbour_cn[k]!, 0.2 * volume);
    }
    for (let k = 6 * mouth; k < 6 * mouth + 6 && left > 0; k++) {
      const ring = neighbour_cn[k]!;
      for (let j = 6 * ring; j < 6 * ring + 6 && left > 0; j++) left = drop(left, neighbour_cn[j]!, left);
    }
    return left;
  }

  function drop(left: number, c: number, most: number): number {
    const room = (deltaM - elevation_c[c]!) * areaM2_c[c]!;
    if (room <= 0) return left;
    const volume = Math.min(left, most, room);
    const metres = volume / areaM2_c[c]!;
    elevation_c[c]! += metres;
    sediment_c[c]! += metres;
    return left - volume;
  }
}
