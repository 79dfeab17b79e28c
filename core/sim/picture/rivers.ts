import { atan2 } from "../elementary.ts";
import { smoothstep } from "../noise.ts";
import { lapseRate } from "../planet/normals.ts";
import { blend, createMask, type Mask, type Picture, type Rgb, strokePath } from "./canvas.ts";
import type { ClimateFields } from "./climate-fields.ts";
import { bendAt, pixelOf, type Scene } from "./scene.ts";
import { lookAt, valueOf } from "./spread.ts";

// Rivers as lines from cell to cell, rounded at the corners, the wider the more they carry: with the flow to the power 3/8,
// a little less than rivers themselves (1/2, Leopold & Maddock 1953), or only the largest could be seen. They end where the map shows sea.

/** Share of the cells with any flow, the largest, that are drawn; the rest would cover the land. */
const riversPerMap = 0.085;

export function drawRivers(picture: Picture, scene: Scene, climate: ClimateFields, ink: Rgb, opacity: number): void {
  const { planet, width, height } = scene;
  const { downstream_c, dischargeM3s_c, elevation_c } = planet;
  const least = leastFlow(planet.dischargeM3s_c, elevation_c);
  if (!Number.isFinite(least)) return;
  const mask = createMask(width, height);
  const isDrawn_c = new Uint8Array(planet.grid.cellCount);
  const isBelow_c = new Uint8Array(planet.grid.cellCount);
  const isRiver = (c: number) => downstream_c[c]! >= 0 && dischargeM3s_c[c]! >= least && elevation_c[c]! > 0;
  for (let c = 0; c < planet.grid.cellCount; c++) if (isRiver(c)) isBelow_c[downstream_c[c]!] = 1;
  const widthOf = (flow: number) => {
    const fourth = Math.sqrt(Math.sqrt(flow / least));
    return (width / 2000) * Math.min(4.5, 0.9 * fourth * Math.sqrt(fourth));
  };
  for (let spring = 0; spring < planet.grid.cellCount; spring++) {
    if (!isRiver(spring) || isBelow_c[spring] === 1) continue;
    const course = [spring];
    let c = spring;
    while (downstream_c[c]! >= 0 && elevation_c[c]! > 0) {
      const wasDrawn = isDrawn_c[c] === 1;
      isDrawn_c[c] = 1;
      if (wasDrawn) break;
      c = downstream_c[c]!;
      course.push(c);
    }
    drawCourse(mask, scene, course, (cell) => widthOf(Math.max(least, dischargeM3s_c[cell]!)));
  }
  layOnLand(picture, scene, climate, mask, ink, opacity);
}

/** Not over seas and lakes, and fading out where summer leaves snow: there ice flows, not water. */
function layOnLand(
  { rgba }: Picture,
  { planet, cell_p, elevation_p, place_p }: Scene,
  { spread, warmestC_c }: ClimateFields,
  { cover_p }: Mask,
  ink: Rgb,
  opacity: number,
): void {
  let near = 0;
  for (let p = 0; p < cell_p.length; p++) {
    const cell = cell_p[p]!;
    if (cover_p[p] === 0 || cell < 0 || elevation_p[p]! <= 0 || planet.lake_c[cell] !== 0) continue;
    near = lookAt(spread, place_p[3 * p]!, place_p[3 * p + 1]!, place_p[3 * p + 2]!, near);
    const warmestC = valueOf(spread, warmestC_c) - lapseRate * elevation_p[p]!;
    blend(rgba, 4 * p, ink, cover_p[p]! * opacity * smoothstep(-1, 3, warmestC));
  }
}

function leastFlow(dischargeM3s_c: Float64Array, elevation_c: Float64Array): number {
  const flows = dischargeM3s_c.filter((flow, c) => flow > 0 && elevation_c[c]! > 0).toSorted();
  return flows.length === 0 ? Infinity : flows[Math.floor((1 - riversPerMap) * flows.length)]!;
}

function drawCourse(mask: Mask, scene: Scene, course: readonly number[], widthOf: (cell: number) => number): void {
  const points = course.flatMap((c) => placeOf(scene, c));
  // A course that leaves on one side comes in on the other: it is drawn twice, each time as if the map went on.
  const turn = scene.width;
  for (let i = 2; i < points.length; i += 2) {
    while (points[i]! - points[i - 2]! > turn / 2) points[i]! -= turn;
    while (points[i]! - points[i - 2]! < -turn / 2) points[i]! += turn;
  }
  const isOff = points.some((value, i) => i % 2 === 0 && (value < 0 || value > scene.width));
  for (const shift of isOff ? [0, turn, -turn] : [0]) {
    for (let i = 0; i + 1 < course.length; i++) {
      strokePath(mask, corner(points, i, shift), widthOf(course[i]!));
    }
  }
}

/** From the middle of the way before to the middle of the way after, around point `i` and on: a quadratic curve in four pieces. */
function corner(points: readonly number[], i: number, shift: number): number[] {
  const at = (k: number, axis: number) => points[2 * Math.min(points.length / 2 - 1, Math.max(0, k)) + axis]!;
  const path: number[] = [];
  for (let step = 0; step <= 4; step++) {
    const t = step / 4;
    for (const axis of [0, 1]) {
      const from = i === 0 ? at(0, axis) : (at(i - 1, axis) + at(i, axis)) / 2;
      const to = (at(i, axis) + at(i + 1, axis)) / 2;
      const value = (1 - t) * (1 - t) * from + 2 * t * (1 - t) * at(i, axis) + t * t * to;
      path.push(axis === 0 ? value + shift : value);
    }
  }
  return path;
}

/** Where the bent map shows the cell's middle. */
function placeOf(scene: Scene, c: number): readonly [number, number] {
  const { position_c } = scene.planet.grid;
  const [x, y, z] = [position_c[3 * c]!, position_c[3 * c + 1]!, position_c[3 * c + 2]!];
  const [bx, by, bz] = bendAt(scene, x, y, z);
  const [px, py, pz] = [2 * x - bx, 2 * y - by, 2 * z - bz];
  return pixelOf(scene, atan2(pz, Math.sqrt(px * px + py * py)), atan2(py, px));
}
