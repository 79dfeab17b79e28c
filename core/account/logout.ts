import type { Audit } from "../ports/audit.ts";
import type { Bus } from "../ports/bus.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock } from "../ports/system.ts";
import { authRevoked } from "../protocol/subjects.ts";
import { recordAudit } from "./audit.ts";
import type { Principal } from "./model.ts";

type Ctx = { sessions: Sessions; audit: Audit; bus: Bus; clock: Clock };

/** The session is dead when this resolves; whoever holds its sockets is told to close them. */
export async function logout(ctx: Ctx, { userId, sessionId }: Principal): Promise<void> {
  await ctx.sessions.revoke(sessionId);
  ctx.bus.publish(authRevoked, { sessionId });
  await recordAudit(ctx, "logged-out", { userId, sessionId });
}
