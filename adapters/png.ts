import { decode, encode } from "fast-png";

export type Rgba = { readonly width: number; readonly height: number; readonly rgba: Uint8ClampedArray };

/** Of at most 256 colours: `colour_p` an index into them for each pixel. */
export type Indexed = {
  readonly width: number;
  readonly height: number;
  readonly colour_p: Uint8Array;
  readonly colours: readonly (readonly [number, number, number])[];
};

/** Deflate in JavaScript, so that the same picture gives the same bytes on every machine (zlib's depend on the processor). */
const zlib = { level: 9 } as const;

/** Opaque pixels become a PNG without transparency, three bytes a pixel. */
export function encodePng({ width, height, rgba }: Rgba): Uint8Array {
  const data = new Uint8Array(3 * width * height);
  for (let p = 0; p < width * height; p++) data.set(rgba.subarray(4 * p, 4 * p + 3), 3 * p);
  return encode({ width, height, data, channels: 3, depth: 8 }, { zlib });
}

export function encodeIndexedPng({ width, height, colour_p, colours }: Indexed): Uint8Array {
  const palette = colours.map(([red, green, blue]) => [red, green, blue] as [number, number, number]);
  return encode({ width, height, data: colour_p, channels: 1, depth: 8, palette }, { zlib });
}

export { decode as decodePng };
