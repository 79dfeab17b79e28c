import { AppError } from "../lib/errors.ts";
import type { Limit, Limits } from "../ports/limits.ts";
import type { Clock } from "../ports/system.ts";

/** Refuses with RATE_LIMITED and the time to wait when the bucket of `key` is empty. */
export async function withinLimit(ctx: { limits: Limits; clock: Clock }, limit: Limit, key: string): Promise<void> {
  const taken = await ctx.limits.take(limit, key, ctx.clock.nowMs());
  if (taken.allowed) return;
  const retryAfterS = Math.max(1, Math.ceil(taken.retryAfterMs / 1000));
  throw new AppError("RATE_LIMITED", `Too many attempts. Try again in ${retryAfterS} s.`, { retryAfterS });
}
