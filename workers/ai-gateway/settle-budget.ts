import type { Budget } from "#core/llm/budget.ts";
import type { GatewaySettings } from "#core/protocol/llm-status.ts";
import type { Gateway } from "./gateway.ts";
import type { Job } from "./jobs.ts";

export const budgetOf = ({ limits }: GatewaySettings): Budget => ({
  burst: limits.tokensPerUserBurst,
  perMs: limits.tokensPerUserPerMinute / 60_000,
});

/** What was reserved and not used is the user's again. */
export async function giveBackBudget({ ctx, settings }: Gateway, job: Job, usedTokens: number): Promise<void> {
  const { reserved } = job;
  job.reserved = null;
  if (reserved === null) return;
  try {
    await ctx.budgets.settle(reserved.userId, reserved.tokens - usedTokens, budgetOf(settings), ctx.clock.nowMs());
  } catch (error) {
    ctx.log.warn({ error }, "a budget was not settled");
  }
}
