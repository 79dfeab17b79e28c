import type { Place } from "./scene.ts";
import { clamp, type Position } from "./space.ts";
import { surfaceM } from "./motion.ts";
import type { Terrain } from "./terrain.ts";

// Whether the land hides two heads from each other. Heights are sampled once, every 4 m in blocks of 32 m, and kept with the highest of each
// block: over level ground a line is clear without a single look at what lies below it.

/** Of eyes, and of what is seen of somebody else, over the feet. */
export const eyesM = 1.6;
const sampleM = 4;
const blockSamples = 8;
const blockM = sampleM * blockSamples;
/** Some 400 bytes each. Over that the oldest are forgotten. */
const blocksMax = 8192;
/** Nobody is hidden by the ground that he stands on. */
const nearM = 5;
/** Nearer to a pole than this, x and y are no directions any more: everything is in view. */
const poleM = 500;

type Block = { readonly heights: Float64Array; readonly highest: number };

const sampled = new WeakMap<Terrain, Map<number, Block>>();

export function isHiddenByLand({ spec, terrain }: Place, from: Position, to: Position): boolean {
  if (spec.ground === "room") return false;
  const [dx, dy] = [eastwards(from.x, to.x, spec.radiusM), to.y - from.y];
  const width = spec.radiusM === null ? 1 : Math.cos(from.y / spec.radiusM);
  if (spec.radiusM !== null && width * spec.radiusM < poleM) return false;
  const distance = Math.hypot(dx * width, dy);
  if (distance <= 2 * nearM) return false;
  const [eye, head] = [from.z + eyesM, to.z + eyesM];
  const probes = Math.ceil(distance / sampleM);
  const lowest = Math.min(eye, head);
  for (let i = 1; i < probes; i++) {
    const share = i / probes;
    if (share * distance < nearM || (1 - share) * distance < nearM) continue;
    const [x, y] = [from.x + dx * share, from.y + dy * share];
    const block = blockAt(terrain, Math.floor(x / blockM), Math.floor(y / blockM));
    if (block.highest > lowest && heightIn(block, x, y) > eye + (head - eye) * share) return true;
  }
  return false;
}

/** The shorter way around. */
function eastwards(from: number, to: number, radiusM: number | null): number {
  if (radiusM === null) return to - from;
  const around = 2 * Math.PI * radiusM;
  const dx = to - from;
  return dx - around * Math.round(dx / around);
}

function heightIn(block: Block, x: number, y: number): number {
  const index = (at: number): number =>
    clamp(Math.floor((at - Math.floor(at / blockM) * blockM) / sampleM), 0, blockSamples - 1);
  return block.heights[index(y) * blockSamples + index(x)]!;
}

function blockAt(terrain: Terrain, column: number, row: number): Block {
  let blocks = sampled.get(terrain);
  if (blocks === undefined) sampled.set(terrain, (blocks = new Map()));
  const key = row * 2 ** 26 + column;
  const before = blocks.get(key);
  if (before !== undefined) return before;
  const block = sample(terrain, column * blockM, row * blockM);
  if (blocks.size >= blocksMax) blocks.delete(blocks.keys().next().value!);
  blocks.set(key, block);
  return block;
}

function sample(terrain: Terrain, left: number, bottom: number): Block {
  const heights = new Float64Array(blockSamples * blockSamples);
  let highest = -Infinity;
  for (let i = 0; i < heights.length; i++) {
    const x = left + ((i % blockSamples) + 0.5) * sampleM;
    const y = bottom + (Math.floor(i / blockSamples) + 0.5) * sampleM;
    const height = surfaceM(terrain.groundAt(x, y));
    heights[i] = height;
    if (height > highest) highest = height;
  }
  return { heights, highest };
}
