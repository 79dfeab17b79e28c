import { type Air, valueIn, type Veil } from "./air.ts";
import { lookUp, perPixel, pointOf, type Size, type View } from "./projections.ts";
import { putColourAt, type Sheet } from "./sheet.ts";

export type Scene = {
  readonly sheet: Sheet;
  readonly view: View;
  readonly veil: Veil | null;
  /** Arrows of the wind that blows: the air, and how far between its two tellings. */
  readonly wind: { readonly air: Air; readonly share: number } | null;
};

/** What is drawn again and again, kept between: where each pixel looks changes with the view only. */
export type Desk = { key: string; places: Float32Array; image: ImageData | null };
export const emptyDesk = (): Desk => ({ key: "", places: new Float32Array(0), image: null });

/** Costs some 60 ns a pixel, twice that where the view has changed. */
export function drawAtlas(canvas: HTMLCanvasElement, size: Size, scene: Scene, desk: Desk): void {
  const context = canvas.getContext("2d")!;
  if (canvas.width !== size.width || canvas.height !== size.height) {
    canvas.width = size.width;
    canvas.height = size.height;
  }
  lay(desk, size, scene.view, context);
  paint(scene, desk);
  context.putImageData(desk.image!, 0, 0);
  if (scene.wind) drawWind(context, size, scene.view, scene.wind);
}

function lay(desk: Desk, size: Size, view: View, context: CanvasRenderingContext2D): void {
  const { width, height } = size;
  const key = [width, height, view.projection, view.longitude, view.latitude].join(" ");
  if (key === desk.key) return;
  if (desk.image?.width !== width || desk.image.height !== height) {
    desk.image = context.createImageData(width, height);
    desk.places = new Float32Array(perPixel * width * height);
  }
  lookUp(view, size, desk.places);
  desk.key = key;
}

function paint({ sheet, veil }: Scene, { places, image }: Desk): void {
  const out = image!.data;
  const colour = new Float32Array(3);
  for (let i = 0; i < places.length; i += perPixel) {
    const cover = places[i + 3]!;
    out[i + 3] = 255 * cover;
    if (cover === 0) continue;
    putColourAt(sheet, places[i]!, places[i + 1]!, colour);
    if (veil) mixVeil(veil, places[i]!, places[i + 1]!, colour);
    const light = places[i + 2]!;
    for (let channel = 0; channel < 3; channel++) out[i + channel] = colour[channel]! * light;
  }
}

function mixVeil({ width, height, rgba }: Veil, u: number, v: number, colour: Float32Array): void {
  const x = u * width - 0.5;
  const y = Math.min(height - 1, Math.max(0, v * height - 0.5));
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  // A grain finer than a pixel of the screen: it goes around, so that a sphere has no seam.
  const west = (left + width) % width;
  const east = (left + 1) % width;
  const below = Math.min(height - 1, top + 1);
  const [a, b, c, d] = [4 * (top * width + west), 4 * (top * width + east), 4 * (below * width + west), 4 * (below * width + east)]; // prettier-ignore
  const between = (channel: number): number => {
    const upper = rgba[a + channel]! + fx * (rgba[b + channel]! - rgba[a + channel]!);
    const lower = rgba[c + channel]! + fx * (rgba[d + channel]! - rgba[c + channel]!);
    return upper + fy * (lower - upper);
  };
  const opacity = between(3) / 255;
  for (let channel = 0; channel < 3; channel++) colour[channel]! += opacity * (between(channel) - colour[channel]!);
}

/** Pixels between arrows, at the least; of an arrow at 10 m/s; both for a map that is at most 500 wide. */
const apartPx = 26;
const arrowPx = 22;

function drawWind(context: CanvasRenderingContext2D, size: Size, view: View, wind: NonNullable<Scene["wind"]>): void {
  const unit = Math.max(1, size.width / 500);
  const arrows = arrowsOf(size, view, wind, unit);
  context.lineCap = "round";
  context.lineJoin = "round";
  for (const [width, ink] of [
    [3.4, "rgb(255 255 255 / 0.7)"],
    [1.5, "rgb(20 28 40 / 0.95)"],
  ] as const) {
    context.lineWidth = width * unit;
    context.strokeStyle = ink;
    context.stroke(arrows);
  }
}

function arrowsOf(size: Size, view: View, { air, share }: NonNullable<Scene["wind"]>, unit: number): Path2D {
  const { grid_width: columns, grid_height: rows } = air.now;
  const path = new Path2D();
  const cellPx = view.projection === "globe" ? (Math.PI * size.width) / columns : size.width / columns;
  const apart = Math.ceil((apartPx * unit) / cellPx);
  for (let row = apart >> 1; row < rows; row += apart) {
    const v = 1 - (row + 0.5) / rows;
    // Towards the poles of a sphere cells are narrow.
    const narrow = view.projection === "flat" ? 1 : Math.max(0.15, Math.sin(Math.PI * v));
    const step = Math.ceil(apart / narrow);
    for (let column = step >> 1; column < columns; column += step) {
      const cell = row * columns + column;
      const u = (column + 0.5) / columns;
      const from = pointOf(view, size, u, v);
      const [east, north] = [valueIn(air, "wind_east", cell, share), valueIn(air, "wind_north", cell, share)];
      // Which way that is on the canvas: a small step further on.
      const aside = view.projection === "flat" ? 1 : 2 * narrow;
      const to = pointOf(view, size, u + (1e-4 * east) / aside, v - 1e-4 * north);
      if (from && to) addArrow(path, from, to, arrowPx * unit * Math.min(1.5, 0.35 + Math.hypot(east, north) / 15));
    }
  }
  return path;
}

type Point = readonly [x: number, y: number];

/** Around its place, pointing to where the wind goes. */
function addArrow(path: Path2D, at: Point, towards: Point, length: number): void {
  const [dx, dy] = [towards[0] - at[0], towards[1] - at[1]];
  const far = Math.hypot(dx, dy);
  if (far === 0 || far > length) return;
  const [x, y] = [(dx / far) * length, (dy / far) * length];
  const tip: Point = [at[0] + x / 2, at[1] + y / 2];
  path.moveTo(at[0] - x / 2, at[1] - y / 2);
  path.lineTo(...tip);
  for (const side of [-1, 1]) {
    path.moveTo(...tip);
    path.lineTo(tip[0] - 0.32 * x + side * 0.2 * y, tip[1] - 0.32 * y - side * 0.2 * x);
  }
}
