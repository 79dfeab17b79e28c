import { exp } from "../elementary.ts";
import { fbm, ridged, simplex3, smoothstep } from "../noise.ts";
import { seedOf } from "../rng.ts";
import type { SphereGrid } from "../sphere-grid.ts";
import { type Crust, crustKind, orogenyKind } from "./crust.ts";
import { geometryOf } from "./geometry.ts";

// Height from the record of the crust, carried onto a finer grid. Continents float (Airy: 3300 − 2750 kg/m³), ocean floor sinks as it cools
// (Parsons & Sclater 1977), trenches are 2.5 km deeper. Between coarse cells a smooth bell of weights, at places warped by noise, so that no
// coast shows the coarse grid; then detail: ridges where belts are young, gentle swells elsewhere.
// Cost: about 1 µs a fine cell, most of it noise.

/** On the fine grid: what erosion and the resources read. Numbers of the crust as in `Crust`. */
export type Relief = {
  readonly elevation_c: Float64Array;
  /** Of rock in millimetres a year while rivers cut it. */
  readonly uplift_c: Float64Array;
  /** How easily rivers cut the rock, 1 ordinary. */
  readonly erodibility_c: Float64Array;
  /** The cell of the coarse grid whose crust this is. */
  readonly source_c: Int32Array;
};

/** Parsons & Sclater 1977, depth in metres of a floor of that age. */
export function floorDepthM(ageMy: number): number {
  return ageMy <= 70 ? 2500 + 350 * Math.sqrt(ageMy) : 6400 - 3200 * exp(-ageMy / 62.8);
}

const continentDensityRatio = (3300 - 2750) / 3300;
const floorDensityRatio = (3300 - 2750) / (3300 - 1030);
/** A continent 36 km thick stands so high. */
const continentM = 480;

/** Metres over a sea whose level is Earth's, on the crust's own grid. */
export function isostaticElevation(crust: Crust): Float64Array {
  return Float64Array.from(crust.kind_c, (kind, c) => {
    const km = crust.thicknessKm_c[c]!;
    if (kind === crustKind.continental) return continentM + 1000 * (km - 36) * continentDensityRatio;
    const trenchM = crust.isTrench_c[c] === 1 ? 2500 : 0;
    return -floorDepthM(Math.min(crust.ageMy_c[c]!, 180)) + 1000 * (km - 7) * floorDensityRatio - trenchM;
  });
}

export function createRelief(crust: Crust, fine: SphereGrid, seed: number): Relief {
  const { cellCount, position_c, neighbour_cn } = fine;
  const coarse = crust.grid;
  const base_s = isostaticElevation(crust);
  const youth_s = Float64Array.from(crust.orogenyAgeMy_c, (age, s) => (isBelt(crust, s) ? exp(-age / 40) : 0));
  const uplift_s = Float64Array.from(crust.orogenyAgeMy_c, (age, s) => (isBelt(crust, s) ? 0.04 * exp(-age / 30) : 0));
  const kernel = createKernel(crust, base_s, youth_s, uplift_s);
  const relief: Relief = {
    elevation_c: new Float64Array(cellCount),
    uplift_c: new Float64Array(cellCount),
    erodibility_c: new Float64Array(cellCount),
    source_c: new Int32Array(cellCount),
  };
  const warp = seedOf(seed, "warp");
  const detail = seedOf(seed, "detail");
  const reach = 0.8 * kernel.spacing;
  for (let c = 0; c < cellCount; c++) {
    const x = position_c[3 * c]!;
    const y = position_c[3 * c + 1]!;
    const z = position_c[3 * c + 2]!;
    const near = c === 0 ? 0 : relief.source_c[nearestBefore(neighbour_cn, c)]!;
    const wx = x + reach * (simplex3(warp, 7 * x, 7 * y, 7 * z) + 0.6 * simplex3(warp + 1, 17 * x, 17 * y, 17 * z));
    const wy = y + reach * (simplex3(warp + 2, 7 * x, 7 * y, 7 * z) + 0.6 * simplex3(warp + 3, 17 * x, 17 * y, 17 * z));
    const wz = z + reach * (simplex3(warp + 4, 7 * x, 7 * y, 7 * z) + 0.6 * simplex3(warp + 5, 17 * x, 17 * y, 17 * z));
    const r = 1 / Math.sqrt(wx * wx + wy * wy + wz * wz);
    const source = coarse.cellAt(wx, wy, wz, near);
    relief.source_c[c] = source;
    gather(kernel, coarse, source, wx * r, wy * r, wz * r);
    relief.elevation_c[c] = kernel.base + detailM(detail, x, y, z, kernel.base, kernel.youth);
    relief.uplift_c[c] = kernel.uplift;
    const patch = simplex3(detail + 40, 45 * x, 45 * y, 45 * z);
    relief.erodibility_c[c] = erodibility(crust, source, kernel.youth) * exp(1.6 * patch);
  }
  return relief;
}

function isBelt(crust: Crust, s: number): boolean {
  return crust.orogeny_c[s] !== orogenyKind.none && crust.orogeny_c[s] !== orogenyKind.rift;
}

/** A neighbour that was placed already, to start the search for the coarse cell from. */
function nearestBefore(neighbour_cn: Int32Array, c: number): number {
  for (let k = 6 * c; k < 6 * c + 6; k++) if (neighbour_cn[k]! < c) return neighbour_cn[k]!;
  return c - 1;
}

type Kernel = {
  readonly base_s: Float64Array;
  readonly youth_s: Float64Array;
  readonly uplift_s: Float64Array;
  readonly spacing: number;
  base: number;
  youth: number;
  uplift: number;
};

function createKernel(crust: Crust, base_s: Float64Array, youth_s: Float64Array, uplift_s: Float64Array): Kernel {
  const { spacing } = geometryOf(crust.grid);
  return { base_s, youth_s, uplift_s, spacing, base: 0, youth: 0, uplift: 0 };
}

/** Weighted means over a cell and its ring, weights (1 − d²/R²)² with R of 1.3 cells: smooth where the nearest cell changes. */
function gather(kernel: Kernel, coarse: SphereGrid, source: number, x: number, y: number, z: number): void {
  const { position_c, neighbour_cn } = coarse;
  const reach2 = 1.69 * kernel.spacing * kernel.spacing;
  let total = 0;
  let base = 0;
  let youth = 0;
  let uplift = 0;
  for (let k = -1; k < 6; k++) {
    const s = k < 0 ? source : neighbour_cn[6 * source + k]!;
    if (k >= 0 && s === source) continue;
    const dx = position_c[3 * s]! - x;
    const dy = position_c[3 * s + 1]! - y;
    const dz = position_c[3 * s + 2]! - z;
    const t = 1 - (dx * dx + dy * dy + dz * dz) / reach2;
    if (t <= 0) continue;
    const weight = t * t;
    total += weight;
    base += weight * kernel.base_s[s]!;
    youth += weight * kernel.youth_s[s]!;
    uplift += weight * kernel.uplift_s[s]!;
  }
  kernel.base = base / total;
  kernel.youth = youth / total;
  kernel.uplift = uplift / total;
}

/** Swells of ±300 m on continents and ±150 m on the floor; crests to 2 km where belts are young. */
function detailM(seed: number, x: number, y: number, z: number, base: number, youth: number): number {
  const onLand = smoothstep(-3000, 0, base);
  const swell = fbm(seed, 6 * x, 6 * y, 6 * z, 6, 0.5);
  const crest = youth * onLand < 0.02 ? 0 : ridged(seed + 20, 11 * x, 11 * y, 11 * z, 5, 0.5) - 0.35;
  return (200 + 400 * onLand) * swell + 2400 * youth * onLand * crest;
}

/** Before the patches of each cell. Shields are hard, old basins soft, young belts broken (order of magnitude after Stock & Montgomery 1999). */
function erodibility(crust: Crust, s: number, youth: number): number {
  if (crust.kind_c[s] !== crustKind.continental) return 1.3;
  const shield = smoothstep(800, 2200, crust.ageMy_c[s]!);
  const thin = smoothstep(34, 26, crust.thicknessKm_c[s]!);
  return (1 + 0.5 * thin + 0.3 * youth) * (1 - 0.5 * shield);
}
