import type { Limit, Limits } from "../ports/limits.ts";
import type { Tickets } from "../ports/sessions.ts";
import type { Clock } from "../ports/system.ts";
import type { Principal } from "./model.ts";
import { withinLimit } from "./within-limit.ts";

type Ctx = { tickets: Tickets; limits: Limits; clock: Clock };

/** `origin` is that of the page that asks: only a page of the same one may use the ticket. */
export async function issueTicket(
  ctx: Ctx,
  { principal, origin, limit }: { principal: Principal; origin: string | null; limit: Limit },
): Promise<string> {
  await withinLimit(ctx, limit, principal.userId);
  return ctx.tickets.issue({ principal, origin }, ctx.clock.nowMs());
}
