import type { Geometry } from "./geometry.ts";
import { createHeap, type Heap, pop, push } from "./heap.ts";

// Where water goes. Priority-flood: Barnes, Lehman & Mulla 2014, "Priority-flood" (Computers & Geosciences 62), algorithm 2, with a plain
// queue inside pits. From the seeds (sea, sinks) inwards each cell gets the level that water in it would stand at, its receiver, and a
// place in an order in which every receiver stands before its donors. Open ground drains by the steepest way; a pit along the way in.
// Sea: elevation ≤ 0. Cells of the sea are their own receivers. Cost: about 150 ns a land cell. Takes no cell out, adds none.

export type Flow = {
  readonly geometry: Geometry;
  /** ≥ elevation; above it inside pits. */
  readonly filled_c: Float64Array;
  /** Where its water goes; itself at sea and in sinks. */
  readonly receiver_c: Int32Array;
  /** Angle to the receiver, radians. */
  readonly length_c: Float64Array;
  /** Land (and sinks), receivers first; `count` of them. */
  readonly order: Int32Array;
  count: number;
  readonly heap: Heap;
  readonly pit: Int32Array;
  readonly state_c: Uint8Array;
};

export function createFlow(geometry: Geometry): Flow {
  const { cellCount } = geometry.grid;
  return {
    geometry,
    filled_c: new Float64Array(cellCount),
    receiver_c: new Int32Array(cellCount),
    length_c: new Float64Array(cellCount),
    order: new Int32Array(cellCount),
    count: 0,
    heap: createHeap(cellCount),
    pit: new Int32Array(cellCount),
    state_c: new Uint8Array(cellCount),
  };
}

const open = 0;
const closed = 1;

/** `sinks`: cells of land where water may end. Without sea and sinks the lowest cell is one. */
export function flood(flow: Flow, elevation_c: Float64Array, sinks: readonly number[] = []): void {
  const seeded = seed(flow, elevation_c, sinks);
  if (!seeded) seed(flow, elevation_c, [lowest(elevation_c)]);
  const { filled_c, receiver_c, length_c, order, heap, pit, state_c, geometry } = flow;
  const { neighbour_cn } = geometry.grid;
  let pitHead = 0;
  let pitTail = 0;
  while (pitHead < pitTail || heap.size > 0) {
    const c = pitHead < pitTail ? pit[pitHead++]! : pop(heap);
    if (pitHead === pitTail) {
      pitHead = 0;
      pitTail = 0;
    }
    const level = filled_c[c]!;
    if (elevation_c[c]! > 0 || receiver_c[c] !== c) order[flow.count++] = c;
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      const next = neighbour_cn[k]!;
      if (state_c[next] !== open) continue;
      state_c[next] = closed;
      receiver_c[next] = c;
      length_c[next] = 0;
      const height = elevation_c[next]!;
      if (height <= level) {
        filled_c[next] = level;
        pit[pitTail++] = next;
      } else {
        filled_c[next] = height;
        push(heap, height, next);
      }
    }
  }
  drainSteepest(flow);
}

function seed(flow: Flow, elevation_c: Float64Array, sinks: readonly number[]): boolean {
  const { filled_c, receiver_c, length_c, state_c, heap, geometry } = flow;
  const { cellCount, neighbour_cn } = geometry.grid;
  flow.count = 0;
  heap.size = 0;
  let any = sinks.length > 0;
  for (let c = 0; c < cellCount; c++) {
    const height = elevation_c[c]!;
    filled_c[c] = height;
    receiver_c[c] = c;
    length_c[c] = 0;
    state_c[c] = open;
    if (height > 0) continue;
    any = true;
    state_c[c] = closed;
    filled_c[c] = 0;
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      if (elevation_c[neighbour_cn[k]!]! > 0) {
        push(heap, height, c);
        break;
      }
    }
  }
  for (const c of sinks) {
    if (state_c[c] === closed) continue;
    state_c[c] = closed;
    push(heap, elevation_c[c]!, c);
  }
  return any;
}

function lowest(elevation_c: Float64Array): number {
  let best = 0;
  for (let c = 1; c < elevation_c.length; c++) if (elevation_c[c]! < elevation_c[best]!) best = c;
  return best;
}

/** A strictly lower neighbour left the queue before the cell did, so the order stays true. In pits and on flats the flood's way stays. */
function drainSteepest(flow: Flow): void {
  const { filled_c, receiver_c, length_c, order, geometry } = flow;
  const { grid, distance_cn } = geometry;
  const { neighbour_cn } = grid;
  for (let i = 0; i < flow.count; i++) {
    const c = order[i]!;
    const level = filled_c[c]!;
    const floodWay = receiver_c[c]!;
    if (floodWay === c) continue;
    let steepest = 0;
    let to = floodWay;
    let toDistance = 0;
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      const n = neighbour_cn[k]!;
      const distance = distance_cn[k]!;
      if (n === floodWay && toDistance === 0) toDistance = distance;
      const drop = level - filled_c[n]!;
      if (drop > steepest * distance) {
        steepest = drop / distance;
        to = n;
        toDistance = distance;
      }
    }
    receiver_c[c] = to;
    length_c[c] = toDistance;
  }
}
