import { describe, expect, test } from "vitest";
import { blendMask, createMask, createPicture, fillRect, pixelsMax, shrink, strokeLine, strokePath } from "./canvas.ts";

const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);

describe("a line", () => {
  test("covers its length times its width", () => {
    const mask = createMask(60, 20);
    strokeLine(mask, [10, 10, 50, 10], 4);
    // Round ends add the area of a circle.
    expect(sum(mask.cover_p)).toBeCloseTo(40 * 4 + Math.PI * 4, -1);
    expect(Math.max(...mask.cover_p)).toBe(1);
  });

  test("thinner than a pixel is paler, not narrower", () => {
    const [thin, whole] = [createMask(60, 20), createMask(60, 20)];
    strokeLine(thin, [10, 10.5, 50, 10.5], 0.25);
    strokeLine(whole, [10, 10.5, 50, 10.5], 1);
    expect(sum(thin.cover_p)).toBeCloseTo(0.25 * sum(whole.cover_p), 3);
  });

  test("is no darker where it meets another", () => {
    const picture = createPicture(40, 40, [255, 255, 255]);
    const mask = createMask(40, 40);
    strokePath(mask, [0, 0, 40, 40, 40, 0, 0, 40], 3);
    blendMask(picture, mask, [0, 0, 0], 0.5);
    const darkest = picture.rgba.filter((_, i) => i % 4 !== 3).toSorted()[0];
    expect(darkest).toBe(128);
  });

  test("may leave the picture on any side", () => {
    const mask = createMask(10, 10);
    strokeLine(mask, [-50, -50, 60, 60], 2);
    strokeLine(mask, [200, 3, 300, 4], 2);
    expect(mask.cover_p[0]).toBeGreaterThan(0.5);
    expect(mask.cover_p.every((cover) => cover >= 0 && cover <= 1)).toBe(true);
  });
});

test("a picture made smaller keeps its light, and every pixel is opaque", () => {
  const large = createPicture(4, 2, [0, 0, 0]);
  fillRect(large, [0, 0, 1, 2], [255, 255, 255]);
  fillRect(large, [2, 0, 2, 2], [10, 20, 30]);
  const small = shrink(large, 2);
  expect([small.width, small.height]).toEqual([2, 1]);
  // Half the pixels white: half the light, which is 180 of 255, not 128.
  expect(Array.from(small.rgba)).toEqual([180, 180, 180, 255, 10, 20, 30, 255]);
});

test("a picture larger than the bound is refused", () => {
  expect(() => createPicture(pixelsMax + 1, 1, [0, 0, 0])).toThrow("a picture of");
});
