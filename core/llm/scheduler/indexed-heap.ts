/** Where an item stands in its heap, so that it can leave from the middle; −1 for nowhere. */
export type Place<Item> = { get(item: Item): number; set(item: Item, index: number): void };

/** A binary min-heap from whose middle items can be taken, and moved when their order has changed. All in O(log n). */
export class IndexedHeap<Item> {
  readonly #items: Item[] = [];
  readonly #isBefore: (a: Item, b: Item) => boolean;
  readonly #place: Place<Item>;

  constructor(isBefore: (a: Item, b: Item) => boolean, place: Place<Item>) {
    this.#isBefore = isBefore;
    this.#place = place;
  }

  get size(): number {
    return this.#items.length;
  }

  peek(): Item | undefined {
    return this.#items[0];
  }

  add(item: Item): void {
    this.#items.push(item);
    this.#rise(this.#items.length - 1, item);
  }

  /** False where it is not in here. */
  remove(item: Item): boolean {
    const at = this.#place.get(item);
    if (at < 0 || this.#items[at] !== item) return false;
    this.#place.set(item, -1);
    const last = this.#items.pop() as Item;
    if (last !== item) this.#settle(at, last);
    return true;
  }

  /** Its order has changed. */
  moved(item: Item): void {
    const at = this.#place.get(item);
    if (at >= 0) this.#settle(at, item);
  }

  #settle(at: number, item: Item): void {
    const parent = this.#items[(at - 1) >> 1];
    if (at > 0 && parent !== undefined && this.#isBefore(item, parent)) this.#rise(at, item);
    else this.#sink(at, item);
  }

  #rise(from: number, item: Item): void {
    let at = from;
    while (at > 0) {
      const up = (at - 1) >> 1;
      const parent = this.#items[up] as Item;
      if (!this.#isBefore(item, parent)) break;
      this.#put(at, parent);
      at = up;
    }
    this.#put(at, item);
  }

  #sink(from: number, item: Item): void {
    const size = this.#items.length;
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      const right = child + 1;
      if (right < size && this.#isBefore(this.#items[right] as Item, this.#items[child] as Item)) child = right;
      const smaller = this.#items[child] as Item;
      if (!this.#isBefore(smaller, item)) break;
      this.#put(at, smaller);
      at = child;
    }
    this.#put(at, item);
  }

  #put(at: number, item: Item): void {
    this.#items[at] = item;
    this.#place.set(item, at);
  }
}
