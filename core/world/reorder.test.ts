import fc from "fast-check";
import { expect, test } from "vitest";
import type { ConnectionId } from "../lib/ids.ts";
import { heldPerConnectionMax, Reorder, reorderWindowMs } from "./reorder.ts";

const a = "a" as ConnectionId;
const b = "b" as ConnectionId;

test("what comes in order goes straight through", () => {
  const reorder = new Reorder<string>();
  expect([1, 2, 3].flatMap((n) => reorder.push(a, n, `a${n}`, 0))).toEqual(["a1", "a2", "a3"]);
  expect(reorder.isHolding).toBe(false);
});

test("what came too early waits for the one before it, and other connections do not wait", () => {
  const reorder = new Reorder<string>();
  reorder.push(a, 1, "a1", 0);
  expect(reorder.push(a, 3, "a3", 0)).toEqual([]);
  expect(reorder.push(b, 1, "b1", 0)).toEqual(["b1"]);
  expect(reorder.push(a, 2, "a2", 1)).toEqual(["a2", "a3"]);
});

test("what comes twice while it waits goes on twice: each is to be acknowledged", () => {
  const reorder = new Reorder<string>();
  reorder.push(a, 1, "a1", 0);
  reorder.push(a, 3, "a3", 0);
  reorder.push(a, 3, "a3 again", 1);
  expect(reorder.push(a, 2, "a2", 2)).toEqual(["a2", "a3", "a3 again"]);
});

test("a gap that stays open is given up after the window, and what then comes late still runs", () => {
  const reorder = new Reorder<string>();
  reorder.push(a, 1, "a1", 0);
  reorder.push(a, 3, "a3", 0);
  reorder.push(a, 4, "a4", 10);
  expect(reorder.expire(reorderWindowMs - 1)).toEqual([]);
  expect(reorder.expire(reorderWindowMs)).toEqual(["a3", "a4"]);
  expect(reorder.push(a, 2, "a2", 99)).toEqual(["a2"]);
  expect(reorder.push(a, 5, "a5", 99)).toEqual(["a5"]);
});

test("a connection that comes from elsewhere goes on with its own numbers", () => {
  const reorder = new Reorder<string>();
  reorder.expect(a, 7);
  expect(reorder.push(a, 8, "a8", 0)).toEqual([]);
  expect(reorder.push(a, 7, "a7", 0)).toEqual(["a7", "a8"]);
  expect(reorder.nextNumber(a)).toBe(9);
});

test(`no more than ${heldPerConnectionMax} are held back`, () => {
  const reorder = new Reorder<number>();
  reorder.push(a, 1, 1, 0);
  const out = Array.from({ length: heldPerConnectionMax + 1 }, (_, i) => reorder.push(a, i + 3, i + 3, 0)).flat();
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
        reorder.push(a, 1, 1, 0);
        const out = arrivals.flatMap((n) => reorder.push(a, n, n, 0));
        expect(out).toEqual(Array.from({ length: 40 }, (_, i) => i + 2));
      },
    ),
  );
});
