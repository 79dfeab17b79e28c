import type { ConnectionId } from "../lib/ids.ts";

/** How long a command waits for one that was sent before it and has not come. */
export const reorderWindowMs = 50;
/** More connections are not remembered: the longest known begins again with whatever comes first. */
export const linesMax = 10_000;
/** More are not held back: then the gap is taken as lost. */
export const heldPerConnectionMax = 64;

/** The same number may come more than once, and each is an input to be acknowledged. */
type Held<T> = { readonly items: readonly T[]; readonly sinceMs: number };
/** Until `patientUntilMs` the ones before are known to be under way: their gap is not taken as lost. */
type Line<T> = { next: number; readonly held: Map<number, Held<T>>; readonly patientUntilMs: number };

/**
 * Each frame of a connection is an invocation of its own, and invocations overtake each other. This puts a connection's numbered inputs
 * back in order: it lets through the next one, and holds back what came too early until the gap is closed or has been open too long.
 */
export class Reorder<T> {
  readonly #lines = new Map<ConnectionId, Line<T>>();

  /**
   * The next number of a connection that comes from elsewhere; answers with what was held and may go on now. A connection that is not
   * known begins with whatever comes first. What was typed ahead there is sent on one by one, while what is typed now comes straight:
   * that waits for the others until `patientUntilMs`.
   */
  expect(connection: ConnectionId, next: number, patientUntilMs = -Infinity): T[] {
    const held = this.#lines.get(connection)?.held ?? new Map<number, Held<T>>();
    const late = inOrder(held).filter(([number]) => number < next);
    for (const [number] of late) held.delete(number);
    const line = { next, held, patientUntilMs };
    this.#lines.set(connection, line);
    this.#makeRoom();
    return [...late.flatMap(([, { items }]) => items), ...release(line)];
  }

  nextNumber(connection: ConnectionId): number | undefined {
    return this.#lines.get(connection)?.next;
  }

  /** Answers with what was held: it waits for nothing any more. */
  forget(connection: ConnectionId): T[] {
    const held = this.#lines.get(connection)?.held ?? new Map<number, Held<T>>();
    this.#lines.delete(connection);
    return inOrder(held).flatMap(([, { items }]) => items);
  }

  /** What may go on now, in order. */
  push(connection: ConnectionId, number: number, item: T, nowMs: number): T[] {
    const line = this.#lines.get(connection);
    if (!line) {
      this.expect(connection, number + 1);
      return [item];
    }
    // It was given up as lost and comes after all: late is better than never.
    if (number < line.next) return [item];
    const { items, sinceMs } = line.held.get(number) ?? { items: [], sinceMs: nowMs };
    line.held.set(number, { items: [...items, item], sinceMs });
    if (line.held.size > heldPerConnectionMax) line.next = lowest(line.held);
    return release(line);
  }

  /** What has waited long enough for a gap to close. */
  expire(nowMs: number): T[] {
    const free: T[] = [];
    for (const line of this.#lines.values()) {
      if (line.held.size === 0 || nowMs < line.patientUntilMs) continue;
      const first = lowest(line.held);
      const waitedMs = nowMs - (line.held.get(first)?.sinceMs ?? nowMs);
      if (waitedMs < reorderWindowMs) continue;
      line.next = first;
      free.push(...release(line));
    }
    return free;
  }

  get isHolding(): boolean {
    for (const line of this.#lines.values()) if (line.held.size > 0) return true;
    return false;
  }

  #makeRoom(): void {
    if (this.#lines.size <= linesMax) return;
    for (const [connection, { held }] of this.#lines) {
      if (held.size === 0) return void this.#lines.delete(connection);
    }
  }
}

function inOrder<T>(held: ReadonlyMap<number, Held<T>>): [number, Held<T>][] {
  return [...held].toSorted(([a], [b]) => a - b);
}

function release<T>(line: Line<T>): T[] {
  const free: T[] = [];
  for (let held = line.held.get(line.next); held; held = line.held.get(line.next)) {
    free.push(...held.items);
    line.held.delete(line.next++);
  }
  return free;
}

function lowest(held: ReadonlyMap<number, unknown>): number {
  return Math.min(...held.keys());
}
