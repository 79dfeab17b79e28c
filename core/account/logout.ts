import type { Bus, Sessions } from "../ports.ts";
import { authRevoked } from "../protocol/subjects.ts";
import type { Principal } from "./model.ts";

/** The session is dead when this resolves; whoever holds its sockets is told to close them. */
export async function logout(ctx: { sessions: Sessions; bus: Bus }, principal: Principal): Promise<void> {
  await ctx.sessions.revoke(principal.sessionId);
  ctx.bus.publish(authRevoked, { sessionId: principal.sessionId });
}
