// A queue of cells by height, smallest first: a 4-ary heap in typed arrays, whose keys lie beside its cells. The capacity is fixed, since
// a flood puts each cell in once. Among equal keys the order is the heap's own, and the same on every run.
// (npm's flatqueue is as fast; packages stay out of core/sim.) Cost: about 60 ns a cell in and out at 40,000.

export type Heap = { readonly key: Float64Array; readonly cell: Int32Array; size: number };

export function createHeap(capacity: number): Heap {
  return { key: new Float64Array(capacity), cell: new Int32Array(capacity), size: 0 };
}

export function push(heap: Heap, key: number, cell: number): void {
  const { key: keys, cell: cells } = heap;
  let at = heap.size++;
  while (at > 0) {
    const parent = (at - 1) >> 2;
    const above = keys[parent]!;
    if (key >= above) break;
    keys[at] = above;
    cells[at] = cells[parent]!;
    at = parent;
  }
  keys[at] = key;
  cells[at] = cell;
}

/** The lowest cell, taken out. The heap is not empty. */
export function pop(heap: Heap): number {
  const { key: keys, cell: cells } = heap;
  const top = cells[0]!;
  const size = --heap.size;
  if (size === 0) return top;
  const key = keys[size]!;
  const cell = cells[size]!;
  let at = 0;
  for (;;) {
    const first = 4 * at + 1;
    if (first >= size) break;
    const end = Math.min(first + 4, size);
    let least = first;
    let leastKey = keys[first]!;
    for (let child = first + 1; child < end; child++) {
      const childKey = keys[child]!;
      if (childKey < leastKey) {
        leastKey = childKey;
        least = child;
      }
    }
    if (leastKey >= key) break;
    keys[at] = leastKey;
    cells[at] = cells[least]!;
    at = least;
  }
  keys[at] = key;
  cells[at] = cell;
  return top;
}
