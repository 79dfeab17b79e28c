import type { ConnectionId } from "../lib/ids.ts";

/** How long a frame waits for one that was sent before it and has not come. */
export const reorderWindowMs = 50;
/** The last of a connection waits longer: nobody is kept from anything by it. */
export const endingWindowMs = 2000;
/** More connections are not remembered: the longest known begins again with whatever comes first. */
export const linesMax = 10_000;
/** More are not held back: then a gap is taken as lost. */
export const heldPerConnectionMax = 64;

/** What tells the order: the moment the gateway had it, where that is known, and then the number. */
export type Order = {
  readonly number: number;
  readonly sentAtMs?: number | undefined;
  /** An earlier one may have no number yet: it waits this long for that, and no longer. */
  readonly settleMs?: number | undefined;
  readonly patienceMs?: number | undefined;
};

/** The numbers of a connection that comes from elsewhere: all before `next` are applied, and of the later ones those in `used`. */
export type Begun = { readonly next: number; readonly used?: readonly number[] | undefined };

/** The same number may come more than once, and each is an input to be acknowledged. */
type Held<T> = {
  readonly order: Order;
  readonly items: T[];
  readonly sinceMs: number;
  /** Nothing follows. */
  readonly isEnd: boolean;
};
/** Until `patientUntilMs` the ones before are known to be under way: their gap is not taken as lost. */
type Line<T> = {
  /** All before it have come or are given up. */
  next: number;
  /** Those after it that have come. */
  readonly seen: Set<number>;
  /** In order. */
  readonly held: Held<T>[];
  patientUntilMs: number;
};

/**
 * Each frame of a connection is an invocation of its own, and invocations overtake each other, before they are numbered and after. This puts
 * a connection's frames back in order: it lets through the first one when every number below its own has come and it has waited for
 * those without a number, and gives up what has been missing for too long.
 */
export class Reorder<T> {
  readonly #lines = new Map<ConnectionId, Line<T>>();

  /**
   * A connection that comes from elsewhere, or begins; answers with what was held and may go on now. One that is not known begins with
   * whatever comes first. What was typed ahead there is sent on one by one, while what is typed now comes straight: that waits for the
   * others until `patientUntilMs`.
   */
  expect(connection: ConnectionId, { next, used = [] }: Begun, nowMs: number, patientUntilMs = -Infinity): T[] {
    const held = this.#lines.get(connection)?.held ?? [];
    const seen = new Set([...used, ...held.map(({ order }) => order.number)].filter((number) => number >= next));
    const line = { next, seen, held, patientUntilMs };
    advanceNext(line);
    this.#lines.set(connection, line);
    this.#makeRoom();
    return this.#release(connection, line, nowMs);
  }

  /** The first that has not been let through, and those after it that have; undefined where the connection is not known. */
  begun(connection: ConnectionId): { readonly next: number; readonly used: readonly number[] } | undefined {
    const line = this.#lines.get(connection);
    if (!line) return undefined;
    const waiting = new Set(line.held.flatMap(({ order, isEnd }) => (isEnd ? [] : [order.number])));
    const next = Math.min(line.next, ...waiting);
    const upTo = Array.from({ length: Math.min(line.next - next, heldPerConnectionMax) }, (_, i) => next + i);
    return { next, used: [...upTo, ...line.seen].filter((number) => !waiting.has(number)) };
  }

  /** Answers with what was held: it waits for nothing any more. */
  forget(connection: ConnectionId): T[] {
    const held = this.#lines.get(connection)?.held ?? [];
    this.#lines.delete(connection);
    return held.flatMap(({ items }) => items);
  }

  /** What may go on now, in order. */
  push(connection: ConnectionId, order: Order, item: T, nowMs: number): T[] {
    const line = this.#lines.get(connection) ?? this.#begin(connection, order.number);
    insert(line, order, item, { nowMs, isEnd: false });
    if (order.number >= line.next) line.seen.add(order.number);
    advanceNext(line);
    if (line.held.length > heldPerConnectionMax) giveUpGap(line);
    return this.#release(connection, line, nowMs);
  }

  /** The connection's last: it comes after the number `last`, if that is still under way, and the connection is forgotten with it. */
  end(connection: ConnectionId, last: number, item: T, nowMs: number): T[] {
    const line = this.#lines.get(connection);
    if (!line || line.next > last) return [...this.forget(connection), item];
    insert(line, { number: last + 1, sentAtMs: Infinity, patienceMs: endingWindowMs }, item, { nowMs, isEnd: true });
    return this.#release(connection, line, nowMs);
  }

  /** What has waited long enough. */
  expire(nowMs: number): T[] {
    const free: T[] = [];
    for (const [connection, line] of this.#lines) {
      const [first] = line.held;
      if (first === undefined) continue;
      const { order, sinceMs } = first;
      const isGapOver = nowMs >= line.patientUntilMs && nowMs - sinceMs >= (order.patienceMs ?? reorderWindowMs);
      if (isGapOver && order.number > line.next) giveUpGap(line);
      free.push(...this.#release(connection, line, nowMs));
    }
    return free;
  }

  get isHolding(): boolean {
    for (const line of this.#lines.values()) if (line.held.length > 0) return true;
    return false;
  }

  #begin(connection: ConnectionId, next: number): Line<T> {
    const line: Line<T> = { next, seen: new Set(), held: [], patientUntilMs: -Infinity };
    this.#lines.set(connection, line);
    this.#makeRoom();
    return line;
  }

  #release(connection: ConnectionId, line: Line<T>, nowMs: number): T[] {
    const free: T[] = [];
    while (line.held[0] !== undefined && isFree(line, line.held[0], nowMs)) {
      const [{ items, isEnd }] = line.held.splice(0, 1) as [Held<T>];
      free.push(...items);
      if (isEnd && line.held.length === 0) this.#lines.delete(connection);
    }
    return free;
  }

  #makeRoom(): void {
    if (this.#lines.size <= linesMax) return;
    for (const [connection, { held }] of this.#lines) {
      if (held.length === 0) return void this.#lines.delete(connection);
    }
  }
}

function isFree<T>(line: Line<T>, { order, sinceMs, isEnd }: Held<T>, nowMs: number): boolean {
  if (line.held.length > heldPerConnectionMax) return true;
  const hasSettled = nowMs - sinceMs >= (order.settleMs ?? 0);
  return hasSettled && (isEnd ? order.number <= line.next : order.number < line.next);
}

function insert<T>(
  line: Line<T>,
  order: Order,
  item: T,
  { nowMs, isEnd }: { readonly nowMs: number; readonly isEnd: boolean },
): void {
  const same = line.held.find((held) => held.order.number === order.number && held.isEnd === isEnd);
  if (same) return void same.items.push(item);
  const at = line.held.findLastIndex((held) => isBefore(held.order, order)) + 1;
  line.held.splice(at, 0, { order, items: [item], sinceMs: nowMs, isEnd });
}

function isBefore(one: Order, other: Order): boolean {
  const [atMs, otherAtMs] = [one.sentAtMs ?? 0, other.sentAtMs ?? 0];
  return atMs < otherAtMs || (atMs === otherAtMs && one.number <= other.number);
}

function advanceNext<T>(line: Line<T>): void {
  while (line.seen.delete(line.next)) line.next++;
}

/** What is missing below the first one that is held does not come any more. */
function giveUpGap<T>(line: Line<T>): void {
  const [first] = line.held as [Held<T>];
  line.next = Math.max(line.next, first.order.number);
  for (const number of line.seen) if (number < line.next) line.seen.delete(number);
  advanceNext(line);
}
