import { describe, expect, test } from "vitest";
import type { Limit, Limits } from "#core/ports/limits.ts";

/** Three at once, then one a second. */
const limit: Limit = { name: "contract", burst: 3, perMs: 1 / 1000 };
const atMs = Date.UTC(2030, 0, 1);

/** `fresh` answers with limits on which no bucket was touched. */
export function limitsContract(name: string, fresh: () => Promise<Limits>): void {
  describe(`${name} keeps the promises of Limits`, () => {
    const takeMany = async (limits: Limits, count: number, key: string, nowMs: number) => {
      const taken = await Promise.all(Array.from({ length: count }, () => limits.take(limit, key, nowMs)));
      return taken.filter(({ allowed }) => allowed).length;
    };

    test("a bucket gives its burst and no more, to however many ask at once", async () => {
      expect(await takeMany(await fresh(), 20, "ann", atMs)).toBe(3);
    });

    test("an empty bucket says when there will be one, and then there is one", async () => {
      const limits = await fresh();
      await takeMany(limits, 3, "ann", atMs);
      const refused = await limits.take(limit, "ann", atMs + 400);
      expect(refused).toEqual({ allowed: false, retryAfterMs: expect.closeTo(600, -1) });
      if (refused.allowed) return;
      expect(await limits.take(limit, "ann", atMs + 400 + refused.retryAfterMs)).toEqual({ allowed: true });
      expect(await limits.take(limit, "ann", atMs + 400 + refused.retryAfterMs)).toMatchObject({ allowed: false });
    });

    test("being refused costs nothing", async () => {
      const limits = await fresh();
      await takeMany(limits, 50, "ann", atMs);
      expect(await takeMany(limits, 5, "ann", atMs + 2_001)).toBe(2);
    });

    test("a bucket never holds more than its burst", async () => {
      const limits = await fresh();
      await takeMany(limits, 3, "ann", atMs);
      expect(await takeMany(limits, 20, "ann", atMs + 3_600_000)).toBe(3);
    });

    test("keys are separate, and so are limits of different names", async () => {
      const limits = await fresh();
      await takeMany(limits, 3, "ann", atMs);
      expect(await limits.take(limit, "bob", atMs)).toEqual({ allowed: true });
      expect(await limits.take({ ...limit, name: "other" }, "ann", atMs)).toEqual({ allowed: true });
    });

    test("a clock that jumps back opens no bucket and locks none for long", async () => {
      const limits = await fresh();
      await takeMany(limits, 3, "ann", atMs);
      expect(await takeMany(limits, 5, "ann", atMs - 60_000)).toBe(0);
      expect(await takeMany(limits, 5, "ann", atMs - 60_000 + 1_001)).toBe(1);
    });
  });
}
