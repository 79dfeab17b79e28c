import { assert } from "../../lib/assert.ts";

// Pictures as arrays, and ink on them. Rows from the top, pixels from the left; a pixel's middle is at (x + ½, y + ½).
// Lines are drawn into a mask of coverage first and blended once, so that they do not grow darker where they meet.

export type Picture = {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel; nothing is transparent. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
};

export type Rgb = readonly [red: number, green: number, blue: number];

export type Mask = {
  readonly width: number;
  readonly height: number;
  /** 0 … 1. */
  readonly cover_p: Float32Array;
};

/** 8 k × 8 k. */
export const pixelsMax = 67_108_864;

export function createPicture(width: number, height: number, paper: Rgb): Picture {
  assert(width >= 1 && height >= 1 && width * height <= pixelsMax, `a picture of ${width} × ${height}`);
  const rgba = new Uint8ClampedArray(4 * width * height);
  for (let p = 0; p < rgba.length; p += 4) {
    rgba[p] = paper[0];
    rgba[p + 1] = paper[1];
    rgba[p + 2] = paper[2];
    rgba[p + 3] = 255;
  }
  return { width, height, rgba };
}

export function createMask(width: number, height: number): Mask {
  return { width, height, cover_p: new Float32Array(width * height) };
}

/** A line with round ends; `strength` is its coverage, 0 … 1. What is outside the mask is left out. */
export function strokeLine(
  mask: Mask,
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  widthPx: number,
  strength = 1,
): void {
  const { width, height, cover_p } = mask;
  // Thinner than a pixel is a pixel that is paler.
  const radius = Math.max(1, widthPx) / 2;
  const most = strength * Math.min(1, widthPx);
  const reach = radius + 0.5;
  const left = Math.max(0, Math.floor(Math.min(x0, x1) - reach));
  const right = Math.min(width - 1, Math.floor(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
  const bottom = Math.min(height - 1, Math.floor(Math.max(y0, y1) + reach));
  const dx = x1 - x0;
  const dy = y1 - y0;
  const length2 = dx * dx + dy * dy;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const px = x + 0.5 - x0;
      const py = y + 0.5 - y0;
      const along = length2 > 0 ? Math.min(1, Math.max(0, (px * dx + py * dy) / length2)) : 0;
      const ex = px - along * dx;
      const ey = py - along * dy;
      const cover = most * Math.min(1, reach - Math.sqrt(ex * ex + ey * ey));
      const p = y * width + x;
      if (cover > cover_p[p]!) cover_p[p] = cover;
    }
  }
}

/** Lines from point to point: x, y, x, y … */
export function strokePath(mask: Mask, path: ArrayLike<number>, widthPx: number, strength = 1): void {
  for (let i = 0; i + 3 < path.length; i += 2) {
    strokeLine(mask, [path[i]!, path[i + 1]!, path[i + 2]!, path[i + 3]!], widthPx, strength);
  }
}

/** Lays the ink of a mask on a picture, its upper left corner at a pixel; what is outside the picture is left out. */
export function blendMask(
  { width, height, rgba }: Picture,
  mask: Mask,
  ink: Rgb,
  opacity: number,
  [left, top]: readonly [number, number] = [0, 0],
): void {
  const [first, end] = [Math.max(0, -left), Math.min(mask.width, width - left)];
  for (let y = Math.max(0, -top); y < Math.min(mask.height, height - top); y++) {
    for (let x = first; x < end; x++) {
      const cover = mask.cover_p[y * mask.width + x]!;
      if (cover > 0) blend(rgba, 4 * ((y + top) * width + x + left), ink, cover * opacity);
    }
  }
}

/** Mixes so much ink into the pixel that begins at `at`. */
export function blend(rgba: Uint8ClampedArray, at: number, ink: Rgb, opacity: number): void {
  rgba[at]! += (ink[0] - rgba[at]!) * opacity;
  rgba[at + 1]! += (ink[1] - rgba[at + 1]!) * opacity;
  rgba[at + 2]! += (ink[2] - rgba[at + 2]!) * opacity;
}

export function fillRect(
  picture: Picture,
  [left, top, width, height]: readonly [number, number, number, number],
  ink: Rgb,
): void {
  for (let y = Math.max(0, top); y < Math.min(picture.height, top + height); y++) {
    for (let x = Math.max(0, left); x < Math.min(picture.width, left + width); x++) {
      picture.rgba.set(ink, 4 * (y * picture.width + x));
    }
  }
}

/** Each pixel the mean of `samples` × `samples` of the larger one, which is a whole multiple. Means of light, not of its code: edges stay even. */
export function shrink(large: Picture, samples: number): Picture {
  if (samples === 1) return large;
  const width = large.width / samples;
  const height = large.height / samples;
  assert(Number.isInteger(width) && Number.isInteger(height), `${large.width} × ${large.height} by ${samples}`);
  const small = createPicture(width, height, [0, 0, 0]);
  for (let y = 0, out = 0; y < height; y++) {
    for (let x = 0; x < width; x++, out += 4) {
      for (let channel = 0; channel < 3; channel++) {
        let light = 0;
        for (let j = 0; j < samples; j++) {
          let at = 4 * ((y * samples + j) * large.width + x * samples) + channel;
          for (let i = 0; i < samples; i++, at += 4) light += large.rgba[at]! * large.rgba[at]!;
        }
        small.rgba[out + channel] = Math.sqrt(light / (samples * samples));
      }
    }
  }
  return small;
}
