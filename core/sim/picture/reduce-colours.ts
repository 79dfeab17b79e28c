import { assert } from "../../lib/assert.ts";
import type { Picture, Rgb } from "./canvas.ts";

// A picture of at most 256 colours: median cut (Heckbert 1982) of the colours by 64 steps a channel, each box cut where its widest channel has half of
// its pixels. Ties go to the lower index, so the result is the same on every machine. Cost: about 40 ns a pixel.

export type IndexedPicture = {
  readonly width: number;
  readonly height: number;
  readonly colour_p: Uint8Array;
  readonly colours: readonly Rgb[];
};

const binBits = 6;
const drop = 8 - binBits;

/** Index kind _b: a colour by its high bits, red · 64² + green · 64 + blue. */
type Histogram = { readonly count_b: Float64Array; readonly sum_b: Float64Array };

export function reduceColours({ width, height, rgba }: Picture, coloursMax = 256): IndexedPicture {
  assert(coloursMax >= 1 && coloursMax <= 256, `${coloursMax} colours`);
  const bin_p = new Uint32Array(width * height);
  const count_b = new Float64Array(1 << (3 * binBits));
  const sum_b = new Float64Array(3 << (3 * binBits));
  for (let p = 0, at = 0; p < bin_p.length; p++, at += 4) {
    const bin = ((rgba[at]! >> drop) << (2 * binBits)) | ((rgba[at + 1]! >> drop) << binBits) | (rgba[at + 2]! >> drop);
    bin_p[p] = bin;
    count_b[bin]!++;
    for (let channel = 0; channel < 3; channel++) sum_b[3 * bin + channel]! += rgba[at + channel]!;
  }
  const histogram = { count_b, sum_b };
  const used: number[] = [];
  for (let b = 0; b < count_b.length; b++) if (count_b[b]! > 0) used.push(b);
  const boxes = cutBoxes(histogram, used, coloursMax);
  const colour_b = new Uint8Array(count_b.length);
  for (const [i, box] of boxes.entries()) for (const b of box) colour_b[b] = i;
  return {
    width,
    height,
    colour_p: Uint8Array.from(bin_p, (b) => colour_b[b]!),
    colours: boxes.map((box) => meanColour(histogram, box)),
  };
}

/** The box whose widest channel times its pixels' root is largest is cut next: rare colours keep a say. */
function cutBoxes(histogram: Histogram, used: number[], most: number): number[][] {
  const boxes = [used];
  const weights = [weightOf(histogram, used)];
  while (boxes.length < most) {
    const next = weights.indexOf(Math.max(...weights));
    if (weights[next] === 0) break;
    const [low, high] = cutBox(histogram, boxes[next]!);
    boxes[next] = low;
    weights[next] = weightOf(histogram, low);
    boxes.push(high);
    weights.push(weightOf(histogram, high));
  }
  return boxes;
}

function weightOf({ count_b }: Histogram, box: readonly number[]): number {
  if (box.length < 2) return 0;
  let pixels = 0;
  for (const b of box) pixels += count_b[b]!;
  return widest(box).spread * Math.sqrt(pixels);
}

function cutBox({ count_b }: Histogram, box: readonly number[]): readonly [number[], number[]] {
  const { channel } = widest(box);
  const sorted = box.toSorted((a, b) => channelOf(a, channel) - channelOf(b, channel) || a - b);
  let pixels = 0;
  for (const b of sorted) pixels += count_b[b]!;
  let before = 0;
  let cut = 0;
  while (cut < sorted.length - 1 && (cut === 0 || before < pixels / 2)) before += count_b[sorted[cut++]!]!;
  return [sorted.slice(0, cut), sorted.slice(cut)];
}

function widest(box: readonly number[]): { readonly channel: number; readonly spread: number } {
  let best = { channel: 0, spread: -1 };
  for (let channel = 0; channel < 3; channel++) {
    let least = Infinity;
    let most = -Infinity;
    for (const b of box) {
      const value = channelOf(b, channel);
      if (value < least) least = value;
      if (value > most) most = value;
    }
    if (most - least > best.spread) best = { channel, spread: most - least };
  }
  return best;
}

function channelOf(bin: number, channel: number): number {
  return (bin >> ((2 - channel) * binBits)) & ((1 << binBits) - 1);
}

function meanColour({ count_b, sum_b }: Histogram, box: readonly number[]): Rgb {
  const sums = [0, 0, 0];
  let pixels = 0;
  for (const b of box) {
    pixels += count_b[b]!;
    for (let channel = 0; channel < 3; channel++) sums[channel]! += sum_b[3 * b + channel]!;
  }
  const [red = 0, green = 0, blue = 0] = sums.map((sum) => Math.round(sum / pixels));
  return [red, green, blue];
}
