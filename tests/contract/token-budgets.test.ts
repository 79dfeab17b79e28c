import { expect, test } from "vitest";
import { memoryTokenBudgets } from "#adapters/memory/token-budgets.ts";
import { withLocalBudgets } from "#adapters/redis/token-budgets.ts";
import type { TokenBudgets } from "#core/ports/models.ts";
import { silentLog } from "#tests/support/database.ts";
import { tokenBudgetsContract } from "./token-budgets.ts";

tokenBudgetsContract("budgets within one process", async () => memoryTokenBudgets());

const gone: TokenBudgets = {
  reserve: () => Promise.reject(new Error("away")),
  settle: () => Promise.reject(new Error("away")),
};

tokenBudgetsContract("budgets whose Redis is away", async () =>
  withLocalBudgets(gone, memoryTokenBudgets(), silentLog),
);

test("while Redis is there nothing is counted here", async () => {
  const [far, near] = [memoryTokenBudgets(), memoryTokenBudgets()];
  const budgets = withLocalBudgets(far, near, silentLog);
  const budget = { burst: 10, perMs: 0.001 };
  await budgets.reserve("ann", 10, budget, 0);
  expect(await far.reserve("ann", 1, budget, 0)).toMatchObject({ isGranted: false });
  expect(await near.reserve("ann", 10, budget, 0)).toEqual({ isGranted: true });
});
