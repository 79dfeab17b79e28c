import { rng } from "../../sim/rng.ts";
import type { Place } from "../scene.ts";
import { type Cell, cellAt, cellsWithin, type Patch, patchOf, type Point, pointsOver } from "./grid.ts";
import type { History } from "./populations.ts";
import { type Region, regionAt } from "./region.ts";
import type { Species } from "./species.ts";

/** A piece of land in which a handful of one species live together, larger for those of which there are few. */
export type Range = {
  readonly species: Species;
  readonly cell: Cell;
  readonly patch: Patch;
  readonly region: Region;
  /** Of the species among the residents of the region. */
  readonly resident: number;
  /** Individuals, where the region carries as many as it ever does. */
  readonly atFullest: number;
  /** 0 … 1: parts of individuals are whole ones in some ranges and none in others, so that all of them come to what the region has. */
  readonly luck: number;
};

/** Where the land is at its best so many have one range. */
const perRange = 12;
const rangeMinM = 60;
const rangeMaxM = 4000;
/** Of one range, however many the land would carry. */
export const individualsMax = 35;
/** Looked at along each side, more closely than land changes. */
const probesPerSide = (sizeM: number): number => (sizeM < 250 ? 2 : 3);

export function rangeM({ perKm2Max }: Species): number {
  return Math.min(rangeMaxM, Math.max(rangeMinM, Math.round(1000 * Math.sqrt(perRange / Math.max(perKm2Max, 0.001)))));
}

const known = new WeakMap<Region, Map<string, Range | null>>();

/** null where none of them could live. */
export function rangeOf(place: Place, species: Species, cell: Cell): Range | null {
  const region = regionAt(place, cell);
  const ranges = known.get(region) ?? new Map<string, Range | null>();
  known.set(region, ranges);
  const key = `${species.id} ${cell.key}`;
  const before = ranges.get(key);
  if (before !== undefined) return before;
  if (ranges.size >= rangesMax) ranges.clear();
  const made = makeRange(place, region, species, cell);
  ranges.set(key, made);
  return made;
}
/** Remembered, of one region. */
const rangesMax = 4096;

export const rangeAt = (place: Place, species: Species, at: Point): Range | null =>
  rangeOf(place, species, cellAt(place.spec, rangeM(species), at));

export function rangesWithin(place: Place, species: Species, from: Point, radiusM: number): Range[] {
  const cells = cellsWithin(place.spec, rangeM(species), from, radiusM);
  return cells.flatMap((cell) => rangeOf(place, species, cell) ?? []);
}

/** Individuals of the range at a step. */
export function countAt({ resident, atFullest, luck }: Range, history: History, step: number): number {
  return Math.min(individualsMax, Math.floor(atFullest * history.shareAt(step, resident) + luck));
}

function makeRange(place: Place, region: Region, species: Species, cell: Cell): Range | null {
  const resident = region.residents.findIndex((each) => each.species === species);
  if (resident === -1) return null;
  const patch = patchOf(place.spec, rangeM(species), cell);
  if (patch === null) return null;
  const areaKm2 = (patch.widthM * patch.heightM) / 1e6;
  const atFullest = region.residents[resident]!.perKm2 * areaKm2 * suitableShare(place, species, patch);
  const luck = rng(place.spec.seed, "range", species.id, cell.key).float();
  return atFullest === 0 ? null : { species, cell, patch, region, resident, atFullest, luck };
}

function suitableShare({ spec, terrain }: Place, { livesIn }: Species, patch: Patch): number {
  const points = pointsOver(spec, patch, probesPerSide(patch.heightM));
  return points.reduce((sum, { x, y }) => sum + (livesIn[terrain.groundAt(x, y).biome] ?? 0) / points.length, 0);
}
