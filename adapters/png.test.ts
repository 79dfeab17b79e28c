import { describe, expect, test } from "vitest";
import { decodePng, encodeIndexedPng, encodePng } from "./png.ts";

const width = 37;
const height = 11;
const rgba = Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) => (i % 4 === 3 ? 255 : (i * 7) % 256));

describe("a picture as PNG", () => {
  test("is read again with its size and every colour", () => {
    const read = decodePng(encodePng({ width, height, rgba }));
    expect([read.width, read.height, read.channels, read.depth]).toEqual([width, height, 3, 8]);
    expect(Array.from(read.data)).toEqual(Array.from(rgba).filter((_, i) => i % 4 !== 3));
  });

  test("of few colours is read again with its palette, and is smaller", () => {
    const colours = [
      [0, 0, 0],
      [200, 10, 30],
      [255, 255, 255],
    ] as const;
    const colour_p = Uint8Array.from({ length: width * height }, (_, p) => p % 3);
    const read = decodePng(encodeIndexedPng({ width, height, colour_p, colours }));
    expect([read.width, read.height]).toEqual([width, height]);
    expect(read.palette).toEqual(colours);
    expect(Array.from(read.data)).toEqual(Array.from(colour_p));
  });

  test("is the same bytes again", () => {
    expect(encodePng({ width, height, rgba })).toEqual(encodePng({ width, height, rgba }));
  });
});
