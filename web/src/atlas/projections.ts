import { equalEarthAspect, latitudeAt, rowOf } from "./equal-earth.ts";

// From a canvas to a place of the world and back. Places are shares of the world's map: u from the west, v from the north, 0 … 1; of a sphere u is its
// longitude and v its latitude. A view is turned to the place in its middle.

export const roundProjections = ["globe", "equal-earth", "plate-carree"] as const;
/** "flat": of worlds that are no spheres, as they lie. */
export type Projection = (typeof roundProjections)[number] | "flat";

export type View = {
  readonly projection: Projection;
  /** Radians, of what is in the middle; only globes turn to a latitude. */
  readonly longitude: number;
  readonly latitude: number;
};

export type Size = { readonly width: number; readonly height: number };

/** Width over height of a world that is laid so; `flat` is what one has that is no sphere. */
export function aspectOf(projection: Projection, flat: number): number {
  return { globe: 1, "equal-earth": equalEarthAspect, "plate-carree": 2, flat }[projection];
}

/** Numbers of a pixel in what `lookUp` writes: u, v, light, and how much of the pixel is covered; nothing is covered off the world. */
export const perPixel = 4;

/** Which place lies under the middle of each pixel, rows from the top. Costs 60 ns a pixel. */
export function lookUp(view: View, { width, height }: Size, out: Float32Array): void {
  for (let y = 0, i = 0; y < height; y++) {
    const row = paperRow(view, 1 - ((y + 0.5) / height) * 2);
    for (let x = 0; x < width; x++, i += perPixel) {
      if (view.projection === "globe") putOfGlobe(view, (x + 0.5) * 2 - width, height - (y + 0.5) * 2, width, out, i);
      else putOfPaper(view, row, ((x + 0.5) / width) * 2 - 1, out, i);
    }
  }
}

/** The place under a point of the canvas; null off the world. */
export function placeAt(view: View, size: Size, x: number, y: number): { u: number; v: number } | null {
  const out = new Float32Array(perPixel);
  if (view.projection === "globe") putOfGlobe(view, 2 * x - size.width, size.height - 2 * y, size.width, out, 0);
  else putOfPaper(view, paperRow(view, 1 - (y / size.height) * 2), (x / size.width) * 2 - 1, out, 0);
  return out[3] === 0 ? null : { u: out[0]!, v: out[1]! };
}

/** Where a place is on the canvas; null on the far side of a globe. */
export function pointOf(view: View, { width, height }: Size, u: number, v: number): readonly [number, number] | null {
  if (view.projection === "flat") return [u * width, v * height];
  const latitude = Math.PI * (0.5 - v);
  const east = turned(2 * Math.PI * (u - 0.5) - view.longitude);
  if (view.projection === "globe") {
    const [sinView, cosView] = [Math.sin(view.latitude), Math.cos(view.latitude)];
    const around = Math.cos(latitude);
    const near = sinView * Math.sin(latitude) + cosView * around * Math.cos(east);
    if (near < 0) return null;
    const up = cosView * Math.sin(latitude) - sinView * around * Math.cos(east);
    const radius = globeRadius(width);
    return [width / 2 + radius * around * Math.sin(east), height / 2 - radius * up];
  }
  const row = view.projection === "equal-earth" ? rowOf(latitude) : { y: latitude / (Math.PI / 2), width: 1 };
  return [(width / 2) * (1 + (east / Math.PI) * row.width), (height / 2) * (1 - row.y)];
}

/** How far a globe turns for a pixel of its canvas, radians. */
export const turnOfPixel = ({ projection }: View, width: number): number =>
  projection === "globe" ? 1 / globeRadius(width) : (2 * Math.PI) / width;

const globeRadius = (width: number): number => width / 2 - 1;

/** `x` and `y` in half pixels from the middle, to the east and up. */
function putOfGlobe(view: View, x: number, y: number, width: number, out: Float32Array, i: number): void {
  const radius = 2 * globeRadius(width);
  const [east, up] = [x / radius, y / radius];
  const aside = east * east + up * up;
  // A soft edge, one pixel wide.
  const cover = Math.min(1, Math.max(0, (1 - Math.sqrt(aside)) * (radius / 2) + 0.5));
  out[i + 3] = cover;
  if (cover === 0) return;
  const near = Math.sqrt(Math.max(0, 1 - aside));
  const [sinView, cosView] = [Math.sin(view.latitude), Math.cos(view.latitude)];
  const sine = Math.min(1, Math.max(-1, up * cosView + near * sinView));
  const longitude = view.longitude + Math.atan2(east, near * cosView - up * sinView);
  out[i] = shareOf(longitude);
  out[i + 1] = 0.5 - Math.asin(sine) / Math.PI;
  // Lit from over one's left shoulder, and darker towards the edge.
  out[i + 2] = 0.62 + 0.42 * Math.max(0, -0.35 * east + 0.4 * up + 0.85 * near);
}

type PaperRow = { readonly v: number; /** Share of the paper's width; below 0 off the paper. */ readonly half: number };

/** At a height of −1 … 1, up. */
function paperRow({ projection }: View, y: number): PaperRow {
  if (Math.abs(y) > 1) return { v: 0, half: -1 };
  if (projection !== "equal-earth") return { v: (1 - y) / 2, half: 1 };
  const latitude = latitudeAt(y);
  return { v: 0.5 - latitude / Math.PI, half: rowOf(latitude).width };
}

/** `x` −1 … 1, to the east. */
function putOfPaper({ projection, longitude }: View, { v, half }: PaperRow, x: number, out: Float32Array, i: number) {
  out[i] = projection === "flat" ? (x + 1) / 2 : shareOf(longitude + (x / half) * Math.PI);
  out[i + 1] = v;
  out[i + 2] = 1;
  out[i + 3] = Math.abs(x) <= half ? 1 : 0;
}

/** Of a longitude, from the west of the map. */
function shareOf(longitude: number): number {
  const share = longitude / (2 * Math.PI) + 0.5;
  return share - Math.floor(share);
}

/** The same angle within −π … π. */
export const turned = (angle: number): number => angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
