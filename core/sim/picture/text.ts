import { blendMask, createMask, type Picture, type Rgb, strokePath } from "./canvas.ts";
import { capHeight, type Glyph, glyphs } from "./glyphs.ts";

// Words on a map, in the letters of glyphs.ts. What has no glyph is drawn as a question mark, without its accent where that is all it lacks.

export type TextStyle = {
  /** Of a capital letter. */
  readonly heightPx: number;
  readonly ink: Rgb;
  /** Of the strokes, as a share of the height. */
  readonly weight?: number;
  /** Between letters, in units of a sixth of the height. */
  readonly gap?: number;
  readonly opacity?: number;
  readonly align?: "left" | "middle" | "right";
};

const defaultGap = 1.25;

/** The baseline begins, has its middle, or ends at x. */
export function drawText(picture: Picture, text: string, x: number, baseline: number, style: TextStyle): void {
  const { heightPx, ink, weight = 0.11, gap = defaultGap, opacity = 1, align = "left" } = style;
  const unit = heightPx / capHeight;
  const width = textWidth(text, style);
  const start = align === "left" ? x : align === "middle" ? x - width / 2 : x - width;
  // Room for tails, accents and the strokes' own width.
  const margin = Math.ceil(heightPx);
  const left = Math.floor(start) - margin;
  const top = Math.floor(baseline) - 2 * margin;
  const mask = createMask(Math.ceil(width) + 2 * margin + 1, 3 * margin);
  let pen = start - left;
  for (const glyph of glyphsOf(text)) {
    for (const piece of piecesOf(glyph)) {
      const path = piece.map((value, i) => (i % 2 === 0 ? pen + value * unit : baseline - top - value * unit));
      strokePath(mask, path, Math.max(1, weight * heightPx));
    }
    pen += (glyph[0] + gap) * unit;
  }
  blendMask(picture, mask, ink, opacity, [left, top]);
}

export function textWidth(text: string, { heightPx, gap = defaultGap }: TextStyle): number {
  const units = glyphsOf(text).reduce((sum, [width]) => sum + width + gap, -gap);
  return (Math.max(0, units) * heightPx) / capHeight;
}

function glyphsOf(text: string): Glyph[] {
  const plain = text.normalize("NFD").replaceAll(/\p{M}/gu, "");
  return Array.from(plain, (letter) => glyphs[letter] ?? glyphs["?"]!);
}

/** Points of each piece, curves cut into straight lines. */
function piecesOf([, pieces]: Glyph): number[][] {
  if (pieces === "") return [];
  return pieces.split("|").map((piece) => {
    const isCurve = piece.startsWith("~");
    const points = piece.replace("~", "").split(/[ ,]/).map(Number);
    return isCurve ? cut(points) : points;
  });
}

const cutsPerCurve = 8;

function cut(points: readonly number[]): number[] {
  const path = points.slice(0, 2);
  for (let i = 2; i + 3 < points.length; i += 4) {
    for (let step = 1; step <= cutsPerCurve; step++) {
      const t = step / cutsPerCurve;
      for (const axis of [0, 1]) {
        const [from, bend, to] = [points[i - 2 + axis]!, points[i + axis]!, points[i + 2 + axis]!];
        path.push((1 - t) * (1 - t) * from + 2 * t * (1 - t) * bend + t * t * to);
      }
    }
  }
  return path;
}
