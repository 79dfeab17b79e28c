import type { Place } from "./scene.ts";
import { clamp, type Position } from "./space.ts";
import { surfaceM } from "./motion.ts";
import type { Terrain } from "./terrain.ts";

// Whether the land hides two heads from each other. Heights are sampled once, every 4 m in blocks of 32 m, and kept with the highest of each
// block: over level ground a line is clear without a single look at what lies below it. Around a pole, where x and y are no directions any more, it is
// the same over a plane that touches the globe there (azimuthal equidistant: a line over the pole is straight on it).

/** Of eyes, and of what is seen of somebody else, over the feet. */
export const eyesM = 1.6;
const sampleM = 4;
const blockSamples = 8;
const blockM = sampleM * blockSamples;
/** Some 400 bytes each. Over that the oldest are forgotten. */
const blocksMax = 8192;
/** Nobody is hidden by the ground that he stands on. */
const nearM = 5;
/** From the axis. Nearer than this, lines are drawn on the plane at the pole. */
const poleM = 500;

type Block = { readonly heights: Float64Array; readonly highest: number };

type Land = Pick<Terrain, "groundAt">;
type Plane = { readonly x: number; readonly y: number };

const sampled = new WeakMap<Land, Map<number, Block>>();

export function isHiddenByLand({ spec, terrain }: Place, from: Position, to: Position): boolean {
  if (spec.ground === "room") return false;
  const { radiusM } = spec;
  const heads = [from.z + eyesM, to.z + eyesM] as const;
  if (radiusM === null) return isLineHidden(terrain, { from, dx: to.x - from.x, dy: to.y - from.y, width: 1, heads });
  const width = Math.cos(from.y / radiusM);
  if (width * radiusM < poleM) {
    const pole = from.y > 0 ? "north" : "south";
    const [start, end] = [onCap(from, radiusM, pole), onCap(to, radiusM, pole)];
    const line = { from: start, dx: end.x - start.x, dy: end.y - start.y, width: 1, heads };
    return isLineHidden(capsOf(terrain, radiusM)[pole], line);
  }
  return isLineHidden(terrain, { from, dx: eastwards(from.x, to.x, radiusM), dy: to.y - from.y, width, heads });
}

type Line = {
  readonly from: Plane;
  readonly dx: number;
  readonly dy: number;
  /** Of a metre of x, on the ground. */
  readonly width: number;
  /** How high the line begins and ends. */
  readonly heads: readonly [eye: number, head: number];
};

function isLineHidden(land: Land, { from, dx, dy, width, heads: [eye, head] }: Line): boolean {
  const distance = Math.hypot(dx * width, dy);
  if (distance <= 2 * nearM) return false;
  const probes = Math.ceil(distance / sampleM);
  const lowest = Math.min(eye, head);
  for (let i = 1; i < probes; i++) {
    const share = i / probes;
    if (share * distance < nearM || (1 - share) * distance < nearM) continue;
    const [x, y] = [from.x + dx * share, from.y + dy * share];
    const block = blockAt(land, Math.floor(x / blockM), Math.floor(y / blockM));
    if (block.highest > lowest && heightIn(block, x, y) > eye + (head - eye) * share) return true;
  }
  return false;
}

type Pole = "north" | "south";

/** Metres from the pole along the ground, towards longitudes of 0 and of a quarter turn. */
function onCap({ x, y }: Plane, radiusM: number, pole: Pole): Plane {
  const [distance, longitude] = [(Math.PI / 2) * radiusM - (pole === "north" ? y : -y), x / radiusM];
  return { x: distance * Math.cos(longitude), y: distance * Math.sin(longitude) };
}

const caps = new WeakMap<Terrain, Readonly<Record<Pole, Land>>>();

function capsOf(terrain: Terrain, radiusM: number): Readonly<Record<Pole, Land>> {
  const known = caps.get(terrain);
  if (known !== undefined) return known;
  const cap = (sign: 1 | -1): Land => ({
    groundAt: (x, y) =>
      terrain.groundAt(radiusM * Math.atan2(y, x), sign * ((Math.PI / 2) * radiusM - Math.hypot(x, y))),
  });
  const made = { north: cap(1), south: cap(-1) };
  caps.set(terrain, made);
  return made;
}

/** The shorter way around. */
function eastwards(from: number, to: number, radiusM: number): number {
  const around = 2 * Math.PI * radiusM;
  const dx = to - from;
  return dx - around * Math.round(dx / around);
}

function heightIn(block: Block, x: number, y: number): number {
  const index = (at: number): number =>
    clamp(Math.floor((at - Math.floor(at / blockM) * blockM) / sampleM), 0, blockSamples - 1);
  return block.heights[index(y) * blockSamples + index(x)]!;
}

function blockAt(land: Land, column: number, row: number): Block {
  let blocks = sampled.get(land);
  if (blocks === undefined) sampled.set(land, (blocks = new Map()));
  const key = row * 2 ** 26 + column;
  const before = blocks.get(key);
  if (before !== undefined) return before;
  const block = sample(land, column * blockM, row * blockM);
  if (blocks.size >= blocksMax) blocks.delete(blocks.keys().next().value!);
  blocks.set(key, block);
  return block;
}

function sample(land: Land, left: number, bottom: number): Block {
  const heights = new Float64Array(blockSamples * blockSamples);
  let highest = -Infinity;
  for (let i = 0; i < heights.length; i++) {
    const x = left + ((i % blockSamples) + 0.5) * sampleM;
    const y = bottom + (Math.floor(i / blockSamples) + 0.5) * sampleM;
    const height = surfaceM(land.groundAt(x, y));
    heights[i] = height;
    if (height > highest) highest = height;
  }
  return { heights, highest };
}
