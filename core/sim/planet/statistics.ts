import { log } from "../elementary.ts";
import { pow } from "./powers.ts";
import { geometryOf } from "./geometry.ts";
import type { Planet } from "./planet.ts";

// Laws that rivers of a real land keep, measured on a planet: Hack 1957, L ∝ A^h along the rivers; slope ∝ A^−θ (Flint 1974); Horton's ratios of
// number, length and area between Strahler's orders. Least squares in logarithms. Areas in cells, lengths in radians: ratios and exponents
// do not depend on units. Nothing is stored; for checks, benches and documents.

export type RiverLaws = {
  /** Of whole basins, each at its mouth. */
  readonly hack: number;
  readonly hackR2: number;
  /** Of every place along the rivers. */
  readonly hackAlong: number;
  readonly slopeArea: number;
  readonly bifurcation: number;
  readonly lengthRatio: number;
  readonly areaRatio: number;
};

/** Smaller catchments show the grid, not the land. */
const areaCellsMin = 5;
const alongCellsMin = 20;
/** Horton's laws are of river basins, not of islands' brooks. */
const basinCellsMin = 50;

export function riverLaws(planet: Planet): RiverLaws {
  const tree = treeOf(planet);
  const hack = createFit();
  const along = createFit();
  const slope = createFit();
  for (const c of tree.order) {
    const area = tree.area_c[c]!;
    const next = planet.downstream_c[c]!;
    if (area <= areaCellsMin) continue;
    if (area > alongCellsMin) add(along, log(area), log(tree.stem_c[c]!));
    if (planet.downstream_c[next]! < 0) add(hack, log(area), log(tree.stem_c[c]!));
    if (planet.lake_c[c] !== 0) continue;
    const fall = planet.elevation_c[c]! - Math.max(0, planet.elevation_c[next]!);
    if (fall > 0) add(slope, log(area), log(fall / tree.length_c[c]!));
  }
  return {
    hack: slopeOf(hack),
    hackR2: r2Of(hack),
    hackAlong: slopeOf(along),
    slopeArea: slopeOf(slope),
    ...hortonRatios(planet, tree),
  };
}

type Tree = {
  /** Cells with somewhere to drain to, upstream first. */
  readonly order: readonly number[];
  readonly area_c: Float64Array;
  /** Longest way up, and to the next cell. */
  readonly stem_c: Float64Array;
  readonly length_c: Float64Array;
  readonly donors_c: Uint8Array;
};

function treeOf({ grid, downstream_c }: Planet): Tree {
  const { cellCount, neighbour_cn } = grid;
  const { distance_cn } = geometryOf(grid);
  const donors_c = new Uint8Array(cellCount);
  for (let c = 0; c < cellCount; c++) if (downstream_c[c]! >= 0) donors_c[downstream_c[c]!]!++;
  const tree: Tree = {
    order: [],
    area_c: new Float64Array(cellCount).fill(1),
    stem_c: new Float64Array(cellCount),
    length_c: new Float64Array(cellCount),
    donors_c,
  };
  const waiting_c = donors_c.slice();
  const order: number[] = [];
  for (let c = 0; c < cellCount; c++) if (donors_c[c] === 0 && downstream_c[c]! >= 0) order.push(c);
  for (const c of order) {
    const next = downstream_c[c]!;
    for (let k = 6 * c; k < 6 * c + 6; k++) if (neighbour_cn[k] === next) tree.length_c[c] = distance_cn[k]!;
    tree.stem_c[c]! += tree.length_c[c]!;
    tree.area_c[next]! += tree.area_c[c]!;
    tree.stem_c[next] = Math.max(tree.stem_c[next]!, tree.stem_c[c]!);
    waiting_c[next]!--;
    if (waiting_c[next] === 0 && downstream_c[next]! >= 0) order.push(next);
  }
  return { ...tree, order };
}

/**
 * Streams of each order after heads of a single cell were taken off where a longer stream goes on (a hexagon has room for three donors
 * where a valley has two). A ratio is e to the slope of ln(count, mean length, mean area) over the orders that have five streams.
 */
function hortonRatios(planet: Planet, tree: Tree): Pick<RiverLaws, "bifurcation" | "lengthRatio" | "areaRatio"> {
  const { downstream_c } = planet;
  const { cellCount } = planet.grid;
  const order_c = new Uint8Array(cellCount);
  const met_c = new Uint8Array(cellCount);
  const basin_c = basinAreas(planet, tree);
  for (const c of tree.order) {
    if (basin_c[c]! < basinCellsMin) continue;
    const next = downstream_c[c]!;
    if (tree.donors_c[c] === 0 && tree.donors_c[next]! > 1) continue;
    const own = order_c[c] === 0 ? 1 : order_c[c]! + (met_c[c]! > 1 ? 1 : 0);
    order_c[c] = own;
    if (downstream_c[next]! < 0) continue;
    if (own > order_c[next]!) {
      order_c[next] = own;
      met_c[next] = 1;
    } else if (own === order_c[next]) met_c[next]!++;
  }
  const count = new Float64Array(16);
  const length = new Float64Array(16);
  const area = new Float64Array(16);
  for (const c of tree.order) {
    const own = order_c[c]!;
    if (own === 0) continue;
    length[own]! += tree.length_c[c]!;
    const next = downstream_c[c]!;
    if (downstream_c[next]! >= 0 && order_c[next] === own) continue;
    count[own]!++;
    area[own]! += tree.area_c[c]!;
  }
  const fits = [createFit(), createFit(), createFit()];
  for (let own = 1; own < 16; own++) {
    if (count[own]! < 5) continue;
    add(fits[0]!, own, log(count[own]!));
    add(fits[1]!, own, log(length[own]! / count[own]!));
    add(fits[2]!, own, log(area[own]! / count[own]!));
  }
  const [bifurcation, lengthRatio, areaRatio] = fits.map((fit) => pow(Math.E, Math.abs(slopeOf(fit))));
  return { bifurcation: bifurcation!, lengthRatio: lengthRatio!, areaRatio: areaRatio! };
}

/** Cells of the whole basin that a cell belongs to. */
function basinAreas({ downstream_c, grid }: Planet, tree: Tree): Float64Array {
  const basin_c = new Float64Array(grid.cellCount);
  for (let i = tree.order.length - 1; i >= 0; i--) {
    const c = tree.order[i]!;
    const next = downstream_c[c]!;
    basin_c[c] = downstream_c[next]! < 0 ? tree.area_c[c]! : basin_c[next]!;
  }
  return basin_c;
}

type Fit = { n: number; x: number; y: number; xx: number; xy: number; yy: number };

function createFit(): Fit {
  return { n: 0, x: 0, y: 0, xx: 0, xy: 0, yy: 0 };
}

function add(fit: Fit, x: number, y: number): void {
  fit.n++;
  fit.x += x;
  fit.y += y;
  fit.xx += x * x;
  fit.xy += x * y;
  fit.yy += y * y;
}

function slopeOf({ n, x, y, xx, xy }: Fit): number {
  return (n * xy - x * y) / (n * xx - x * x);
}

function r2Of({ n, x, y, xx, xy, yy }: Fit): number {
  const covariance = n * xy - x * y;
  return (covariance * covariance) / ((n * xx - x * x) * (n * yy - y * y));
}

/** Share of the surface in each step of height, from `fromM` up: the hypsometric histogram. */
export function hypsometry({ grid, elevation_c }: Planet, fromM: number, stepM: number, steps: number): Float64Array {
  const share = new Float64Array(steps);
  for (let c = 0; c < grid.cellCount; c++) {
    const bin = Math.min(steps - 1, Math.max(0, Math.floor((elevation_c[c]! - fromM) / stepM)));
    share[bin]! += grid.area_c[c]! / (4 * Math.PI);
  }
  return share;
}
