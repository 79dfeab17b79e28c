import type { UserId } from "../lib/ids.ts";
import type { Audit } from "../ports/audit.ts";
import type { Bus } from "../ports/bus.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock } from "../ports/system.ts";
import { authRevoked } from "../protocol/subjects.ts";
import { recordAudit } from "./audit.ts";

type Ctx = { sessions: Sessions; audit: Audit; bus: Bus; clock: Clock };

/** Every session of the user is dead when this resolves; whoever holds their sockets is told to close them. Answers how many. */
export async function endSessions(ctx: Ctx, userId: UserId): Promise<number> {
  const ended = await revokeSessions(ctx, userId);
  await recordAudit(ctx, "all-sessions-ended", { userId });
  return ended;
}

/** The same without a word in the audit. */
export async function revokeSessions(ctx: Pick<Ctx, "sessions" | "bus">, userId: UserId): Promise<number> {
  const ended = await ctx.sessions.revokeAll(userId);
  for (const sessionId of ended) ctx.bus.publish(authRevoked, { sessionId });
  return ended.length;
}
