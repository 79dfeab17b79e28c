import { describe, expect, test } from "vitest";
import { createPicture, type Picture } from "./canvas.ts";
import { glyphs } from "./glyphs.ts";
import { drawText, textWidth, type TextStyle } from "./text.ts";

const style: TextStyle = { heightPx: 24, ink: [0, 0, 0] };

function drawn(text: string, changes: Partial<TextStyle> = {}, x = 50): Picture {
  const picture = createPicture(400, 60, [255, 255, 255]);
  drawText(picture, text, x, 40, { ...style, ...changes });
  return picture;
}

/** Columns and rows that have ink. */
function extent({ width, height, rgba }: Picture) {
  const [xs, ys]: [number[], number[]] = [[], []];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (rgba[4 * (y * width + x)]! > 128) continue;
      xs.push(x);
      ys.push(y);
    }
  }
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

describe("words", () => {
  test.each(Object.keys(glyphs).filter((letter) => letter !== " "))("%s has ink, within its line", (letter) => {
    const { left, right, top, bottom } = extent(drawn(letter));
    expect(left).toBeGreaterThanOrEqual(47);
    expect(right).toBeLessThanOrEqual(50 + textWidth(letter, style) + 3);
    expect(top).toBeGreaterThanOrEqual(40 - 24 * 1.2);
    expect(bottom).toBeLessThanOrEqual(40 + 24 * 0.45);
  });

  test("no two letters look the same", () => {
    const pictures = Object.keys(glyphs).map((letter) => drawn(letter).rgba.join(","));
    expect(new Set(pictures).size).toBe(pictures.length);
  });

  test("begin, have their middle or end where they are put", () => {
    expect(extent(drawn("HOH", { align: "left" }, 100)).left).toBeCloseTo(99, -1);
    const { left, right } = extent(drawn("HOH", { align: "middle" }, 200));
    expect(Math.abs((left + right) / 2 - 199.5)).toBeLessThanOrEqual(1);
    expect(extent(drawn("HOH", { align: "right" }, 300)).right).toBeCloseTo(300, -1);
  });

  test("lose accents they have no glyph for, and show a question mark for what is left", () => {
    expect(drawn("Éa").rgba).toEqual(drawn("Ea").rgba);
    expect(drawn("漢").rgba).toEqual(drawn("?").rgba);
  });
});
