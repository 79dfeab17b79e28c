import type { SphereGrid } from "../sphere-grid.ts";
import { pow } from "./powers.ts";

// The sea's level: the height above which the asked share of the surface lies. Exact to one cell. Cost: 50 passes, about 0.1 µs a cell.

/** By bisection, to 2⁻⁵⁰ of the range. With a land share of 0 it is above every place, with 1 below every place. */
export function seaLevel(grid: SphereGrid, elevation_c: Float64Array, landShare: number): number {
  let low = Infinity;
  let high = -Infinity;
  for (let c = 0; c < elevation_c.length; c++) {
    low = Math.min(low, elevation_c[c]!);
    high = Math.max(high, elevation_c[c]!);
  }
  if (landShare <= 0) return high + 1;
  if (landShare >= 1) return low - 1;
  const wanted = landShare * 4 * Math.PI;
  for (let i = 0; i < 50; i++) {
    const middle = 0.5 * (low + high);
    let area = 0;
    for (let c = 0; c < elevation_c.length; c++) if (elevation_c[c]! > middle) area += grid.area_c[c]!;
    if (area > wanted) low = middle;
    else high = middle;
  }
  return high;
}

/** Takes the level from every height, so that the sea is at 0. */
export function putSeaAtZero(grid: SphereGrid, elevation_c: Float64Array, landShare: number): void {
  const level = seaLevel(grid, elevation_c, landShare);
  for (let c = 0; c < elevation_c.length; c++) elevation_c[c]! -= level;
}

/** Means that hypsometry is drawn towards: Earth's land 840 m and sea −3,700 m (Eakins & Sharman 2012, ETOPO1), land lower as gravity is stronger. */
export const meanLandM = 800;
export const meanSeaM = 3700;

/**
 * Stretches heights and depths each by one factor, of 0.5 … 2, towards Earth's means. Order among heights is kept, so rivers stay where they are.
 * A sea of thin crust only, on a planet of much land, stays as shallow as it is.
 */
export function stretchToHypsometry(
  grid: SphereGrid,
  elevation_c: Float64Array,
  gravityMs2: number,
  deepShare: number,
): void {
  const means = hypsometricMeans(grid, elevation_c);
  const gravity = Math.min(2, Math.max(0.5, 9.8 / gravityMs2));
  const landFactor = softFactor((meanLandM * gravity) / means.landM, 0.75);
  const seaFactor = softFactor(meanSeaM / -means.seaM, 0.75 * deepShare);
  for (let c = 0; c < elevation_c.length; c++) elevation_c[c]! *= elevation_c[c]! > 0 ? landFactor : seaFactor;
}

function softFactor(factor: number, softness: number): number {
  return factor > 0 && factor < Infinity ? Math.min(2, Math.max(0.5, pow(factor, softness))) : 1;
}

/** Means by area; 0 where there is none. */
export function hypsometricMeans(
  grid: SphereGrid,
  elevation_c: ArrayLike<number>,
): { landShare: number; landM: number; seaM: number } {
  let landArea = 0;
  let land = 0;
  let sea = 0;
  for (let c = 0; c < grid.cellCount; c++) {
    const area = grid.area_c[c]!;
    if (elevation_c[c]! > 0) {
      landArea += area;
      land += area * elevation_c[c]!;
    } else sea += area * elevation_c[c]!;
  }
  const seaArea = 4 * Math.PI - landArea;
  return {
    landShare: landArea / (4 * Math.PI),
    landM: landArea > 0 ? land / landArea : 0,
    seaM: seaArea > 1e-9 ? sea / seaArea : 0,
  };
}
