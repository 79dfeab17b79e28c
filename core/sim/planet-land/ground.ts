import type { Planet } from "../planet/planet.ts";
import type { Spot } from "./locate.ts";

// The shape of the land between the cells, without its detail: where the coast is, how high it stands, how rough it is, and where lakes are.
//   coast   f = Σ weight · clamp(height / 8 m, −1, 1) is 0 on it: halfway between land and sea, whatever their heights
//   land    mean of the land's corners times f (2 − f);  sea  mean of the sea's corners times f²: a shelf
//   lakes   where the weight of a lake's cells, less that of another lake's, is above a half; the ground comes up to it as a shore

/** Heights of this size and more count as whole in the coast's question. */
const wholeM = 8;

export type Surface = {
  readonly planet: Planet;
  /** Of the water where there is a lake, else of the ground. */
  readonly surfaceM_c: Float64Array;
  /** −1 … 1. */
  readonly shore_c: Float64Array;
  /** How far hills stand out of the plain between cells, metres. */
  readonly hillM_c: Float64Array;
  /** Of neighbouring centres, metres. */
  readonly spacingM: number;
};

/** One and the same object, overwritten by the next question. */
export type Lie = {
  /** Above 0 on land. */
  shore: number;
  elevationM: number;
  hillM: number;
  /** Number of the lake that matters here, 0 for none. */
  lake: number;
  /** Above 0 in it, falling to −½ away from it. */
  inLake: number;
  /** Of the bed below the lake's level, away from its shore. */
  lakeDepthM: number;
};

export function createSurface(planet: Planet): Surface {
  const { grid, elevation_c, lake_c, lakes, spec } = planet;
  const { cellCount, neighbour_cn } = grid;
  const surfaceM_c = Float64Array.from(elevation_c);
  const shore_c = new Float64Array(cellCount);
  const hillM_c = new Float64Array(cellCount);
  const spacingM = spec.radiusM * Math.sqrt((4 * Math.PI * 1.1547) / cellCount);
  // A plain's hills, lower where the cells themselves are near; and never steeper than ground can be.
  const plainM = 22 * Math.min(1, spacingM / 20_000);
  for (let c = 0; c < cellCount; c++) {
    const lake = lake_c[c]!;
    if (lake !== 0) surfaceM_c[c] = Math.max(surfaceM_c[c]!, lakes[lake - 1]!.levelM);
    shore_c[c] = lake !== 0 ? 1 : Math.min(1, Math.max(-1, elevation_c[c]! / wholeM));
    const height = elevation_c[c]!;
    let reliefM = 0;
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      const other = elevation_c[neighbour_cn[k]!]!;
      reliefM = Math.max(reliefM, Math.abs(height - (height > 0 ? Math.max(0, other) : other)));
    }
    hillM_c[c] = Math.min(plainM + 0.5 * reliefM, 0.05 * spacingM);
  }
  return { planet, surfaceM_c, shore_c, hillM_c, spacingM };
}

export const coastRise = (shore: number): number => shore * (2 - shore);

export function putLie(out: Lie, surface: Surface, spot: Spot): void {
  const { surfaceM_c, shore_c, hillM_c } = surface;
  const { cell, left, right, inCell, inLeft, inRight } = spot;
  const shore = inCell * shore_c[cell]! + inLeft * shore_c[left]! + inRight * shore_c[right]!;
  out.shore = shore;
  out.hillM = inCell * hillM_c[cell]! + inLeft * hillM_c[left]! + inRight * hillM_c[right]!;
  // Only the corners on the side of the coast where this is.
  const a = shore_c[cell]! > 0 === shore > 0 ? inCell : 0;
  const b = shore_c[left]! > 0 === shore > 0 ? inLeft : 0;
  const c = shore_c[right]! > 0 === shore > 0 ? inRight : 0;
  const sum = a + b + c;
  const meanM = sum > 0 ? (a * surfaceM_c[cell]! + b * surfaceM_c[left]! + c * surfaceM_c[right]!) / sum : 0;
  out.elevationM = meanM * (shore > 0 ? coastRise(shore) : shore * shore);
  putLake(out, surface, spot);
}

function putLake(out: Lie, { planet, surfaceM_c }: Surface, spot: Spot): void {
  const { lake_c, lakes, elevation_c } = planet;
  const { cell, left, right, inCell, inLeft, inRight } = spot;
  const [p, q, r] = [lake_c[cell]!, lake_c[left]!, lake_c[right]!];
  out.lake = 0;
  if (p === 0 && q === 0 && r === 0) return;
  const shareOf = (lake: number): number =>
    lake === 0 ? 0 : (p === lake ? inCell : 0) + (q === lake ? inLeft : 0) + (r === lake ? inRight : 0);
  let most = p;
  if (shareOf(q) > shareOf(most)) most = q;
  if (shareOf(r) > shareOf(most)) most = r;
  const share = shareOf(most);
  const others = (p === 0 ? 0 : inCell) + (q === 0 ? 0 : inLeft) + (r === 0 ? 0 : inRight) - share;
  const levelM = Math.max(1, lakes[most - 1]!.levelM);
  out.lake = most;
  // The second holds lakes back from a coast that falls away from them.
  out.inLake = Math.max(-0.5, Math.min(share - 0.5 - others, out.elevationM / levelM - lakeHoldsAt));
  out.lakeDepthM =
    (p === most ? inCell * (surfaceM_c[cell]! - elevation_c[cell]!) : 0) +
    (q === most ? inLeft * (surfaceM_c[left]! - elevation_c[left]!) : 0) +
    (r === most ? inRight * (surfaceM_c[right]! - elevation_c[right]!) : 0);
}

/** Where the ground has fallen to this share of a lake's level, there is no lake. */
export const lakeHoldsAt = 0.6;
