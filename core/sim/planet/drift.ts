import { cos, sin } from "../elementary.ts";
import { crustKind, oceanFloorKm, orogenyKind } from "./crust.ts";
import { platesMax, type Plates } from "./plates.ts";

// One step of plates on the globe: each turns about its pole; then each cell of the globe asks the plates near it who has crust there.
// Nobody: a ridge made new floor. Two: one goes under, floor below continents and the older floor below the younger (Cortial et al.
// 2019, section 4), and of two continents the one that was not there gives its rock to the other. A plate may not cross a cell in one step.
// Conserves the volume of continental rock, but for what a belt cannot hold (docs/simulation.md). Cost: about 0.3 µs a cell.

/** Continents are not built thicker: the lower crust flows away (Tibet has 70–75 km). */
export const thickestKm = 70;

/** Turns every plate's frame by its spin. */
export function turnPlates(plates: Plates, stepMy: number): void {
  for (let p = 0; p < plates.count; p++) {
    const x = plates.spin_p[3 * p]!;
    const y = plates.spin_p[3 * p + 1]!;
    const z = plates.spin_p[3 * p + 2]!;
    const speed = Math.sqrt(x * x + y * y + z * z);
    if (speed > 0) turn(plates.rotation_p, 9 * p, x / speed, y / speed, z / speed, speed * stepMy);
  }
}

/** Rodrigues' rotation, put before the 3 × 3 at `at`. */
function turn(m: Float64Array, at: number, x: number, y: number, z: number, angle: number): void {
  const c = cos(angle);
  const s = sin(angle);
  const t = 1 - c;
  for (let column = 0; column < 3; column++) {
    const a = m[at + column]!;
    const b = m[at + 3 + column]!;
    const d = m[at + 6 + column]!;
    m[at + column] = (t * x * x + c) * a + (t * x * y - s * z) * b + (t * x * z + s * y) * d;
    m[at + 3 + column] = (t * x * y + s * z) * a + (t * y * y + c) * b + (t * y * z - s * x) * d;
    m[at + 6 + column] = (t * x * z - s * y) * a + (t * y * z + s * x) * b + (t * z * z + c) * d;
  }
}

/** Scratch of one history. `contact_pp` counts cells in which two continents met in this step. */
export type Drift = {
  readonly plates: Plates;
  readonly nextPlate_c: Uint8Array;
  readonly nextFrameCell_c: Int32Array;
  readonly contact_pp: Float64Array;
  readonly candidates: Uint8Array;
};

export function createDrift(plates: Plates): Drift {
  const { cellCount } = plates.geometry.grid;
  return {
    plates,
    nextPlate_c: new Uint8Array(cellCount),
    nextFrameCell_c: new Int32Array(cellCount),
    contact_pp: new Float64Array(platesMax * platesMax),
    candidates: new Uint8Array(8),
  };
}

/** Whose crust lies on top of each cell, after the plates have turned. Sizes and contacts are counted anew. */
export function settleCells(drift: Drift, nowMy: number): void {
  const { plates, nextPlate_c, nextFrameCell_c } = drift;
  const { cellCount } = plates.geometry.grid;
  plates.size_p.fill(0);
  drift.contact_pp.fill(0);
  for (let c = 0; c < cellCount; c++) {
    settle(drift, c, nowMy);
    plates.size_p[nextPlate_c[c]!]!++;
  }
  plates.plate_c.set(nextPlate_c);
  plates.frameCell_c.set(nextFrameCell_c);
}

function settle(drift: Drift, c: number, nowMy: number): void {
  const { plates, candidates } = drift;
  const { neighbour_cn } = plates.geometry.grid;
  const before = plates.plate_c[c]!;
  let count = 1;
  candidates[0] = before;
  let top = -1;
  let topCell = -1;
  const own = frameCellOf(plates, before, c, plates.frameCell_c[c]!);
  if (isThere(plates, before, own)) {
    top = before;
    topCell = own;
  }
  for (let k = 6 * c; k < 6 * c + 6; k++) {
    const near = neighbour_cn[k]!;
    const p = plates.plate_c[near]!;
    if (p === before || isAmong(candidates, count, p)) continue;
    candidates[count++] = p;
    const cell = frameCellOf(plates, p, c, plates.frameCell_c[near]!);
    if (!isThere(plates, p, cell)) continue;
    if (top < 0) {
      top = p;
      topCell = cell;
    } else if (isOver(drift, p, cell, top, topCell)) {
      sink(drift, top, topCell, p, cell, nowMy);
      top = p;
      topCell = cell;
    } else {
      sink(drift, p, cell, top, topCell, nowMy);
    }
  }
  if (top < 0) {
    top = before;
    topCell = own;
    fillGap(plates, before, own, nowMy);
  }
  drift.nextPlate_c[c] = top;
  drift.nextFrameCell_c[c] = topCell;
}

function isAmong(candidates: Uint8Array, count: number, p: number): boolean {
  for (let i = 0; i < count; i++) if (candidates[i] === p) return true;
  return false;
}

/** The cell of the plate's frame that lies below a cell of the globe now. */
function frameCellOf(plates: Plates, p: number, c: number, near: number): number {
  const { grid } = plates.geometry;
  const m = plates.rotation_p;
  const at = 9 * p;
  const x = grid.position_c[3 * c]!;
  const y = grid.position_c[3 * c + 1]!;
  const z = grid.position_c[3 * c + 2]!;
  return grid.cellAt(
    m[at]! * x + m[at + 3]! * y + m[at + 6]! * z,
    m[at + 1]! * x + m[at + 4]! * y + m[at + 7]! * z,
    m[at + 2]! * x + m[at + 5]! * y + m[at + 8]! * z,
    near,
  );
}

/** A lone cell of floor is what the grids' mismatch left of a plate that went under, not a plate. */
function isThere(plates: Plates, p: number, cell: number): boolean {
  const kind = plates.kind_s[p * plates.geometry.grid.cellCount + cell]!;
  return kind === crustKind.continental || (kind === crustKind.oceanic && crustNeighbours(plates, p, cell) >= 2);
}

function crustNeighbours(plates: Plates, p: number, cell: number): number {
  const { cellCount, neighbour_cn } = plates.geometry.grid;
  let count = 0;
  for (let k = 6 * cell; k < 6 * cell + 6; k++) {
    if (neighbour_cn[k] !== cell && plates.kind_s[p * cellCount + neighbour_cn[k]!] !== crustKind.none) count++;
  }
  return count;
}

function isOver(drift: Drift, p: number, cell: number, top: number, topCell: number): boolean {
  const { plates } = drift;
  const { cellCount } = plates.geometry.grid;
  const a = p * cellCount + cell;
  const b = top * cellCount + topCell;
  if (plates.kind_s[a] !== plates.kind_s[b]) return plates.kind_s[a] === crustKind.continental;
  return plates.kind_s[a] === crustKind.oceanic && plates.bornMy_s[a]! > plates.bornMy_s[b]!;
}

/** The loser's cell is gone; a continent's rock thickens the winner. */
function sink(drift: Drift, loser: number, cell: number, winner: number, winnerCell: number, nowMy: number): void {
  const { plates } = drift;
  const { cellCount } = plates.geometry.grid;
  const slot = loser * cellCount + cell;
  const wasContinent = plates.kind_s[slot] === crustKind.continental;
  plates.kind_s[slot] = crustKind.none;
  if (!wasContinent) return;
  drift.contact_pp[loser * platesMax + winner]!++;
  drift.contact_pp[winner * platesMax + loser]!++;
  thicken(plates, winner, winnerCell, plates.thicknessKm_s[slot]!, nowMy);
}

/** Spreads rock over the place and two rings around it, as far as each can hold more (the bell of Cortial et al. 2019, eq. 3). */
function thicken(plates: Plates, p: number, centre: number, km: number, nowMy: number): void {
  const { cellCount, neighbour_cn } = plates.geometry.grid;
  let left = km - stack(plates, p * cellCount + centre, 0.35 * km, nowMy);
  for (let k = 6 * centre; k < 6 * centre + 6 && left > 0; k++) {
    left -= stack(plates, p * cellCount + neighbour_cn[k]!, Math.min(left, 0.11 * km), nowMy);
  }
  for (let k = 6 * centre; k < 6 * centre + 6 && left > 0; k++) {
    const ring = neighbour_cn[k]!;
    for (let j = 6 * ring; j < 6 * ring + 6 && left > 0; j++) {
      left -= stack(plates, p * cellCount + neighbour_cn[j]!, Math.min(left, 0.03 * km), nowMy);
    }
  }
}

function stack(plates: Plates, slot: number, km: number, nowMy: number): number {
  if (plates.kind_s[slot] !== crustKind.continental) return 0;
  plates.orogeny_s[slot] = orogenyKind.collision;
  plates.orogenyMy_s[slot] = nowMy;
  const taken = Math.max(0, Math.min(km, thickestKm - plates.thicknessKm_s[slot]!));
  plates.thicknessKm_s[slot]! += taken;
  return taken;
}

/** New floor where plates part; where the plate is all around, only the grids' mismatch made the gap, and its neighbour's crust mends it. */
function fillGap(plates: Plates, p: number, cell: number, nowMy: number): void {
  const { cellCount, neighbour_cn } = plates.geometry.grid;
  const slot = p * cellCount + cell;
  const isHole = crustNeighbours(plates, p, cell) >= 4;
  for (let k = 6 * cell; k < 6 * cell + 6; k++) {
    const near = p * cellCount + neighbour_cn[k]!;
    if (plates.kind_s[near] === crustKind.none || near === slot) continue;
    if (isHole) {
      copyCrust(plates, near, slot);
      return;
    }
    if (plates.kind_s[near] === crustKind.continental) tear(plates, near, nowMy);
  }
  plates.kind_s[slot] = crustKind.oceanic;
  plates.thicknessKm_s[slot] = oceanFloorKm;
  plates.bornMy_s[slot] = nowMy;
  plates.orogeny_s[slot] = orogenyKind.none;
  plates.orogenyMy_s[slot] = -Infinity;
  plates.hotspotMy_s[slot] = -Infinity;
}

export function copyCrust(plates: Plates, from: number, to: number): void {
  plates.kind_s[to] = plates.kind_s[from]!;
  plates.thicknessKm_s[to] = plates.thicknessKm_s[from]!;
  plates.bornMy_s[to] = plates.bornMy_s[from]!;
  plates.orogeny_s[to] = plates.orogeny_s[from]!;
  plates.orogenyMy_s[to] = plates.orogenyMy_s[from]!;
  plates.hotspotMy_s[to] = plates.hotspotMy_s[from]!;
}

/** A continent's edge that parts from another is stretched thin: a passive margin. */
function tear(plates: Plates, slot: number, nowMy: number): void {
  plates.thicknessKm_s[slot] = Math.min(plates.thicknessKm_s[slot]!, 28);
  plates.orogeny_s[slot] = orogenyKind.rift;
  plates.orogenyMy_s[slot] = nowMy;
}
