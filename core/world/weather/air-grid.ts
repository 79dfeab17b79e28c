import { createSphereGrid, type SphereGrid } from "../../sim/sphere-grid.ts";

const grids = new Map<number, SphereGrid>();

/** One for all worlds of a level. */
export function airGrid(level: number): SphereGrid {
  const grid = grids.get(level) ?? createSphereGrid(level);
  grids.set(level, grid);
  return grid;
}
