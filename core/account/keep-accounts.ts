import type { Limits } from "../ports/limits.ts";
import type { Clock, Log } from "../ports/system.ts";
import { deliverLetters, type DeliveryContext } from "./deliver-letters.ts";
import { eraseAccounts, type ErasureContext } from "./erase-accounts.ts";
import { auditRoundMs, forgetAudit } from "./forget-audit.ts";

export type KeepingContext = Omit<DeliveryContext, "mail"> &
  ErasureContext & { readonly mail: DeliveryContext["mail"] | null; readonly limits: Limits };

/** How long a mail or a deletion that was asked for waits at most for somebody to begin. */
export const lookOutMs = 2_000;
/** After a failure: the store is gone, or something is wrong that another try does not mend. */
const afterFailureMs = 10_000;

/**
 * From now on mail is sent, accounts whose deletion has begun are erased, and what the audit need not keep any longer is deleted. Any number of
 * processes may do it at once. Ends once what is under way is done.
 */
export function keepAccounts(ctx: KeepingContext): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;
  const { mail } = ctx;
  const chores = [
    ...(mail === null
      ? []
      : [repeat(ctx, signal, { everyMs: lookOutMs, what: "mail", work: () => deliverLetters({ ...ctx, mail }) })]),
    repeat(ctx, signal, { everyMs: lookOutMs, what: "deletions", work: () => eraseAccounts(ctx) }),
    repeat(ctx, signal, {
      everyMs: auditRoundMs,
      what: "audit",
      work: async () => {
        await forgetAudit(ctx, signal);
        return false;
      },
    }),
  ];
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await Promise.all(chores);
    },
  };
}

type Chore = {
  readonly everyMs: number;
  readonly what: string;
  /** True: there is more to do at once. */
  readonly work: () => Promise<boolean>;
};

async function repeat(
  ctx: { clock: Clock; log: Log },
  signal: AbortSignal,
  { everyMs, what, work }: Chore,
): Promise<void> {
  while (!signal.aborted) {
    let pauseMs = everyMs;
    try {
      if (await work()) pauseMs = 0;
    } catch (error) {
      pauseMs = Math.max(everyMs, afterFailureMs);
      ctx.log.warn({ what, error }, "a chore of the accounts failed; trying again");
    }
    if (!signal.aborted) await ctx.clock.sleep(pauseMs, signal);
  }
}
