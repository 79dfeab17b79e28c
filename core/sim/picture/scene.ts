import { biomeClass } from "../biome.ts";
import { cos, sin } from "../elementary.ts";
import { fbm, ridged } from "../noise.ts";
import { geometryOf } from "../planet/geometry.ts";
import type { Planet } from "../planet/planet.ts";
import { fill, type Projection, type ProjectionName, projectionOf } from "./projection.ts";
import { createSpread, lookAt, type Spread, valueOf } from "./spread.ts";

// The ground under each pixel of a map, from which every layer is painted. A planet's cells are larger than pixels: between them heights run
// smoothly, and noise bends and roughens what would show the grid's hexagons. It moves nothing further than a cell, and keeps heights' means.
// Index kind: _p a pixel. Cost: about 1.5 µs a pixel on land.

/** What a map needs of a planet. */
export type Mapped = Pick<
  Planet,
  | "grid"
  | "elevation_c"
  | "plants_c"
  | "koppen_c"
  | "biome_c"
  | "lake_c"
  | "downstream_c"
  | "dischargeM3s_c"
  | "normals"
  | "spec"
>;

export type Scene = {
  readonly planet: Mapped;
  readonly projection: Projection;
  readonly width: number;
  readonly height: number;
  /** Pixels of the scene for one of the picture: lines grow with it. */
  readonly samples: number;
  /** The cell under the pixel; −1 off the globe. */
  readonly cell_p: Int32Array;
  /** Metres, ≤ 0 at sea. */
  readonly elevation_p: Float32Array;
  /** Where the pixel is on the unit sphere: x, y, z. */
  readonly place_p: Float32Array;
  /** Of the land around, `biomeClass`; ocean where there is none. */
  readonly biome_p: Uint8Array;
  /** Plants, 0 … 1. */
  readonly plants_p: Float32Array;
  readonly work: Work;
};

/** Share of a cell's steps of height that noise adds, and how far it bends coasts, in cells. */
const roughness = 0.42;
const bend = 0.42;

export function createScene(planet: Mapped, width: number, samples: number, name: ProjectionName): Scene {
  const projection = projectionOf(name);
  const height = Math.round(width / samples / projection.aspect) * samples;
  const pixels = width * height;
  const scene: Scene = {
    planet,
    projection,
    width,
    height,
    samples,
    cell_p: new Int32Array(pixels).fill(-1),
    elevation_p: new Float32Array(pixels),
    place_p: new Float32Array(3 * pixels),
    biome_p: new Uint8Array(pixels),
    plants_p: new Float32Array(pixels),
    work: createWork(planet),
  };
  for (let y = 0; y < height; y++) putRow(scene, y);
  return scene;
}

/** A place on the sphere in pixels of the scene. Longitudes beyond ±π lie beyond the edge. */
export function pixelOf(
  { projection, width, height }: Pick<Scene, "projection" | "width" | "height">,
  latitudeRad: number,
  longitudeRad: number,
): readonly [x: number, y: number] {
  const row = projection.row(latitudeRad);
  return [(width / 2) * (1 + (longitudeRad / Math.PI) * row.width * fill), (height / 2) * (1 - row.y * fill)];
}

/** The place whose ground is shown at a place: a little beside it, so that coasts wind. */
export function bendAt(scene: Scene, x: number, y: number, z: number): readonly [number, number, number] {
  return bentBy(scene.work, x, y, z);
}

function bentBy({ seed, scale, reach }: Work, x: number, y: number, z: number): readonly [number, number, number] {
  const [sx, sy, sz] = [scale * x, scale * y, scale * z];
  return [
    x + reach * fbm(seed, sx, sy, sz, 3, 0.55),
    y + reach * fbm(seed + 101, sx, sy, sz, 3, 0.55),
    z + reach * fbm(seed + 202, sx, sy, sz, 3, 0.55),
  ];
}

type Work = ReturnType<typeof createWork>;

function createWork({ grid, elevation_c, spec }: Mapped) {
  const { spacing } = geometryOf(grid);
  const rough_c = new Float64Array(grid.cellCount);
  for (let c = 0; c < grid.cellCount; c++) {
    let most = 0;
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      most = Math.max(most, Math.abs(elevation_c[c]! - elevation_c[grid.neighbour_cn[k]!]!));
    }
    rough_c[c] = Math.min(2500, most) * roughness;
  }
  const isLand_c = elevation_c.map((height) => (height > 0 ? 1 : 0));
  return {
    spread: createSpread(grid),
    rough_c,
    isLand_c,
    reach: bend * spacing,
    scale: 0.45 / spacing,
    seed: spec.seed % 2 ** 31,
    near: 0,
  };
}

function putRow(scene: Scene, y: number): void {
  const { planet, projection, width, height, work, cell_p, elevation_p, place_p, plants_p, biome_p } = scene;
  const { spread, rough_c, isLand_c, seed, scale } = work;
  const rowY = (1 - (2 * (y + 0.5)) / height) / fill;
  if (Math.abs(rowY) > 1) return;
  const latitude = projection.latitudeAt(rowY);
  const half = projection.row(latitude).width;
  const flat = cos(latitude);
  const up = sin(latitude);
  for (let x = 0, p = y * width; x < width; x++, p++) {
    const east = ((2 * (x + 0.5)) / width - 1) / fill;
    if (Math.abs(east) > half) continue;
    const longitude = (east / half) * Math.PI;
    const px = flat * cos(longitude);
    const py = flat * sin(longitude);
    place_p[3 * p] = px;
    place_p[3 * p + 1] = py;
    place_p[3 * p + 2] = up;
    const [bx, by, bz] = bentBy(work, px, py, up);
    work.near = lookAt(spread, bx, by, bz, work.near);
    cell_p[p] = work.near;
    // Nothing grows at sea: what grows at a coast is what grows on its land.
    const land = valueOf(spread, isLand_c);
    plants_p[p] = land > 0 ? valueOf(spread, planet.plants_c) / land : 0;
    biome_p[p] = commonBiome(spread, planet.biome_c);
    const base = valueOf(spread, planet.elevation_c);
    const rough = valueOf(spread, rough_c);
    const crest = ridged(seed + 303, 1.1 * scale * bx, 1.1 * scale * by, 1.1 * scale * bz, 5, 0.6);
    // Ridged noise has its mean near 0.42; near the sea it is tamed, or every coast would have its skerries.
    const tame = Math.min(1, 0.25 + Math.abs(base) / 900);
    elevation_p[p] = base + rough * tame * (crest - 0.42) * 1.6;
  }
}

/** That with the largest share of the land of a cell and its ring. */
function commonBiome({ cells, shares, count }: Spread, biome_c: Uint8Array): number {
  let best: number = biomeClass.ocean;
  let most = 0;
  for (let i = 0; i < count; i++) {
    const biome = biome_c[cells[i]!]!;
    if (biome === biomeClass.ocean) continue;
    let share = 0;
    for (let j = 0; j < count; j++) if (biome_c[cells[j]!] === biome) share += shares[j]!;
    if (share > most) {
      most = share;
      best = biome;
    }
  }
  return best;
}
