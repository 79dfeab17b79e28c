import type { Audit } from "../ports/audit.ts";
import type { Limit, Limits } from "../ports/limits.ts";
import type { Clock } from "../ports/system.ts";
import type { AccountPolicy } from "./policy.ts";

type Ctx = {
  readonly audit: Audit;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly accountPolicy: AccountPolicy;
};

export const auditDeletedAtOnceMax = 1_000;
/** In one round: more than can come in between two. */
const roundsMax = 100;
export const auditRoundMs = 3_600_000;
/** Whoever comes first does it for everybody. */
const turn: Limit = { name: "audit-retention", burst: 1, perMs: 1 / (auditRoundMs * 0.9) };

/** Deletes what is older than it may get, once an hour over all processes, a little at a time: nobody waits for a lock. Answers how many. */
export async function forgetAudit(ctx: Ctx, signal: AbortSignal): Promise<number> {
  const { allowed } = await ctx.limits.take(turn, "all", ctx.clock.nowMs());
  const beforeMs = ctx.clock.nowMs() - ctx.accountPolicy.auditKeepMs;
  let deleted = 0;
  for (let round = 0; allowed && round < roundsMax && !signal.aborted; round++) {
    const count = await ctx.audit.deleteBefore(beforeMs, auditDeletedAtOnceMax);
    deleted += count;
    if (count < auditDeletedAtOnceMax) break;
  }
  return deleted;
}
