import { type BudgetState, fullBudget, reserve, settle } from "#core/llm/budget.ts";
import type { TokenBudgets } from "#core/ports/models.ts";

/** Users whose budget is not full. Beyond that those who were here longest ago are taken for full again. */
const usersMax = 100_000;

export function memoryTokenBudgets(): TokenBudgets {
  const states = new Map<string, BudgetState>();
  const keep = (userId: string, state: BudgetState) => {
    states.delete(userId);
    states.set(userId, state);
    if (states.size <= usersMax) return;
    const [oldest] = states.keys();
    if (oldest !== undefined) states.delete(oldest);
  };
  return {
    async reserve(userId, tokens, budget, nowMs) {
      const reserved = reserve(budget, states.get(userId) ?? fullBudget(budget, nowMs), tokens, nowMs);
      if (!reserved.isGranted) return reserved;
      keep(userId, reserved.state);
      return { isGranted: true };
    },
    async settle(userId, unused, budget, nowMs) {
      const state = states.get(userId);
      if (state !== undefined || unused < 0)
        keep(userId, settle(budget, state ?? fullBudget(budget, nowMs), unused, nowMs));
    },
  };
}
