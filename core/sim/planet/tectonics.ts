import { rng, type Rng } from "../rng.ts";
import { type Crust, crustKind, earthRadiusKm, neverMy, orogenyKind } from "./crust.ts";
import { copyCrust, createDrift, type Drift, settleCells, thickestKm, turnPlates } from "./drift.ts";
import type { Geometry } from "./geometry.ts";
import { createPlates, type Plates, platesMax, spinAtRandom } from "./plates.ts";

// The history of a planet's crust: 60 steps of 2 My after Cortial, Peytavie, Galin & Guérin 2019, "Procedural tectonic planets" (CGF 38-2):
// rigid plates, subduction with uplift behind the trench, collisions, ridges, rifts as a Poisson process, hotspots fixed in the mantle.
// Uplift is kept as thickness of crust, from which isostasy makes height later. Two rules of ours: continents that meet pull each other's
// spin together, and thick crust relaxes in 45 My, as belts are worn and spread. Cost: about 0.4 µs a cell and step.

export const historySteps = 60;
const stepMy = 2;

/** Height that Cortial's uplift u₀ = 0.6 mm/yr at v₀ = 100 mm/yr would give, as crust to make it by Airy (× 3300/(3300 − 2750)); 0.3 of it, since ours lasts longer than a belt does. */
const upliftKmPerMy = 0.6 * 6 * 0.3;
const fullSpeed = 100 / earthRadiusKm;
/** Uplift ends so far behind a trench. Cortial's 1800 km, less, since a cell is 240 km wide. */
const upliftReachKm = 1200;
const relaxationMy = 45;
const ordinaryKm = 37;
/** A planet as lively as Earth loses a continent's half so often. */
const riftEveryMy = 45;

/** Yields the share done after each step. `continentShare` is that of the surface. */
export function* runHistory(
  geometry: Geometry,
  seed: number,
  continentShare: number,
  activity: number,
): Generator<number, Crust> {
  const plates = createPlates(geometry, seed, continentShare, activity);
  const drift = createDrift(plates);
  const fronts = createFronts(geometry);
  const random = rng(seed, "history");
  const hotspots = createHotspots(rng(seed, "hotspots"), Math.round(4 + 22 * activity));
  for (let step = 1; step <= historySteps; step++) {
    const nowMy = step * stepMy;
    turnPlates(plates, stepMy);
    settleCells(drift, nowMy);
    findFronts(plates, fronts, nowMy);
    uplift(plates, fronts, nowMy);
    burnHotspots(plates, hotspots, nowMy);
    pullTogether(drift);
    steer(plates, random);
    if (random.float() < (stepMy * activity) / riftEveryMy) rift(plates, random, activity);
    yield step / historySteps;
  }
  return recordOf(plates, fronts, historySteps * stepMy);
}

/** Where plates close in: the overriding cells, and rings behind them. */
type Fronts = {
  readonly ring_c: Int16Array;
  /** Speed of closing, radians a million years, of the front that a ring belongs to. */
  readonly closing_c: Float64Array;
  readonly isTrench_c: Uint8Array;
  readonly queue: Int32Array;
  queued: number;
  readonly ringKm: number;
};

function createFronts({ grid, spacing }: Geometry): Fronts {
  return {
    ring_c: new Int16Array(grid.cellCount),
    closing_c: new Float64Array(grid.cellCount),
    isTrench_c: new Uint8Array(grid.cellCount),
    queue: new Int32Array(grid.cellCount),
    queued: 0,
    ringKm: spacing * earthRadiusKm,
  };
}

/** Breadth first from the overriding cells, each within its own plate. */
function findFronts(plates: Plates, fronts: Fronts, nowMy: number): void {
  const { ring_c, closing_c, queue, ringKm } = fronts;
  const { cellCount, neighbour_cn } = plates.geometry.grid;
  ring_c.fill(-1);
  fronts.isTrench_c.fill(0);
  fronts.queued = 0;
  for (let c = 0; c < cellCount; c++) markFront(plates, fronts, c, nowMy);
  const ringMax = Math.ceil(upliftReachKm / ringKm);
  for (let i = 0; i < fronts.queued; i++) {
    const c = queue[i]!;
    if (ring_c[c] === ringMax) continue;
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      const next = neighbour_cn[k]!;
      if (ring_c[next] !== -1 || plates.plate_c[next] !== plates.plate_c[c]) continue;
      ring_c[next] = ring_c[c]! + 1;
      closing_c[next] = closing_c[c]!;
      queue[fronts.queued++] = next;
    }
  }
}

function markFront(plates: Plates, fronts: Fronts, c: number, nowMy: number): void {
  const { cellCount, neighbour_cn } = plates.geometry.grid;
  const { plate_c, frameCell_c } = plates;
  const own = plate_c[c]!;
  const slot = own * cellCount + frameCell_c[c]!;
  let closing = 0;
  for (let k = 6 * c; k < 6 * c + 6; k++) {
    const n = neighbour_cn[k]!;
    const other = plate_c[n]!;
    if (other === own) continue;
    const speed = closingSpeed(plates, c, n);
    if (speed < 0.1 * fullSpeed) continue;
    const there = other * cellCount + frameCell_c[n]!;
    const isHere = plates.kind_s[slot] === crustKind.continental;
    const isThere = plates.kind_s[there] === crustKind.continental;
    const overrides = isHere === isThere ? isHere || plates.bornMy_s[slot]! > plates.bornMy_s[there]! : isHere;
    if (!overrides) {
      fronts.isTrench_c[c] = 1;
      continue;
    }
    closing = Math.max(closing, speed);
    if (isHere && isThere) {
      plates.orogeny_s[slot] = orogenyKind.collision;
      plates.orogenyMy_s[slot] = nowMy;
    }
  }
  if (closing === 0) return;
  fronts.ring_c[c] = 0;
  fronts.closing_c[c] = closing;
  fronts.queue[fronts.queued++] = c;
}

/** How fast neighbours near each other: the difference of ω × x along the way from one to the other. */
function closingSpeed(plates: Plates, c: number, n: number): number {
  const { position_c } = plates.geometry.grid;
  const { spin_p, plate_c } = plates;
  const a = 3 * plate_c[c]!;
  const b = 3 * plate_c[n]!;
  const wx = spin_p[a]! - spin_p[b]!;
  const wy = spin_p[a + 1]! - spin_p[b + 1]!;
  const wz = spin_p[a + 2]! - spin_p[b + 2]!;
  const x = position_c[3 * c]!;
  const y = position_c[3 * c + 1]!;
  const z = position_c[3 * c + 2]!;
  const dx = position_c[3 * n]! - x;
  const dy = position_c[3 * n + 1]! - y;
  const dz = position_c[3 * n + 2]! - z;
  const along = (wy * z - wz * y) * dx + (wz * x - wx * z) * dy + (wx * y - wy * x) * dz;
  return along / Math.sqrt(dx * dx + dy * dy + dz * dz);
}

/** Subduction thickens what overrides, most some 250 km behind the trench; floor that overrides grows an arc of islands in its second ring only. */
function uplift(plates: Plates, fronts: Fronts, nowMy: number): void {
  const { cellCount } = plates.geometry.grid;
  for (let i = 0; i < fronts.queued; i++) {
    const c = fronts.queue[i]!;
    const km = fronts.ring_c[c]! * fronts.ringKm;
    const slot = plates.plate_c[c]! * cellCount + plates.frameCell_c[c]!;
    const profile = upliftProfile(km);
    const thickness = plates.thicknessKm_s[slot]!;
    const isContinent = plates.kind_s[slot] === crustKind.continental;
    if (!isContinent && fronts.ring_c[c] !== 1) continue;
    const room = isContinent ? (thickestKm - thickness) / 35 : (20 - thickness) / 20;
    if (room <= 0 || profile <= 0) continue;
    const km2 = upliftKmPerMy * stepMy * profile * (fronts.closing_c[c]! / fullSpeed) * room;
    plates.thicknessKm_s[slot] = thickness + (isContinent ? km2 : 0.35 * km2);
    if (profile < 0.4) continue;
    if (plates.orogeny_s[slot] !== orogenyKind.collision || nowMy - plates.orogenyMy_s[slot]! > 20) {
      plates.orogeny_s[slot] = isContinent ? orogenyKind.arc : orogenyKind.islandArc;
      plates.orogenyMy_s[slot] = nowMy;
    }
  }
  relax(plates);
}

/** Half at the trench, 1 at 250 km, then a smooth fall to 0 at the end of its reach. */
function upliftProfile(km: number): number {
  if (km < 250) return 0.5 + km / 500;
  const t = Math.max(0, 1 - (km - 250) / (upliftReachKm - 250));
  return t * t;
}

function relax(plates: Plates): void {
  const { cellCount } = plates.geometry.grid;
  const rate = stepMy / relaxationMy;
  for (let c = 0; c < cellCount; c++) {
    const slot = plates.plate_c[c]! * cellCount + plates.frameCell_c[c]!;
    const over = plates.thicknessKm_s[slot]! - ordinaryKm;
    if (over > 0) plates.thicknessKm_s[slot]! -= over * rate;
  }
}

function createHotspots(random: Rng, count: number): Float64Array {
  const places = new Float64Array(3 * count);
  for (let i = 0; i < 3 * count; i++) places[i] = random.normal();
  return places;
}

/** Lava thickens what drifts over: Hawaii's chain stands on crust of 18 km (Watts & ten Brink 1989). */
function burnHotspots(plates: Plates, hotspots: Float64Array, nowMy: number): void {
  const { grid } = plates.geometry;
  for (let i = 0; i < hotspots.length; i += 3) {
    const c = grid.cellAt(hotspots[i]!, hotspots[i + 1]!, hotspots[i + 2]!, 0);
    const slot = plates.plate_c[c]! * grid.cellCount + plates.frameCell_c[c]!;
    plates.hotspotMy_s[slot] = nowMy;
    if (plates.kind_s[slot] === crustKind.oceanic) {
      plates.thicknessKm_s[slot] = Math.min(22, plates.thicknessKm_s[slot]! + 5);
    }
  }
}

/** Friction between continents: each plate's spin goes towards the other's by the share of it that is in contact. */
function pullTogether({ plates, contact_pp }: Drift): void {
  const { spin_p, size_p } = plates;
  for (let p = 0; p < plates.count; p++) {
    for (let q = 0; q < p; q++) {
      const contact = contact_pp[p * platesMax + q]!;
      if (contact === 0) continue;
      const pull = Math.min(0.4, (14 * contact) / Math.max(1, size_p[p]!));
      const pullBack = Math.min(0.4, (14 * contact) / Math.max(1, size_p[q]!));
      for (let k = 0; k < 3; k++) {
        const difference = spin_p[3 * q + k]! - spin_p[3 * p + k]!;
        spin_p[3 * p + k]! += pull * difference;
        spin_p[3 * q + k]! -= pullBack * difference;
      }
    }
  }
}

/** Poles wander a little, and each speed returns to its own in some 40 My. */
function steer(plates: Plates, random: Rng): void {
  const { spin_p, pace_p } = plates;
  for (let p = 0; p < plates.count; p++) {
    const pace = pace_p[p]!;
    let length = 0;
    for (let k = 3 * p; k < 3 * p + 3; k++) {
      spin_p[k]! += 0.03 * pace * random.normal();
      length += spin_p[k]! * spin_p[k]!;
    }
    length = Math.sqrt(length);
    if (length === 0) continue;
    const factor = 1 + 0.05 * (pace / length - 1);
    for (let k = 3 * p; k < 3 * p + 3; k++) spin_p[k]! *= factor;
  }
}

/** The plate with most continent breaks along a rough line between two of its continental cells, and the halves part. */
function rift(plates: Plates, random: Rng, activity: number): void {
  const { grid } = plates.geometry;
  const { cellCount, position_c } = grid;
  if (plates.count === platesMax) return;
  const cells_p: number[][] = Array.from({ length: plates.count }, () => []);
  for (let c = 0; c < cellCount; c++) {
    const p = plates.plate_c[c]!;
    if (plates.kind_s[p * cellCount + plates.frameCell_c[c]!] === crustKind.continental) cells_p[p]!.push(c);
  }
  const old = cells_p.reduce((best, cells, p) => (cells.length > cells_p[best]!.length ? p : best), 0);
  const cells = cells_p[old]!;
  if (cells.length < cellCount / 40) return;
  const a = cells[random.int(cells.length)]!;
  const b = cells[random.int(cells.length)]!;
  if (a === b) return;
  const young = plates.count++;
  spinAtRandom(plates, young, random, activity);
  plates.rotation_p.copyWithin(9 * young, 9 * old, 9 * old + 9);
  for (let c = 0; c < cellCount; c++) {
    if (plates.plate_c[c] !== old) continue;
    if (dot(position_c, c, b) + 0.04 * random.normal() <= dot(position_c, c, a)) continue;
    const slot = old * cellCount + plates.frameCell_c[c]!;
    if (plates.kind_s[slot] === crustKind.none) continue;
    copyCrust(plates, slot, young * cellCount + plates.frameCell_c[c]!);
    plates.kind_s[slot] = crustKind.none;
    plates.plate_c[c] = young;
  }
  partAlong(plates, old, young, a, b);
}

/** Both turn about a × b, which carries b's half away from a's. */
function partAlong({ spin_p, pace_p, geometry }: Plates, old: number, young: number, a: number, b: number): void {
  const p = geometry.grid.position_c;
  const x = p[3 * a + 1]! * p[3 * b + 2]! - p[3 * a + 2]! * p[3 * b + 1]!;
  const y = p[3 * a + 2]! * p[3 * b]! - p[3 * a]! * p[3 * b + 2]!;
  const z = p[3 * a]! * p[3 * b + 1]! - p[3 * a + 1]! * p[3 * b]!;
  const length = Math.sqrt(x * x + y * y + z * z) || 1;
  const axis = [x / length, y / length, z / length];
  for (let k = 0; k < 3; k++) {
    spin_p[3 * young + k] = 0.5 * spin_p[3 * old + k]! + 0.5 * pace_p[young]! * axis[k]!;
    spin_p[3 * old + k] = 0.5 * spin_p[3 * old + k]! - 0.5 * pace_p[old]! * axis[k]!;
  }
}

function dot(position_c: Float64Array, a: number, b: number): number {
  return (
    position_c[3 * a]! * position_c[3 * b]! +
    position_c[3 * a + 1]! * position_c[3 * b + 1]! +
    position_c[3 * a + 2]! * position_c[3 * b + 2]!
  );
}

function recordOf(plates: Plates, fronts: Fronts, nowMy: number): Crust {
  const { grid } = plates.geometry;
  const { cellCount } = grid;
  const slot_c = Int32Array.from(plates.plate_c, (p, c) => p * cellCount + plates.frameCell_c[c]!);
  const ageOf = (my_s: Float64Array) => Float64Array.from(slot_c, (s) => Math.min(neverMy, nowMy - my_s[s]!));
  return {
    grid,
    plate_c: plates.plate_c,
    kind_c: Uint8Array.from(slot_c, (s) => plates.kind_s[s]!),
    thicknessKm_c: Float64Array.from(slot_c, (s) => plates.thicknessKm_s[s]!),
    ageMy_c: ageOf(plates.bornMy_s),
    orogeny_c: Uint8Array.from(slot_c, (s) => plates.orogeny_s[s]!),
    orogenyAgeMy_c: ageOf(plates.orogenyMy_s),
    hotspotAgeMy_c: ageOf(plates.hotspotMy_s),
    trenchKm_c: Float64Array.from(fronts.ring_c, (ring) => (ring < 0 ? Infinity : ring * fronts.ringKm)),
    isTrench_c: fronts.isTrench_c,
  };
}
