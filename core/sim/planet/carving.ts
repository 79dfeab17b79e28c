import type { SphereGrid } from "../sphere-grid.ts";
import { createErosion, erode } from "./erosion.ts";
import { geometryOf } from "./geometry.ts";
import { type Normals, provisionalNormals, refineNormals } from "./normals.ts";
import type { Relief } from "./relief.ts";
import { putSeaAtZero, stretchToHypsometry } from "./sea-level.ts";
import type { PlanetSpec } from "./spec.ts";
import { type WaterBalance, waterBalance } from "./water-balance.ts";

// From raw relief to carved land: sea level, then 40 My of rivers at level 6 (or the planet's own, if coarser), then at level 7 on what they
// left, with the finer detail put back. Heights are stretched towards Earth's hypsometry before and after.

export const coarseSteps = 40;
const fineSteps = 20;
const stepYears = 1e6;
/** Detail that the finer grid adds between two cells of the coarser one. */
const detailKept = 0.6;
/** Seas smaller than this share of the globe, cut off from the rest, are filled: they are lakes' business. */
const seaShareMin = 0.002;

/** Yields the share done. Heights in `relief` end carved, the sea at 0; returns metres of sediment laid down at sea. */
export function* carve(
  spec: PlanetSpec,
  climateGrid: SphereGrid,
  grids: readonly SphereGrid[],
  reliefs: readonly Relief[],
): Generator<number, Float64Array> {
  let sediment_c: Float64Array = new Float64Array(0);
  const stages = grids.length;
  for (const [i, grid] of grids.entries()) {
    const relief = reliefs[i]!;
    if (i > 0) addDetail(grid, reliefs[i - 1]!.elevation_c, relief.elevation_c);
    levelSea(grid, relief.elevation_c, spec);
    const steps = i === 0 ? coarseSteps : fineSteps;
    const erosion = createErosion(geometryOf(grid));
    const input = { ...relief, ...climateFor(spec, climateGrid, grid, relief.elevation_c) };
    for (let step = 1; step <= steps; step++) {
      erode(erosion, input, stepYears);
      if (step % 5 === 0) yield (i + step / steps) / stages;
    }
    stretchToHypsometry(grid, relief.elevation_c, spec.gravityMs2, deepShare(spec));
    if (i > 0) for (let c = 0; c < sediment_c.length; c++) erosion.sediment_c[c]! += sediment_c[c]!;
    sediment_c = erosion.sediment_c;
  }
  return sediment_c;
}

function levelSea(grid: SphereGrid, elevation_c: Float64Array, spec: PlanetSpec): void {
  for (let pass = 0; pass < 3; pass++) {
    putSeaAtZero(grid, elevation_c, spec.landShare);
    if (fillSmallSeas(grid, elevation_c) === 0) break;
  }
  stretchToHypsometry(grid, elevation_c, spec.gravityMs2, deepShare(spec));
}

/** A planet with little sea has no deep one. */
function deepShare(spec: PlanetSpec): number {
  return Math.min(1, 1.4 * (1 - spec.landShare));
}

/** Raises seas that are cut off and small to just above the water. Returns how many cells that were. */
export function fillSmallSeas(grid: SphereGrid, elevation_c: Float64Array): number {
  const { cellCount, neighbour_cn } = grid;
  const seen_c = new Uint8Array(cellCount);
  let filled = 0;
  for (let start = 0; start < cellCount; start++) {
    if (seen_c[start] === 1 || elevation_c[start]! > 0) continue;
    const cells = [start];
    seen_c[start] = 1;
    for (const c of cells) {
      for (let k = 6 * c; k < 6 * c + 6; k++) {
        const n = neighbour_cn[k]!;
        if (seen_c[n] === 1 || elevation_c[n]! > 0) continue;
        seen_c[n] = 1;
        cells.push(n);
      }
    }
    if (cells.length >= seaShareMin * cellCount) continue;
    filled += cells.length;
    // Bowls stay bowls, but shallow ones.
    for (const c of cells) elevation_c[c] = 30 + 0.02 * Math.max(-1000, elevation_c[c]!);
  }
  return filled;
}

function climateFor(
  spec: PlanetSpec,
  climateGrid: SphereGrid,
  grid: SphereGrid,
  elevation_c: Float64Array,
): WaterBalance {
  return waterBalance(refineNormals(provisionalOn(climateGrid, elevation_c, spec), grid, elevation_c));
}

/** Heights of the coarser grid are the first of the finer one's. */
export function provisionalOn(grid: SphereGrid, elevation_c: Float64Array, spec: PlanetSpec): Normals {
  return provisionalNormals(geometryOf(grid), elevation_c.slice(0, grid.cellCount), spec);
}

/** Ids are nested: the coarse cells come first, and each new one lies between two of them. */
function addDetail(fine: SphereGrid, coarse_c: Float64Array, elevation_c: Float64Array): void {
  const { neighbour_cn, cellCount } = fine;
  const raw_c = elevation_c.slice();
  elevation_c.set(coarse_c);
  for (let c = coarse_c.length; c < cellCount; c++) {
    let between = 0;
    let rawBetween = 0;
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      const n = neighbour_cn[k]!;
      if (n >= coarse_c.length) continue;
      between += coarse_c[n]! / 2;
      rawBetween += raw_c[n]! / 2;
    }
    elevation_c[c] = between + detailKept * (raw_c[c]! - rawBetween);
  }
}
