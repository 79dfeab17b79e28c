import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConnectionId } from "../lib/ids.ts";
import { endingWindowMs, heldPerConnectionMax, Reorder, reorderWindowMs } from "./reorder.ts";

const a = "a" as ConnectionId;
const b = "b" as ConnectionId;

test("what comes in order goes straight through", () => {
  const reorder = new Reorder<string>();
  expect([1, 2, 3].flatMap((n) => reorder.push(a, { number: n }, `a${n}`, 0))).toEqual(["a1", "a2", "a3"]);
  expect(reorder.isHolding).toBe(false);
});

test("what came too early waits for the one before it, and other connections do not wait", () => {
  const reorder = new Reorder<string>();
  reorder.push(a, { number: 1 }, "a1", 0);
  expect(reorder.push(a, { number: 3 }, "a3", 0)).toEqual([]);
  expect(reorder.push(b, { number: 1 }, "b1", 0)).toEqual(["b1"]);
  expect(reorder.push(a, { number: 2 }, "a2", 1)).toEqual(["a2", "a3"]);
});

test("what comes twice while it waits goes on twice: each is to be acknowledged", () => {
  const reorder = new Reorder<string>();
  reorder.push(a, { number: 1 }, "a1", 0);
  reorder.push(a, { number: 3 }, "a3", 0);
  reorder.push(a, { number: 3 }, "a3 again", 1);
  expect(reorder.push(a, { number: 2 }, "a2", 2)).toEqual(["a2", "a3", "a3 again"]);
});

test("a gap that stays open is given up after the window, and what then comes late still runs", () => {
  const reorder = new Reorder<string>();
  reorder.push(a, { number: 1 }, "a1", 0);
  reorder.push(a, { number: 3 }, "a3", 0);
  reorder.push(a, { number: 4 }, "a4", 10);
  expect(reorder.expire(reorderWindowMs - 1)).toEqual([]);
  expect(reorder.expire(reorderWindowMs)).toEqual(["a3", "a4"]);
  expect(reorder.push(a, { number: 2 }, "a2", 99)).toEqual(["a2"]);
  expect(reorder.push(a, { number: 5 }, "a5", 99)).toEqual(["a5"]);
});

test("a connection that comes from elsewhere goes on with its own numbers", () => {
  const reorder = new Reorder<string>();
  reorder.expect(a, { next: 7 }, 0);
  expect(reorder.push(a, { number: 8 }, "a8", 0)).toEqual([]);
  expect(reorder.push(a, { number: 7 }, "a7", 0)).toEqual(["a7", "a8"]);
  expect(reorder.begun(a)).toEqual({ next: 9, used: [] });
});

test(`no more than ${heldPerConnectionMax} are held back`, () => {
  const reorder = new Reorder<number>();
  reorder.push(a, { number: 1 }, 1, 0);
  const out = Array.from({ length: heldPerConnectionMax + 1 }, (_, i) =>
    reorder.push(a, { number: i + 3 }, i + 3, 0),
  ).flat();
  expect(out).toEqual(Array.from({ length: heldPerConnectionMax + 1 }, (_, i) => i + 3));
});

test("whatever the order of arrival within the window, everything comes out once and in order", () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray(
        Array.from({ length: 40 }, (_, i) => i + 2),
        { minLength: 40 },
      ),
      (arrivals) => {
        const reorder = new Reorder<number>();
        reorder.push(a, { number: 1 }, 1, 0);
        const out = arrivals.flatMap((n) => reorder.push(a, { number: n }, n, 0));
        expect(out).toEqual(Array.from({ length: 40 }, (_, i) => i + 2));
      },
    ),
  );
});

describe("frames that were numbered by invocations that overtook each other", () => {
  const settleMs = 40;
  const of = (number: number, sentAtMs: number) => ({ number, sentAtMs, settleMs });

  test("go in the order in which the gateway had them, when they have waited for each other", () => {
    const reorder = new Reorder<string>();
    expect(reorder.push(a, of(1, 20), "second", 0)).toEqual([]);
    expect(reorder.push(a, of(2, 10), "first", 30)).toEqual([]);
    expect(reorder.expire(settleMs + 29)).toEqual([]);
    expect(reorder.expire(settleMs + 30)).toEqual(["first", "second"]);
  });

  test("of one millisecond go as they were numbered", () => {
    const reorder = new Reorder<string>();
    reorder.push(a, of(2, 10), "two", 0);
    reorder.push(a, of(1, 10), "one", 1);
    expect(reorder.expire(settleMs + 1)).toEqual(["one", "two"]);
  });

  test("wait for a number that is known to be under way, as it may be the first", () => {
    const reorder = new Reorder<string>();
    reorder.expect(a, { next: 1 }, 0);
    reorder.push(a, of(2, 20), "second", 0);
    expect(reorder.expire(settleMs)).toEqual([]);
    reorder.push(a, of(1, 10), "first", settleMs + 1);
    expect(reorder.expire(2 * settleMs + 1)).toEqual(["first", "second"]);
  });

  test("that go on elsewhere tell which of the later ones are done", () => {
    const reorder = new Reorder<string>();
    reorder.expect(a, { next: 1 }, 0);
    reorder.push(a, of(2, 10), "first", 0);
    reorder.push(a, of(1, 20), "second", 1);
    expect(reorder.expire(settleMs)).toEqual(["first"]);
    expect(reorder.begun(a)).toEqual({ next: 1, used: [2] });
    const elsewhere = new Reorder<string>();
    elsewhere.expect(a, { next: 1, used: [2] }, 0, 1000);
    expect(elsewhere.push(a, { number: 3 }, "third", 0)).toEqual([]);
    expect(elsewhere.push(a, { number: 1 }, "second", 1)).toEqual(["second", "third"]);
  });

  test("come out in the order of their moments, whoever overtook whom by less than they wait", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: settleMs - 1 }), { minLength: 2, maxLength: 40 }), (delays) => {
        const reorder = new Reorder<number>();
        const frames = delays.map((delayMs, i) => ({ i, sentAtMs: 3 * i, takenAtMs: 3 * i + delayMs }));
        const taken = frames.toSorted((x, y) => x.takenAtMs - y.takenAtMs);
        const out: number[] = [];
        for (let nowMs = 0; nowMs <= 3 * delays.length + 2 * settleMs; nowMs++) {
          for (const [k, { i, sentAtMs, takenAtMs }] of taken.entries()) {
            if (takenAtMs !== nowMs) continue;
            const order = { number: k + 1, sentAtMs, settleMs: settleMs - (takenAtMs - sentAtMs) };
            out.push(...reorder.push(a, order, i, nowMs));
          }
          out.push(...reorder.expire(nowMs));
        }
        expect(out).toEqual(frames.map(({ i }) => i));
      }),
    );
  });
});

describe("who counts for himself", () => {
  const patienceMs = 1000;

  test("is waited for longer, and in the meantime nobody else is", () => {
    const reorder = new Reorder<string>();
    reorder.expect(a, { next: 1 }, 0);
    expect(reorder.push(a, { number: 2, patienceMs }, "two", 0)).toEqual([]);
    expect(reorder.expire(patienceMs - 1)).toEqual([]);
    expect(reorder.push(b, { number: 1 }, "b1", 1)).toEqual(["b1"]);
    expect(reorder.push(a, { number: 1, patienceMs }, "one", patienceMs - 1)).toEqual(["one", "two"]);
  });

  test("and counts wildly harms nobody, and waits for nothing longer than that", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 2 ** 31 }), { maxLength: 300 }), (numbers) => {
        const reorder = new Reorder<number>();
        const out = numbers.flatMap((number, i) => reorder.push(a, { number, patienceMs }, i, 0));
        for (let i = 0; i < numbers.length && reorder.isHolding; i++) out.push(...reorder.expire(patienceMs));
        expect(out.toSorted((x, y) => x - y)).toEqual(numbers.map((_, i) => i));
      }),
    );
  });
});

describe("the last of a connection", () => {
  test("waits for what was taken before it, and then the connection is forgotten", () => {
    const reorder = new Reorder<string>();
    reorder.push(a, { number: 1 }, "a1", 0);
    expect(reorder.end(a, 3, "end", 0)).toEqual([]);
    expect(reorder.push(a, { number: 3 }, "a3", 1)).toEqual([]);
    expect(reorder.push(a, { number: 2 }, "a2", 2)).toEqual(["a2", "a3", "end"]);
    expect(reorder.begun(a)).toBeUndefined();
  });

  test("waits for what never comes only for a while", () => {
    const reorder = new Reorder<string>();
    reorder.push(a, { number: 1 }, "a1", 0);
    reorder.end(a, 2, "end", 0);
    expect(reorder.expire(endingWindowMs - 1)).toEqual([]);
    expect(reorder.expire(endingWindowMs)).toEqual(["end"]);
    expect(reorder.isHolding).toBe(false);
  });

  test("goes at once where nothing is under way, or nobody knows the connection", () => {
    const reorder = new Reorder<string>();
    reorder.push(a, { number: 1 }, "a1", 0);
    expect(reorder.end(a, 1, "end", 0)).toEqual(["end"]);
    expect(reorder.end(b, 7, "end of b", 0)).toEqual(["end of b"]);
  });
});
