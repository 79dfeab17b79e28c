import { paperShare, rowOf } from "./equal-earth.ts";

// A painted world as something to look up colours in, by place.

export type Sheet = {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel, rows from the top. */
  readonly rgba: Uint8ClampedArray;
  /** Of spheres, for each of `rowsKnown` + 1 latitudes from the north: the row's height and half length in pixels; null of others. */
  readonly rows: Float32Array | null;
};

const rowsKnown = 1024;
/** What lies at the picture's edge is half paper, which would be a seam on a globe; towards the poles it is slanted, and takes more. */
const edgePx = 1;
const slantedPx = 4;
const polePx = 1.5;

/** Of a picture as the server paints it: spheres in Equal Earth, others as they lie. */
export function createSheet(
  picture: { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray },
  isRound: boolean,
): Sheet {
  const { width, height, data: rgba } = picture;
  if (!isRound) return { width, height, rgba, rows: null };
  const rows = new Float32Array(2 * (rowsKnown + 1));
  for (let k = 0; k <= rowsKnown; k++) {
    const { y, width: share } = rowOf(Math.PI * (0.5 - k / rowsKnown));
    rows[2 * k] = (height / 2) * (1 - y * paperShare);
    rows[2 * k + 1] = (width / 2) * share * paperShare;
  }
  return { width, height, rgba, rows };
}

export async function readSheet(png: Blob, isRound: boolean): Promise<Sheet> {
  const bitmap = await createImageBitmap(png);
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return createSheet(context.getImageData(0, 0, canvas.width, canvas.height), isRound);
}

/** The colour of a place into `out`, between four pixels. */
export function putColourAt(sheet: Sheet, u: number, v: number, out: Float32Array): void {
  const { rows, width, height } = sheet;
  let [x, y] = [u * width, v * height];
  if (rows !== null) {
    const k = v * rowsKnown;
    const above = 2 * Math.min(rowsKnown - 1, Math.floor(k));
    const share = k - above / 2;
    y = rows[above]! + share * (rows[above + 2]! - rows[above]!);
    const half = rows[above + 1]! + share * (rows[above + 3]! - rows[above + 1]!);
    const inside = half - edgePx - slantedPx * (2 * v - 1) ** 2;
    x = width / 2 + Math.min(inside, Math.max(-inside, (2 * u - 1) * half));
    const north = rows[0]! + polePx;
    y = Math.min(height - north, Math.max(north, y));
  }
  putBetween(sheet, x - 0.5, y - 0.5, out);
}

function putBetween({ rgba, width, height }: Sheet, x: number, y: number, out: Float32Array): void {
  const left = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const top = Math.min(height - 1, Math.max(0, Math.floor(y)));
  const right = left + 1 < width ? 4 : 0;
  const below = top + 1 < height ? 4 * width : 0;
  const [fx, fy] = [Math.min(1, Math.max(0, x - left)), Math.min(1, Math.max(0, y - top))];
  const at = 4 * (top * width + left);
  for (let channel = 0; channel < 3; channel++) {
    const p = at + channel;
    const upper = rgba[p]! + fx * (rgba[p + right]! - rgba[p]!);
    const lower = rgba[p + below]! + fx * (rgba[p + below + right]! - rgba[p + below]!);
    out[channel] = upper + fy * (lower - upper);
  }
}
