import { createFlow, flood, type Flow } from "./flood.ts";
import type { Geometry } from "./geometry.ts";
import { type BasinLake, findLakes, growTerminalLake } from "./standing-water.ts";
import type { WaterBalance } from "./water-balance.ts";

// Rivers and lakes of a land that stays as it is. Runoff goes down the drainage tree (flood.ts); a pit is a lake, full if it gains or its
// rivers outdo what it loses to the air, else terminal: then it shrinks until losses match, nothing flows on, and its lowest cell is a sink.
// Sinks are found in rounds, since a lake that no longer overflows leaves less to those below.
// Conserves water: runoff + rain on lakes = flow into the sea + evaporation of lakes, to rounding. Cost: about 0.5 µs a land cell.

export type Hydrology = {
  /** Where a cell's water goes next; −1 at sea and in sinks. */
  readonly downstream_c: Int32Array;
  /** Mean flow out of the cell, m³/s. */
  readonly discharge_c: Float64Array;
  /** Strahler 1957; 0 at sea. */
  readonly strahler_c: Uint8Array;
  /** Number of the lake, from 1; 0 where there is none. */
  readonly lake_c: Uint16Array;
  readonly lakes: readonly Lake[];
  /** m³/s that reach the sea, and that lakes lose to the air less what they gain from rain. */
  readonly toSea: number;
  readonly lakeLoss: number;
  /** Land and sinks, receivers first. */
  readonly order: Int32Array;
};

export type Lake = {
  readonly levelM: number;
  readonly areaM2: number;
  readonly depthM: number;
  /** Has no outlet: its water is salt. */
  readonly isTerminal: boolean;
  /** One of its cells: the outlet, or the deepest of a terminal one. */
  readonly cell: number;
};

/** The tests' roughest and driest lands need fewer. A lake found short of water in the last round stays full, and its want counts as a gain. */
const roundsMax = 12;
const secondsPerYear = 31_557_600;
export const lakesMax = 65_535;

export function routeWater(
  geometry: Geometry,
  elevation_c: Float64Array,
  balance: WaterBalance,
  radiusM: number,
): Hydrology {
  const flow = createFlow(geometry);
  const areaM2_c = Float64Array.from(geometry.grid.area_c, (area) => area * radiusM * radiusM);
  const net_c = new Float64Array(elevation_c.length);
  const sinks: number[] = [];
  let lakes: BasinLake[] = [];
  for (let round = 0; round < roundsMax; round++) {
    flood(flow, elevation_c, sinks);
    lakes = findLakes(flow, elevation_c);
    balanceOf(flow, lakes, balance, areaM2_c, net_c, round === roundsMax - 1);
    const dry = lakes.filter((lake) => lake.isDry);
    if (dry.length === 0) break;
    for (const lake of dry) sinks.push(lake.deepest);
  }
  return describe({ flow, elevation_c, balance, areaM2_c, net_c, sinks, lakes });
}

/** Flow in m³ a year down the tree; a full lake passes on what it gains, and is marked dry if that is less than nothing. */
function balanceOf(
  flow: Flow,
  lakes: readonly BasinLake[],
  balance: WaterBalance,
  areaM2_c: Float64Array,
  net_c: Float64Array,
  isLast: boolean,
): void {
  const { order, receiver_c } = flow;
  const exit_c = new Map(lakes.map((lake) => [lake.outlet, lake]));
  const isLake_c = new Uint8Array(net_c.length);
  for (const lake of lakes) for (const c of lake.cells) isLake_c[c] = 1;
  net_c.fill(0);
  for (let i = flow.count - 1; i >= 0; i--) {
    const c = order[i]!;
    net_c[c]! += (isLake_c[c] === 1 ? -balance.waterLoss_c[c]! : balance.runoff_c[c]!) * areaM2_c[c]!;
    const lake = exit_c.get(c);
    if (lake !== undefined && net_c[c]! < 0) {
      lake.isDry = !isLast;
      lake.lossM3 = net_c[c]!;
      net_c[c] = 0;
    }
    const r = receiver_c[c]!;
    if (r !== c) net_c[r]! += net_c[c]!;
  }
}

type Routed = {
  readonly flow: Flow;
  readonly elevation_c: Float64Array;
  readonly balance: WaterBalance;
  readonly areaM2_c: Float64Array;
  readonly net_c: Float64Array;
  readonly sinks: readonly number[];
  readonly lakes: readonly BasinLake[];
};

function describe(routed: Routed): Hydrology {
  const { flow, elevation_c, balance, areaM2_c, net_c, lakes } = routed;
  const { order, receiver_c, geometry } = flow;
  const { cellCount } = geometry.grid;
  const downstream_c = new Int32Array(cellCount).fill(-1);
  const discharge_c = new Float64Array(cellCount);
  let toSea = 0;
  for (let i = 0; i < flow.count; i++) {
    const c = order[i]!;
    const r = receiver_c[c]!;
    if (r === c) continue;
    downstream_c[c] = r;
    discharge_c[c] = Math.max(0, net_c[c]!) / secondsPerYear;
    if (elevation_c[r]! <= 0 && receiver_c[r] === r && !routed.sinks.includes(r)) toSea += net_c[c]!;
  }
  const lake_c = new Uint16Array(cellCount);
  const described: Lake[] = [];
  let lakeLoss = 0;
  for (const lake of lakes) {
    let area = 0;
    for (const c of lake.cells) {
      lake_c[c] = described.length + 1;
      area += areaM2_c[c]!;
      lakeLoss += balance.waterLoss_c[c]! * areaM2_c[c]!;
    }
    lakeLoss += lake.lossM3;
    const depthM = lake.levelM - elevation_c[lake.deepest]!;
    described.push({ levelM: lake.levelM, areaM2: area, depthM, isTerminal: false, cell: lake.outlet });
  }
  for (const sink of routed.sinks) {
    lakeLoss += Math.max(0, net_c[sink]!);
    const grown = growTerminalLake(flow, elevation_c, areaM2_c, balance, sink, net_c[sink]!, lake_c);
    if (described.length === lakesMax) continue;
    for (const c of grown.cells) lake_c[c] = described.length + 1;
    const { levelM, areaM2, depthM } = grown;
    described.push({ levelM, areaM2, depthM, isTerminal: true, cell: sink });
  }
  return {
    downstream_c,
    discharge_c,
    strahler_c: strahler(flow),
    lake_c,
    lakes: described,
    toSea: toSea / secondsPerYear,
    lakeLoss: lakeLoss / secondsPerYear,
    order: order.slice(0, flow.count),
  };
}

/** Strahler's order: one more where two of the highest meet. */
export function strahler({
  order,
  receiver_c,
  count,
  geometry,
}: Pick<Flow, "order" | "receiver_c" | "count" | "geometry">): Uint8Array {
  const { cellCount } = geometry.grid;
  const strahler_c = new Uint8Array(cellCount);
  const met_c = new Uint8Array(cellCount);
  const isLand_c = new Uint8Array(cellCount);
  for (let i = 0; i < count; i++) isLand_c[order[i]!] = 1;
  for (let i = count - 1; i >= 0; i--) {
    const c = order[i]!;
    const own = strahler_c[c] === 0 ? 1 : strahler_c[c]! + (met_c[c]! > 1 ? 1 : 0);
    strahler_c[c] = own;
    const r = receiver_c[c]!;
    if (r === c || isLand_c[r] === 0) continue;
    if (own > strahler_c[r]!) {
      strahler_c[r] = own;
      met_c[r] = 1;
    } else if (own === strahler_c[r]) met_c[r]!++;
  }
  return strahler_c;
}
