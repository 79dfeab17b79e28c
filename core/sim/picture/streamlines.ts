import { atan2, cos } from "../elementary.ts";
import { hash3 } from "../hash.ts";
import { blendMask, createMask, type Picture, type Rgb, strokeLine } from "./canvas.ts";
import type { ClimateFields } from "./climate-fields.ts";
import { pixelOf, type Scene } from "./scene.ts";
import { lookAt, valueOf } from "./spread.ts";

// The mean wind as lines that follow it, thin where they begin and thick where they go: evenly spaced, as each keeps its distance from those that
// are there (after Jobard & Lefer 1997). Lines begin at points of a jittered lattice, in an order that hashing makes.

/** Of the map's width: between lines, and the longest one. */
const spacing = 1 / 110;
const lengthMax = 1 / 13;
/** Radians a step. */
const stepRad = 0.006;
/** m/s below which a wind has no way that a map could show. */
const calm = 0.25;

export function drawStreamlines(picture: Picture, scene: Scene, climate: ClimateFields, ink: Rgb): void {
  const { width, height } = scene;
  const mask = createMask(width, height);
  const gap = spacing * width;
  const columns = Math.ceil(width / gap) + 1;
  const rows = Math.ceil(height / gap) + 1;
  const taken = new Float64Array(2 * columns * rows).fill(-1);
  const seeds = Array.from({ length: columns * rows }, (_, i) => i).toSorted(
    (a, b) => hash3(7, a, 0, 0) - hash3(7, b, 0, 0),
  );
  for (const seed of seeds) {
    const x = ((seed % columns) + 0.5 + 0.6 * jitter(seed, 1)) * gap;
    const y = (Math.floor(seed / columns) + 0.5 + 0.6 * jitter(seed, 2)) * gap;
    const line = follow(scene, climate, x, y, (px, py) => isFree(taken, columns, rows, gap, px, py));
    if (line.length < 12) continue;
    for (let i = 0; i < line.length; i += 2) take(taken, columns, gap, line[i]!, line[i + 1]!);
    drawLine(mask, line, width / 2000);
  }
  blendMask(picture, mask, ink, 0.85);
}

function jitter(seed: number, salt: number): number {
  return hash3(salt, seed, 0, 0) / 2 ** 32 - 0.5;
}

function drawLine(mask: Parameters<typeof strokeLine>[0], line: readonly number[], unit: number): void {
  const pieces = line.length / 2 - 1;
  for (let i = 0; i < pieces; i++) {
    const share = (i + 1) / pieces;
    const [x0, y0, x1, y1] = [line[2 * i]!, line[2 * i + 1]!, line[2 * i + 2]!, line[2 * i + 3]!];
    strokeLine(mask, [x0, y0, x1, y1], unit * (0.7 + 1.5 * share), 0.12 + 0.88 * share * share);
  }
  const [ax, ay] = [line[2 * pieces - 2]!, line[2 * pieces - 1]!];
  const [bx, by] = [line[2 * pieces]!, line[2 * pieces + 1]!];
  const length = distance(ax, ay, bx, by);
  if (length === 0) return;
  const [ux, uy] = [((bx - ax) / length) * 6.5 * unit, ((by - ay) / length) * 6.5 * unit];
  for (const side of [1, -1]) {
    strokeLine(mask, [bx, by, bx - 0.85 * ux - side * 0.55 * uy, by - 0.85 * uy + side * 0.55 * ux], 2 * unit);
  }
}

function follow(
  scene: Scene,
  climate: ClimateFields,
  startX: number,
  startY: number,
  isFreeAt: (x: number, y: number) => boolean,
): number[] {
  const { width, height, place_p, cell_p } = scene;
  const p = Math.floor(startY) * width + Math.floor(startX);
  if (startX >= width || startY >= height || cell_p[p]! < 0 || !isFreeAt(startX, startY)) return [];
  let [x, y, z] = [place_p[3 * p]!, place_p[3 * p + 1]!, place_p[3 * p + 2]!];
  const line: number[] = [];
  let length = 0;
  let near = 0;
  while (length < lengthMax * width) {
    const latitude = atan2(z, Math.sqrt(x * x + y * y));
    const [px, py] = pixelOf(scene, latitude, atan2(y, x));
    const last = line.length - 2;
    if (last >= 0) {
      const moved = distance(px, py, line[last]!, line[last + 1]!);
      // Over the edge, and in on the other side.
      if (moved > 0.05 * width) break;
      length += moved;
    }
    if (!isFreeAt(px, py) || Math.abs(latitude) > 1.52) break;
    line.push(px, py);
    near = lookAt(climate.spread, x, y, z, near);
    const east = valueOf(climate.spread, climate.east_c);
    const north = valueOf(climate.spread, climate.north_c);
    const speed = Math.sqrt(east * east + north * north);
    if (speed < calm) break;
    const flat = Math.max(0.02, cos(latitude));
    const [ex, ey] = [-y / flat, x / flat];
    const [nx, ny, nz] = [-z * ey, z * ex, x * ey - y * ex];
    x += (stepRad * (east * ex + north * nx)) / speed;
    y += (stepRad * (east * ey + north * ny)) / speed;
    z += (stepRad * north * nz) / speed;
    const size = Math.sqrt(x * x + y * y + z * z);
    [x, y, z] = [x / size, y / size, z / size];
  }
  return line;
}

function distance(ax: number, ay: number, bx: number, by: number): number {
  return Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
}

function isFree(taken: Float64Array, columns: number, rows: number, gap: number, x: number, y: number): boolean {
  const column = Math.floor(x / gap);
  const row = Math.floor(y / gap);
  for (let j = Math.max(0, row - 1); j <= Math.min(rows - 1, row + 1); j++) {
    for (let i = Math.max(0, column - 1); i <= Math.min(columns - 1, column + 1); i++) {
      const at = 2 * (j * columns + i);
      if (taken[at]! < 0) continue;
      const dx = taken[at]! - x;
      const dy = taken[at + 1]! - y;
      if (dx * dx + dy * dy < 0.72 * gap * gap) return false;
    }
  }
  return true;
}

function take(taken: Float64Array, columns: number, gap: number, x: number, y: number): void {
  const at = 2 * (Math.floor(y / gap) * columns + Math.floor(x / gap));
  taken[at] = x;
  taken[at + 1] = y;
}
