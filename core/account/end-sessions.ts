import type { UserId } from "../lib/ids.ts";
import type { Bus, Sessions } from "../ports.ts";
import { authRevoked } from "../protocol/subjects.ts";

/** Every session of the user is dead when this resolves; whoever holds their sockets is told to close them. Answers how many. */
export async function endSessions(ctx: { sessions: Sessions; bus: Bus }, userId: UserId): Promise<number> {
  const ended = await ctx.sessions.revokeAll(userId);
  for (const sessionId of ended) ctx.bus.publish(authRevoked, { sessionId });
  return ended.length;
}
