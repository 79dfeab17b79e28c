import { createHeap, pop, push } from "./heap.ts";
import type { Flow } from "./flood.ts";
import type { WaterBalance } from "./water-balance.ts";

// Lakes: the pits that a flood filled, and the salt lakes that are left of those whose losses outdo their rivers.

export type BasinLake = {
  readonly cells: readonly number[];
  readonly levelM: number;
  readonly deepest: number;
  /** The cell of the lake by which everything leaves. */
  readonly outlet: number;
  /** Set when it would lose more than it gains. */
  isDry: boolean;
  /** What is missing then, m³ a year, below 0. */
  lossM3: number;
};

/** Shallower pits are wet ground. */
const depthMinM = 1;

/** A cell under water belongs to its receiver's lake if that stands at the same level; else it is the outlet of a lake of its own. */
export function findLakes(flow: Flow, elevation_c: Float64Array): BasinLake[] {
  const { order, receiver_c, filled_c } = flow;
  const lakes: { cells: number[]; deepest: number; outlet: number }[] = [];
  const lakeOf_c = new Int32Array(elevation_c.length).fill(-1);
  for (let i = 0; i < flow.count; i++) {
    const c = order[i]!;
    if (filled_c[c]! <= elevation_c[c]!) continue;
    const next = receiver_c[c]!;
    const isSame = lakeOf_c[next] !== -1 && filled_c[next] === filled_c[c];
    const number = isSame ? lakeOf_c[next]! : lakes.push({ cells: [], deepest: c, outlet: c }) - 1;
    const lake = lakes[number]!;
    lakeOf_c[c] = number;
    lake.cells.push(c);
    if (elevation_c[c]! < elevation_c[lake.deepest]!) lake.deepest = c;
  }
  return lakes
    .map((lake) => ({ ...lake, levelM: filled_c[lake.outlet]!, isDry: false, lossM3: 0 }))
    .filter((lake) => lake.levelM - elevation_c[lake.deepest]! >= depthMinM);
}

export type TerminalLake = { levelM: number; areaM2: number; depthM: number; cells: number[] };

/**
 * From the sink up, lowest ground first, until the open water loses what comes in, m³ a year. Smaller than half a cell, it has an area but no cell.
 * Cells of other lakes stay theirs.
 */
export function growTerminalLake(
  flow: Flow,
  elevation_c: Float64Array,
  areaM2_c: Float64Array,
  balance: WaterBalance,
  sink: number,
  inflowM3: number,
  lake_c: Uint16Array,
): TerminalLake {
  const { neighbour_cn } = flow.geometry.grid;
  const loss = (c: number) => Math.max(0.05, balance.waterLoss_c[c]! + balance.runoff_c[c]!);
  const heap = createHeap(6 * cellsMax + 7);
  const seen = new Set([sink]);
  const cells: number[] = [];
  push(heap, elevation_c[sink]!, sink);
  let left = Math.max(0, inflowM3);
  let areaM2 = 0;
  let levelM = elevation_c[sink]!;
  while (heap.size > 0 && left > 0 && cells.length < cellsMax) {
    const c = pop(heap);
    const share = Math.min(1, left / (loss(c) * areaM2_c[c]!));
    areaM2 += share * areaM2_c[c]!;
    left -= share * loss(c) * areaM2_c[c]!;
    if (share < 0.5) break;
    levelM = Math.max(levelM, elevation_c[c]!);
    if (lake_c[c] === 0) cells.push(c);
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      const n = neighbour_cn[k]!;
      if (seen.has(n) || elevation_c[n]! <= 0) continue;
      seen.add(n);
      push(heap, elevation_c[n]!, n);
    }
  }
  return { levelM, areaM2, depthM: levelM - elevation_c[sink]!, cells };
}

const cellsMax = 4000;
