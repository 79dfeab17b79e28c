import { AppError } from "../lib/errors.ts";
import type { Sessions, Tickets } from "../ports/sessions.ts";
import type { Clock } from "../ports/system.ts";
import { checkSession } from "./check-session.ts";
import type { Principal } from "./model.ts";

type Ctx = { tickets: Tickets; sessions: Sessions; clock: Clock };

/**
 * UNAUTHORIZED: the ticket is spent, too old, of another origin, or none. SESSION_EXPIRED: the session that asked for it has ended. The
 * ticket is spent either way: one that turned up where it does not belong was stolen.
 */
export async function redeemTicket(
  ctx: Ctx,
  { ticket, origin }: { ticket: string; origin: string | null },
): Promise<Principal> {
  const grant = await ctx.tickets.redeem(ticket, ctx.clock.nowMs());
  if (grant === null || grant.origin !== origin)
    throw new AppError("UNAUTHORIZED", "This ticket is not good any more. Ask for another.");
  await checkSession(ctx, grant.principal);
  return grant.principal;
}
