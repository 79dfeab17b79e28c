import { AppError } from "../lib/errors.ts";
import type { SessionId } from "../lib/ids.ts";
import type { Audit } from "../ports/audit.ts";
import type { Bus } from "../ports/bus.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock } from "../ports/system.ts";
import { authRevoked } from "../protocol/subjects.ts";
import { recordAudit } from "./audit.ts";
import type { Principal, Session } from "./model.ts";

type Ctx = { sessions: Sessions; audit: Audit; bus: Bus; clock: Clock };

/** In force, newest first. */
export async function ownSessions(ctx: Pick<Ctx, "sessions" | "clock">, { userId }: Principal): Promise<Session[]> {
  return ctx.sessions.ofUser(userId, ctx.clock.nowMs());
}

/** NOT_FOUND for what is over already, or somebody else's. */
export async function endOwnSession(
  ctx: Ctx,
  { principal, sessionId }: { principal: Principal; sessionId: SessionId },
): Promise<void> {
  const own = await ownSessions(ctx, principal);
  if (!own.some(({ id }) => id === sessionId)) throw new AppError("NOT_FOUND", "You have no such session.");
  await ctx.sessions.revoke(sessionId);
  ctx.bus.publish(authRevoked, { sessionId });
  await recordAudit(ctx, "session-ended", { userId: principal.userId, sessionId });
}

/** Every session of the user but this one is dead when this resolves. Answers how many ended. */
export async function endOtherSessions(ctx: Ctx, { userId, sessionId }: Principal): Promise<number> {
  const ended = await ctx.sessions.revokeAll(userId, sessionId);
  for (const each of ended) ctx.bus.publish(authRevoked, { sessionId: each });
  await recordAudit(ctx, "other-sessions-ended", { userId, sessionId });
  return ended.length;
}
