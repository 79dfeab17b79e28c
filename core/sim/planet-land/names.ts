import { biomeClass } from "../biome.ts";
import { cos, sin } from "../elementary.ts";
import type { Planet } from "../planet/planet.ts";
import { createTongue } from "./tongue.ts";

// Names of what is large: seas, each around a place far from every coast; ranges, joined cells of mountains; the longest waters of the largest rivers.
// They follow from the planet and its seed, so they are never stored. Cost: some 20 ms for 41 k cells.

export type PlaceName = {
  readonly kind: "sea" | "range" | "river";
  readonly name: string;
  /** A place in the midst of it, as the world's coordinates. */
  readonly x: number;
  readonly y: number;
  readonly cells: readonly number[];
};

export type NamesHere = { readonly sea?: string; readonly range?: string; readonly river?: string };

export type Names = {
  /** Seas, ranges and rivers in turn, the largest first. */
  readonly list: readonly PlaceName[];
  at(x: number, y: number): NamesHere;
};

const seasMax = 12;
const rangesMax = 16;
const riversMax = 24;
/** Between the middles of two seas of one water, as a cosine: 40°. */
const seasApartCos = 0.766;
/** Of all cells; a smaller one has no name. */
const seaShareMin = 0.0008;
const rangeShareMin = 0.00012;
const riverCellsMin = 4;

export function createNames(planet: Planet): Names {
  const { grid, spec } = planet;
  const draw = createTongue(spec.seed);
  const list: PlaceName[] = [];
  const ofKind = { sea: new Map<number, string>(), range: new Map<number, string>(), river: new Map<number, string>() };
  const add = (kind: PlaceName["kind"], name: string, cells: readonly number[], middle: number): void => {
    list.push({
      kind,
      name,
      x: grid.longitude_c[middle]! * spec.radiusM,
      y: grid.latitude_c[middle]! * spec.radiusM,
      cells,
    });
    for (const c of cells) ofKind[kind].set(c, name);
  };
  for (const { cells, middle } of seasOf(planet)) {
    const isOcean = cells.length > 0.05 * grid.cellCount;
    add("sea", isOcean ? `${draw()} Ocean` : `Sea of ${draw()}`, cells, middle);
  }
  for (const { cells, middle } of rangesOf(planet)) add("range", `${draw()} Mountains`, cells, middle);
  for (const { cells, middle } of riversOf(planet)) add("river", draw(), cells, middle);

  let near = 0;
  return {
    list,
    at(x, y) {
      const around = cos(y / spec.radiusM);
      const [u, v, w] = [around * cos(x / spec.radiusM), around * sin(x / spec.radiusM), sin(y / spec.radiusM)];
      near = grid.cellAt(u, v, w, near);
      const [sea, range, river] = [ofKind.sea.get(near), ofKind.range.get(near), ofKind.river.get(near)];
      return {
        ...(sea !== undefined && { sea }),
        ...(range !== undefined && { range }),
        ...(river !== undefined && { river }),
      };
    },
  };
}

type Part = { readonly cells: readonly number[]; readonly middle: number };

function seasOf(planet: Planet): Part[] {
  const { grid, elevation_c } = planet;
  const { position_c, cellCount } = grid;
  const isSea = (c: number): boolean => elevation_c[c]! <= 0;
  const fromCoast_c = stepsFrom(planet, (c) => !isSea(c));
  const parts: Part[] = [];
  for (const water of joined(planet, isSea)) {
    if (water.length < seaShareMin * cellCount) continue;
    const byDistance = water.toSorted((a, b) => fromCoast_c[b]! - fromCoast_c[a]! || a - b);
    const middles: number[] = [];
    const nearness = (a: number, b: number): number =>
      position_c[3 * a]! * position_c[3 * b]! +
      position_c[3 * a + 1]! * position_c[3 * b + 1]! +
      position_c[3 * a + 2]! * position_c[3 * b + 2]!;
    for (const c of byDistance) {
      if (middles.length === seasMax) break;
      if (middles.every((middle) => nearness(c, middle) < seasApartCos)) middles.push(c);
    }
    const cellsOf = new Map<number, number[]>(middles.map((middle) => [middle, []]));
    for (const c of water) {
      let best = middles[0]!;
      for (const middle of middles) if (nearness(c, middle) > nearness(c, best)) best = middle;
      cellsOf.get(best)!.push(c);
    }
    for (const [middle, cells] of cellsOf) {
      if (cells.length >= seaShareMin * cellCount) parts.push({ cells, middle });
    }
  }
  return largest(parts, seasMax);
}

function rangesOf(planet: Planet): Part[] {
  const { grid, biome_c, elevation_c } = planet;
  const isHigh = (c: number): boolean =>
    elevation_c[c]! > 0 &&
    (biome_c[c] === biomeClass.mountain || biome_c[c] === biomeClass.alpine || elevation_c[c]! > 2_000);
  const parts = joined(planet, isHigh)
    .filter((cells) => cells.length >= Math.max(3, rangeShareMin * grid.cellCount))
    .map((cells) => ({ cells, middle: cells.reduce((a, b) => (elevation_c[b]! > elevation_c[a]! ? b : a)) }));
  return largest(parts, rangesMax);
}

/** From each mouth up the widest water: the rest are its tributaries, which may be large enough for names of their own. */
function riversOf({ grid, downstream_c, dischargeM3s_c, elevation_c }: Planet): Part[] {
  const widest_c = new Int32Array(grid.cellCount).fill(-1);
  const isLand = (c: number): boolean => elevation_c[c]! > 0;
  for (let c = 0; c < grid.cellCount; c++) {
    const next = downstream_c[c]!;
    if (next < 0 || !isLand(c) || !isLand(next)) continue;
    if (widest_c[next]! < 0 || dischargeM3s_c[c]! > dischargeM3s_c[widest_c[next]!]!) widest_c[next] = c;
  }
  const ends: number[] = [];
  for (let c = 0; c < grid.cellCount; c++) {
    const next = downstream_c[c]!;
    if (!isLand(c) || (next >= 0 && isLand(next) && widest_c[next] === c)) continue;
    ends.push(c);
  }
  return ends
    .toSorted((a, b) => dischargeM3s_c[b]! - dischargeM3s_c[a]! || a - b)
    .slice(0, 4 * riversMax)
    .map((end) => {
      const cells: number[] = [];
      for (let c = end; c >= 0; c = widest_c[c]!) cells.push(c);
      return { cells, middle: cells[cells.length >> 1]! };
    })
    .filter(({ cells }) => cells.length >= riverCellsMin)
    .slice(0, riversMax);
}

const largest = (parts: readonly Part[], max: number): Part[] =>
  parts.toSorted((a, b) => b.cells.length - a.cells.length || a.middle - b.middle).slice(0, max);

/** Groups of neighbours, in the order of their first cells. */
function joined({ grid }: Planet, belongs: (c: number) => boolean): number[][] {
  const seen_c = new Uint8Array(grid.cellCount);
  const groups: number[][] = [];
  for (let first = 0; first < grid.cellCount; first++) {
    if (seen_c[first] === 1 || !belongs(first)) continue;
    const group = [first];
    seen_c[first] = 1;
    for (let i = 0; i < group.length; i++) {
      for (let k = 6 * group[i]!; k < 6 * group[i]! + 6; k++) {
        const n = grid.neighbour_cn[k]!;
        if (seen_c[n] === 1 || !belongs(n)) continue;
        seen_c[n] = 1;
        group.push(n);
      }
    }
    groups.push(group);
  }
  return groups;
}

/** Cells to go to the nearest one that is asked for; 0 where there is none. */
function stepsFrom({ grid }: Planet, isStart: (c: number) => boolean): Int32Array {
  const steps_c = new Int32Array(grid.cellCount).fill(-1);
  const queue: number[] = [];
  for (let c = 0; c < grid.cellCount; c++) {
    if (!isStart(c)) continue;
    steps_c[c] = 0;
    queue.push(c);
  }
  for (let i = 0; i < queue.length; i++) {
    for (let k = 6 * queue[i]!; k < 6 * queue[i]! + 6; k++) {
      const n = grid.neighbour_cn[k]!;
      if (steps_c[n]! >= 0) continue;
      steps_c[n] = steps_c[queue[i]!]! + 1;
      queue.push(n);
    }
  }
  return steps_c.map((steps) => Math.max(0, steps));
}
