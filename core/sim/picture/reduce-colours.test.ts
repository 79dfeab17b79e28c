import { describe, expect, test } from "vitest";
import { rng } from "../rng.ts";
import { createPicture } from "./canvas.ts";
import { reduceColours } from "./reduce-colours.ts";

describe("a picture of few colours", () => {
  test("keeps what it has when that is few enough", () => {
    const picture = createPicture(3, 1, [12, 200, 7]);
    picture.rgba.set([255, 0, 0], 4);
    const { colours, colour_p } = reduceColours(picture);
    expect(Array.from(colour_p, (i) => colours[i])).toEqual([
      [12, 200, 7],
      [255, 0, 0],
      [12, 200, 7],
    ]);
  });

  test("has no more colours than asked, none far from the picture's, and is the same again", () => {
    const picture = createPicture(200, 100, [0, 0, 0]);
    const random = rng(4, "noise");
    for (let p = 0; p < 20_000; p++) {
      const shade = p / 20_000;
      picture.rgba.set([255 * shade, 128 + 90 * random.float(), 255 - 255 * shade], 4 * p);
    }
    const reduced = reduceColours(picture, 256);
    expect(reduced.colours.length).toBeLessThanOrEqual(256);
    let worst = 0;
    let total = 0;
    for (let p = 0; p < 20_000; p++) {
      for (let channel = 0; channel < 3; channel++) {
        const miss = Math.abs(reduced.colours[reduced.colour_p[p]!]![channel]! - picture.rgba[4 * p + channel]!);
        worst = Math.max(worst, miss);
        total += miss / 60_000;
      }
    }
    expect(worst).toBeLessThan(24);
    expect(total).toBeLessThan(4);
    expect(reduceColours(picture, 256)).toEqual(reduced);
    expect(reduceColours(picture, 7).colours).toHaveLength(7);
  });
});
