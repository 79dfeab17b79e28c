import { blend, blendMask, createMask, type Mask, type Picture, type Rgb, strokeLine, strokePath } from "./canvas.ts";
import { pixelOf, type Scene } from "./scene.ts";

// Lines on the globe: coasts, parallels and meridians, the map's edge.

const degree = Math.PI / 180;

/** A globe on paper, of whatever it is. `cell_p`: below 0 off the globe. */
export type Globe = Pick<Scene, "projection" | "width" | "height" | "samples" | "cell_p">;

/** A line where land meets the sea or a lake. */
export function drawCoasts(picture: Picture, scene: Scene, ink: Rgb, opacity: number): void {
  const { lake_c } = scene.planet;
  drawShores(picture, scene, (p) => scene.elevation_p[p]! > 0 && lake_c[scene.cell_p[p]!] === 0, ink, opacity);
}

/** A line between what is land and what is not. */
export function drawShores(
  picture: Picture,
  { width, height, cell_p, samples }: Omit<Globe, "projection">,
  isLand: (p: number) => boolean,
  ink: Rgb,
  opacity: number,
): void {
  const mask = createMask(width, height);
  const size = Math.max(1, Math.round(0.45 * samples));
  for (let y = 0; y < height - 1; y++) {
    for (let x = 0; x < width - 1; x++) {
      const p = y * width + x;
      if (cell_p[p]! < 0) continue;
      const here = isLand(p);
      const endsEast = cell_p[p + 1]! >= 0 && isLand(p + 1) !== here;
      const endsSouth = cell_p[p + width]! >= 0 && isLand(p + width) !== here;
      if (endsEast || endsSouth) stamp(mask, x, y, size);
    }
  }
  blendMask(picture, mask, ink, opacity);
}

function stamp({ width, height, cover_p }: Mask, x: number, y: number, size: number): void {
  for (let j = y; j < Math.min(height, y + size); j++) {
    for (let i = x; i < Math.min(width, x + size); i++) cover_p[j * width + i] = 1;
  }
}

/** Every 30°, the equator stronger. */
export function drawGraticule(picture: Picture, scene: Globe, ink: Rgb, opacity: number): void {
  const faint = createMask(scene.width, scene.height);
  const strong = createMask(scene.width, scene.height);
  for (let latitude = -60; latitude <= 60; latitude += 30) {
    const path = [...pixelOf(scene, latitude * degree, -Math.PI), ...pixelOf(scene, latitude * degree, Math.PI)];
    strokePath(latitude === 0 ? strong : faint, path, 0.8 * scene.samples);
  }
  for (let longitude = -150; longitude <= 150; longitude += 30) {
    strokePath(faint, meridian(scene, longitude * degree), 0.8 * scene.samples);
  }
  blendMask(picture, faint, ink, opacity);
  blendMask(picture, strong, ink, 1.8 * opacity);
}

/** The edge of the whole map, and a soft shadow inside it that makes it round. */
export function drawEdge(picture: Picture, scene: Globe, ink: Rgb): void {
  const mask = createMask(scene.width, scene.height);
  const west = meridian(scene, -Math.PI);
  const east = meridian(scene, Math.PI);
  strokePath(mask, west, 2.2 * scene.samples);
  strokePath(mask, east, 2.2 * scene.samples);
  for (const at of [0, west.length - 2]) {
    strokeLine(mask, [west[at]!, west[at + 1]!, east[at]!, east[at + 1]!], 2.2 * scene.samples);
  }
  shadeEdge(picture, scene);
  blendMask(picture, mask, ink, 0.9);
}

function meridian(scene: Globe, longitudeRad: number): number[] {
  const path: number[] = [];
  for (let latitude = -90; latitude <= 90; latitude += 1) path.push(...pixelOf(scene, latitude * degree, longitudeRad));
  return path;
}

const shadowShare = 0.14;

function shadeEdge({ rgba }: Picture, { width, height, cell_p }: Globe): void {
  const reach = 0.035 * width;
  for (let y = 0; y < height; y++) {
    let first = y * width;
    while (first < (y + 1) * width && cell_p[first]! < 0) first++;
    const last = 2 * y * width + width - 1 - first;
    for (let p = first; p <= last; p++) {
      const inside = Math.min(p - first, last - p, 1.6 * y, 1.6 * (height - 1 - y));
      if (inside >= reach) continue;
      const t = 1 - inside / reach;
      blend(rgba, 4 * p, [8, 16, 34], shadowShare * t * t);
    }
  }
}
