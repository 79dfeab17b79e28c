import { fbm } from "../noise.ts";
import { rng, seedOf, type Rng } from "../rng.ts";
import { continentKm, crustKind, earthRadiusKm, neverMy, oceanFloorKm } from "./crust.ts";
import type { Geometry } from "./geometry.ts";

// Plates as rigid caps that turn about poles, each with its crust in a frame of its own: a copy of the grid that turns with it, so that
// crust is moved without being smeared. `slot` = plate · cellCount + cell of the plate's frame. `rotation_p` takes the frame to the globe.
// Memory: 50 bytes a slot, 24 plates.

export const platesMax = 24;

export type Plates = {
  readonly geometry: Geometry;
  count: number;
  /** 3 × 3 a plate, by rows: globe = rotation · frame. */
  readonly rotation_p: Float64Array;
  /** Angular velocity, radians a million years, on the globe. */
  readonly spin_p: Float64Array;
  /** What each plate's speed returns to, radians a million years. */
  readonly pace_p: Float64Array;
  /** Cells on the globe that each plate carries. */
  readonly size_p: Int32Array;
  readonly kind_s: Uint8Array;
  readonly thicknessKm_s: Float64Array;
  /** Times are million years since the history began; before it, negative. */
  readonly bornMy_s: Float64Array;
  readonly orogeny_s: Uint8Array;
  readonly orogenyMy_s: Float64Array;
  readonly hotspotMy_s: Float64Array;
  /** On the globe: whose crust lies on top, and at which cell of its frame. */
  plate_c: Uint8Array;
  frameCell_c: Int32Array;
};

/** Initial plates: random seeds that grow at random, rough paces, so that sizes and edges differ (as Cortial et al. 2019, section 4). */
export function createPlates(geometry: Geometry, seed: number, continentShare: number, activity: number): Plates {
  const { cellCount } = geometry.grid;
  const random = rng(seed, "plates");
  const count = 9 + random.int(7);
  const slots = platesMax * cellCount;
  const plates: Plates = {
    geometry,
    count,
    rotation_p: new Float64Array(9 * platesMax),
    spin_p: new Float64Array(3 * platesMax),
    pace_p: new Float64Array(platesMax),
    size_p: new Int32Array(platesMax),
    kind_s: new Uint8Array(slots),
    thicknessKm_s: new Float64Array(slots),
    bornMy_s: new Float64Array(slots),
    orogeny_s: new Uint8Array(slots),
    orogenyMy_s: new Float64Array(slots).fill(-neverMy),
    hotspotMy_s: new Float64Array(slots).fill(-neverMy),
    plate_c: growPlates(geometry, random, count),
    frameCell_c: Int32Array.from({ length: cellCount }, (_, c) => c),
  };
  for (let p = 0; p < platesMax; p++) for (let k = 0; k < 3; k++) plates.rotation_p[9 * p + 4 * k] = 1;
  for (let p = 0; p < count; p++) spinAtRandom(plates, p, random, activity);
  layCrust(plates, seed, continentShare);
  return plates;
}

/** 20–90 mm a year at the equator of its pole, times the activity (Müller et al. 2016: today's plates 10–100). */
export function spinAtRandom(plates: Plates, p: number, random: Rng, activity: number): void {
  const x = random.normal();
  const y = random.normal();
  const z = random.normal();
  const length = Math.sqrt(x * x + y * y + z * z) || 1;
  const pace = ((20 + 70 * random.float()) / earthRadiusKm) * Math.min(activity, 1.6);
  plates.pace_p[p] = pace;
  plates.spin_p[3 * p] = (x / length) * pace;
  plates.spin_p[3 * p + 1] = (y / length) * pace;
  plates.spin_p[3 * p + 2] = (z / length) * pace;
}

/** Each plate in turn takes a random one of its frontier, the eager ones more often. */
function growPlates({ grid }: Geometry, random: Rng, count: number): Uint8Array {
  const plate_c = new Uint8Array(grid.cellCount).fill(255);
  const frontiers: number[][] = [];
  const eagerness: number[] = [];
  for (let p = 0; p < count; p++) {
    let cell = random.int(grid.cellCount);
    while (plate_c[cell] !== 255) cell = random.int(grid.cellCount);
    plate_c[cell] = p;
    frontiers.push([cell]);
    eagerness.push(0.15 + random.float() * random.float());
  }
  let open = count;
  while (open > 0) {
    for (let p = 0; p < count; p++) {
      const frontier = frontiers[p]!;
      if (frontier.length === 0 || random.float() > eagerness[p]!) continue;
      const at = random.int(frontier.length);
      const cell = frontier[at]!;
      frontier[at] = frontier.at(-1)!;
      frontier.pop();
      for (let k = 6 * cell; k < 6 * cell + 6; k++) {
        const next = grid.neighbour_cn[k]!;
        if (plate_c[next] !== 255) continue;
        plate_c[next] = p;
        frontier.push(next);
      }
      if (frontier.length === 0) open--;
    }
  }
  return plate_c;
}

/** Continents where a coarse noise is highest, thin at their margins; ocean floor older away from the plates' edges. */
function layCrust(plates: Plates, seed: number, continentShare: number): void {
  const { geometry, plate_c } = plates;
  const { grid } = geometry;
  const { cellCount, position_c } = grid;
  const shape = seedOf(seed, "continents");
  const height_c = Float64Array.from({ length: cellCount }, (_, c) =>
    fbm(shape, 1.25 * position_c[3 * c]!, 1.25 * position_c[3 * c + 1]!, 1.25 * position_c[3 * c + 2]!, 6, 0.55),
  );
  const shore = height_c.toSorted()[Math.min(cellCount - 1, Math.floor((1 - continentShare) * cellCount))]!;
  const age_c = oceanAges(geometry, plate_c);
  const old = seedOf(seed, "old-belts");
  for (let c = 0; c < cellCount; c++) {
    const slot = plate_c[c]! * cellCount + c;
    plates.size_p[plate_c[c]!]!++;
    const isContinent = continentShare > 0 && height_c[c]! >= shore;
    plates.kind_s[slot] = isContinent ? crustKind.continental : crustKind.oceanic;
    if (!isContinent) {
      plates.thicknessKm_s[slot] = oceanFloorKm;
      plates.bornMy_s[slot] = -age_c[c]!;
      continue;
    }
    const margin = Math.min(1, (height_c[c]! - shore) / 0.12);
    const belt = fbm(old, 2 * position_c[3 * c]!, 2 * position_c[3 * c + 1]!, 2 * position_c[3 * c + 2]!, 4, 0.5);
    plates.thicknessKm_s[slot] = 25 + (continentKm - 25) * margin + 7 * belt;
    // Cratons 1–3.5 Gy old, younger towards the margins.
    plates.bornMy_s[slot] = -(600 + 2400 * margin + 600 * belt);
  }
}

/** As if spread at 30 mm a year from every edge of its plate, at most 160 My (Müller et al. 2008: little is older than 180). */
function oceanAges({ grid, spacing }: Geometry, plate_c: Uint8Array): Float64Array {
  const age_c = new Float64Array(grid.cellCount).fill(-1);
  const queue: number[] = [];
  for (let c = 0; c < grid.cellCount; c++) {
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      if (plate_c[grid.neighbour_cn[k]!] === plate_c[c]) continue;
      age_c[c] = 2;
      queue.push(c);
      break;
    }
  }
  const stepMy = (spacing * earthRadiusKm) / 30;
  for (const c of queue) {
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      const next = grid.neighbour_cn[k]!;
      if (age_c[next]! >= 0) continue;
      age_c[next] = Math.min(160, age_c[c]! + stepMy);
      queue.push(next);
    }
  }
  return age_c;
}
