import { hash3 } from "./hash.ts";
import { fbm, mix, smoothstep } from "./noise.ts";

// Lakes and ponds without drainage: space is cut into cubes, a hash gives some of them one lake, kept so far from the cube's walls that
// a point need only ask its own cube. The ground is drawn to the lake's level at the shore, so that the water is flat and never
// stands above its bank. Replaced by real basins once land is eroded.

export type LakeLayer = {
  readonly seed: number;
  readonly cellM: number;
  /** Of the cubes, 0 … 1. */
  readonly share: number;
  readonly radiusMinM: number;
  readonly radiusMaxM: number;
};

export type Lake = {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radiusM: number;
  readonly depthM: number;
  /** For the shore's outline. */
  readonly seed: number;
};

/** Up to this many times the way to its shore the ground around a lake bends to it. */
const reach = 1.6;
/** The farthest shore against the lake's radius. */
const outlineMax = 1.3;

/** The lake that may lie at this point of the surface, or null. `sphereRadiusM` is null on a plane of constant z. */
export function lakeNear(layer: LakeLayer, x: number, y: number, z: number, sphereRadiusM: number | null): Lake | null {
  const { cellM } = layer;
  const i = Math.floor(x / cellM);
  const j = Math.floor(y / cellM);
  const k = Math.floor(z / cellM);
  const drawn = hash3(layer.seed, i, j, k);
  if (drawn >= layer.share * 0x1_0000_0000) return null;
  const form = hash3(layer.seed + 1, i, j, k);
  const radiusM = mix(layer.radiusMinM, layer.radiusMaxM, ((form & 0xff) / 255) ** 2);
  // Somewhere in the middle of the cube, then onto the surface.
  let cx = (i + 0.35 + 0.3 * (((form >>> 8) & 0xff) / 255)) * cellM;
  let cy = (j + 0.35 + 0.3 * (((form >>> 16) & 0xff) / 255)) * cellM;
  let cz = (k + 0.35 + 0.3 * ((form >>> 24) / 255)) * cellM;
  if (sphereRadiusM === null) {
    cz = z;
  } else {
    const stretch = sphereRadiusM / Math.sqrt(cx * cx + cy * cy + cz * cz);
    cx *= stretch;
    cy *= stretch;
    cz *= stretch;
  }
  const margin = radiusM * reach * outlineMax;
  if (!isWithin(cx - i * cellM, margin, cellM) || !isWithin(cy - j * cellM, margin, cellM)) return null;
  if (sphereRadiusM !== null && !isWithin(cz - k * cellM, margin, cellM)) return null;
  return { x: cx, y: cy, z: cz, radiusM, depthM: 1.5 + radiusM * 0.02, seed: drawn };
}

/** Distance from the lake's middle in units of its shore: below 1 is water, null where the lake does not matter. */
export function shoreDistance(lake: Lake, x: number, y: number, z: number): number | null {
  const dx = x - lake.x;
  const dy = y - lake.y;
  const dz = z - lake.z;
  const distance = Math.sqrt(dx * dx + dy * dy + dz * dz) / lake.radiusM;
  if (distance > reach * outlineMax) return null;
  const outline =
    1 + 0.28 * fbm(lake.seed, (1.3 * dx) / lake.radiusM, (1.3 * dy) / lake.radiusM, (1.3 * dz) / lake.radiusM, 4, 0.5);
  const inShores = distance / outline;
  return inShores < reach ? inShores : null;
}

/** Whether the ground that one lake bends reaches that of the other. */
export function touches(a: Lake, b: Lake): boolean {
  const distance = Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2 + (a.z - b.z) ** 2);
  return distance < reach * outlineMax * (a.radiusM + b.radiusM);
}

/** The ground's elevation with the lake in it. Continuous; above `levelM` outside the shore, below it inside, as long as the bank holds. */
export function withLake(
  groundM: number,
  lake: { readonly levelM: number; readonly depthM: number; readonly bankM: number },
  shore: number,
): number {
  if (shore >= reach) return groundM;
  const inLakeM = shore < 1 ? lake.levelM - lake.depthM * (1 - shore * shore) : lake.levelM + lake.bankM * (shore - 1);
  return mix(inLakeM, groundM, smoothstep(1, reach, shore));
}

function isWithin(offset: number, margin: number, size: number): boolean {
  return offset > margin && offset < size - margin;
}
