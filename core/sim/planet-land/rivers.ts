import { exp, log } from "../elementary.ts";
import { smoothstep } from "../noise.ts";
import { coastRise, lakeHoldsAt, type Surface } from "./ground.ts";
import type { Spot } from "./locate.ts";

// Rivers as channels from the centre of each cell to that of the next one downstream; the warp that bends the coasts bends them too.
// Width and depth from the mean flow Q: 4.8 Q^0.5 and 0.3 Q^0.4 m (hydraulic geometry, Leopold & Maddock 1953). The level of the water is the
// height of the land between the cells, which falls from cell to cell, held level across lakes: it never rises downstream.
// A lake too small for a cell of its own is a round one where the rivers of a basin end.

/** m³/s; less is a brook, which the land does not show. */
const flowMin = 0.05;

export type Rivers = {
  readonly halfWidthM_c: Float64Array;
  /** Where the cell's river begins: the widest that comes in. */
  readonly startHalfM_c: Float64Array;
  readonly depthM_c: Float64Array;
  /** Of the round lake in the middle; 0 for none. */
  readonly pondM_c: Float64Array;
  /** 0 where no channel begins or ends. */
  readonly has_c: Uint8Array;
};

/** One and the same object, overwritten by the next question. */
export type Channel = {
  /** Metres from the bank, below 0 in the water. */
  fromBankM: number;
  halfWidthM: number;
  levelM: number;
  depthM: number;
  isPond: boolean;
};

export function createRivers({ planet, spacingM }: Surface): Rivers {
  const { grid, downstream_c, dischargeM3s_c, elevation_c, lake_c, lakes } = planet;
  const { cellCount } = grid;
  const halfWidthM_c = new Float64Array(cellCount);
  const startHalfM_c = new Float64Array(cellCount);
  const depthM_c = new Float64Array(cellCount);
  const pondM_c = new Float64Array(cellCount);
  const has_c = new Uint8Array(cellCount);
  for (let c = 0; c < cellCount; c++) {
    const flow = dischargeM3s_c[c]!;
    const next = downstream_c[c]!;
    if (next < 0 || flow < flowMin || elevation_c[c]! <= 0) continue;
    halfWidthM_c[c] = Math.min(2.4 * Math.sqrt(flow), 0.05 * spacingM);
    depthM_c[c] = 0.3 * exp(0.4 * log(flow));
    startHalfM_c[next] = Math.max(startHalfM_c[next]!, halfWidthM_c[c]!);
    has_c[c] = 1;
    has_c[next] = 1;
  }
  for (let c = 0; c < cellCount; c++) {
    startHalfM_c[c] = Math.min(halfWidthM_c[c]!, Math.max(startHalfM_c[c]!, 0.2 * halfWidthM_c[c]!));
  }
  lakes.forEach((lake, index) => {
    if (lake.areaM2 <= 0 || lake_c[lake.cell] === index + 1) return;
    pondM_c[lake.cell] = Math.min(Math.sqrt(lake.areaM2 / Math.PI), 0.3 * spacingM);
    depthM_c[lake.cell] = Math.max(lake.depthM, 1 + 0.002 * pondM_c[lake.cell]!);
    has_c[lake.cell] = 1;
  });
  return { halfWidthM_c, startHalfM_c, depthM_c, pondM_c, has_c };
}

/** How far a channel bends the ground beside it: its plain. Below a quarter of the cells' spacing no other cell needs to know. */
export function plainWidthM(channel: Channel, spacingM: number): number {
  const { halfWidthM, isPond } = channel;
  if (isPond) return Math.min(0.45 * spacingM - halfWidthM, 3_000);
  return Math.min(300 + 40 * halfWidthM, 0.24 * spacingM - halfWidthM);
}

/** Asks every channel of the nearest cell, in the order of its neighbours. The direction has length 1. */
export function eachChannel(
  surface: Surface,
  rivers: Rivers,
  spot: Spot,
  at: { readonly x: number; readonly y: number; readonly z: number },
  out: Channel,
  visit: () => void,
): void {
  const { cell } = spot;
  if (rivers.has_c[cell] === 0) return;
  const { grid, downstream_c, spec } = surface.planet;
  const { position_c, neighbour_cn, degree_c } = grid;
  const dx = at.x - position_c[3 * cell]!;
  const dy = at.y - position_c[3 * cell + 1]!;
  const dz = at.z - position_c[3 * cell + 2]!;
  const fromCentreM = spec.radiusM * Math.sqrt(dx * dx + dy * dy + dz * dz);
  for (let n = 0; n < degree_c[cell]!; n++) {
    const other = neighbour_cn[6 * cell + n]!;
    const isOut = downstream_c[cell] === other;
    const from = isOut ? cell : other;
    if (!isOut && downstream_c[other] !== cell) continue;
    if (rivers.halfWidthM_c[from] === 0) continue;
    const ex = position_c[3 * other]! - position_c[3 * cell]!;
    const ey = position_c[3 * other + 1]! - position_c[3 * cell + 1]!;
    const ez = position_c[3 * other + 2]! - position_c[3 * cell + 2]!;
    const along = (dx * ex + dy * ey + dz * ez) / (ex * ex + ey * ey + ez * ez);
    const t = Math.min(1, Math.max(0, isOut ? along : 1 - along));
    const { circle_n } = spot;
    const [cx, cy, cz] = [circle_n[3 * n]!, circle_n[3 * n + 1]!, circle_n[3 * n + 2]!];
    const asideM = (spec.radiusM * Math.abs(spot.side_n[n]!)) / Math.sqrt(cx * cx + cy * cy + cz * cz);
    const startM = rivers.startHalfM_c[from]!;
    out.halfWidthM = startM + (rivers.halfWidthM_c[from]! - startM) * t;
    out.fromBankM = (along < 0 ? fromCentreM : asideM) - out.halfWidthM;
    out.levelM = levelAlong(surface, from, t);
    out.depthM = rivers.depthM_c[from]!;
    out.isPond = false;
    visit();
  }
  if (rivers.pondM_c[cell] === 0) return;
  out.halfWidthM = rivers.pondM_c[cell]!;
  out.fromBankM = fromCentreM - out.halfWidthM;
  out.levelM = surface.surfaceM_c[cell]!;
  out.depthM = rivers.depthM_c[cell]!;
  out.isPond = true;
  visit();
}

/** Of the water, this share of the way from a cell to the one downstream. */
export function levelAlong({ planet, surfaceM_c, shore_c }: Surface, from: number, t: number): number {
  const { downstream_c, lake_c } = planet;
  const to = downstream_c[from]!;
  const shore = (1 - t) * shore_c[from]! + t * shore_c[to]!;
  if (shore <= 0) return 0;
  const [above, below] = [surfaceM_c[from]!, surfaceM_c[to]!];
  const [fromLake, toLake] = [lake_c[from]!, lake_c[to]!];
  const isSea = shore_c[to]! <= 0;
  if (isSea) return above * (fromLake === 0 ? coastRise(shore) : Math.min(1, coastRise(shore) / lakeHoldsAt));
  if (fromLake !== 0 && fromLake === toLake) return above;
  // A lake ends halfway to dry land, and a quarter of the way to another one.
  const begin = fromLake === 0 ? 0 : toLake === 0 ? 0.5 : 0.25;
  const end = toLake === 0 ? 1 : fromLake === 0 ? 0.5 : 0.75;
  const s = Math.min(1, Math.max(0, (t - begin) / (end - begin)));
  return (above + (below - above) * s) * coastRise(shore);
}

/** What the bank adds to the water's level. */
export const bankM = (fromBankM: number): number => Math.min(0.15 * fromBankM, 0.6 + 0.01 * fromBankM);

/** 0 at the bank, 1 where the plain ends. */
export const awayFrom = (channel: Channel, spacingM: number): number =>
  smoothstep(0, plainWidthM(channel, spacingM), channel.fromBankM);
