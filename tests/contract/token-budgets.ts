import { describe, expect, test } from "vitest";
import type { Budget } from "#core/llm/budget.ts";
import type { TokenBudgets } from "#core/ports/models.ts";

/** A thousand at once, then a hundred a second. */
const budget: Budget = { burst: 1_000, perMs: 0.1 };
const atMs = Date.UTC(2030, 0, 1);

/** `fresh` answers with budgets of which nobody has used any. */
export function tokenBudgetsContract(name: string, fresh: () => Promise<TokenBudgets>): void {
  describe(`${name} keeps the promises of TokenBudgets`, () => {
    const take = async (budgets: TokenBudgets, tokens: number, nowMs = atMs, userId = "ann") => {
      const reserved = await budgets.reserve(userId, tokens, budget, nowMs);
      return reserved.isGranted ? "granted" : reserved.retryAfterMs;
    };

    test("a burst of requests gets what is there and no more, however many ask at once", async () => {
      const budgets = await fresh();
      const taken = await Promise.all(Array.from({ length: 50 }, () => take(budgets, 150)));
      expect(taken.filter((each) => each === "granted")).toHaveLength(6);
      // 100 are left, and 50 more come in half a second.
      expect(taken.filter((each) => each !== "granted")).toEqual(Array(44).fill(500));
    });

    test("who was told when to come back gets it then, and not a moment before", async () => {
      const budgets = await fresh();
      await take(budgets, 1_000);
      expect(await take(budgets, 250)).toBe(2_500);
      expect(await take(budgets, 250, atMs + 2_499)).toBe(1);
      expect(await take(budgets, 250, atMs + 2_500)).toBe("granted");
    });

    test("being refused costs nothing", async () => {
      const budgets = await fresh();
      await take(budgets, 900);
      for (let n = 0; n < 20; n++) await take(budgets, 500);
      expect(await take(budgets, 100)).toBe("granted");
    });

    test("what was reserved and not used is there again, and never more than the burst", async () => {
      const budgets = await fresh();
      await take(budgets, 800);
      await budgets.settle("ann", 700, budget, atMs);
      expect(await take(budgets, 900)).toBe("granted");
      await budgets.settle("ann", 5_000, budget, atMs);
      expect(await take(budgets, 1_001)).toBe(10);
      expect(await take(budgets, 1_000)).toBe("granted");
    });

    test("what was used beyond what was reserved is taken, below nothing if need be", async () => {
      const budgets = await fresh();
      await take(budgets, 1_000);
      await budgets.settle("ann", -500, budget, atMs);
      expect(await take(budgets, 100)).toBe(6_000);
      expect(await take(budgets, 100, atMs + 6_000)).toBe("granted");
    });

    test("it counts also for who has reserved nothing here", async () => {
      const budgets = await fresh();
      await budgets.settle("ann", -400, budget, atMs);
      expect(await take(budgets, 700)).toBe(1_000);
      await budgets.settle("bob", 400, budget, atMs);
      expect(await take(budgets, 1_001, atMs, "bob")).toBe(10);
    });

    test("users are apart", async () => {
      const budgets = await fresh();
      await take(budgets, 1_000);
      expect(await take(budgets, 1_000, atMs, "bob")).toBe("granted");
    });

    test("what never fits is refused with a time of an hour at most", async () => {
      expect(await take(await fresh(), 100_000_000)).toBe(3_600_000);
    });

    test("a clock that jumps back gives nobody anything, and costs nobody more than its jump", async () => {
      const budgets = await fresh();
      await take(budgets, 1_000);
      expect(await take(budgets, 10, atMs - 60_000)).toBe(100);
      expect(await take(budgets, 10, atMs + 100)).toBe("granted");
    });

    test("a smaller budget holds from the next request on", async () => {
      const budgets = await fresh();
      await take(budgets, 100);
      expect(await budgets.reserve("ann", 300, { ...budget, burst: 200 }, atMs)).toEqual({
        isGranted: false,
        retryAfterMs: 1_000,
      });
    });
  });
}
