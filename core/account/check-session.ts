import type { Sessions } from "../ports/sessions.ts";
import type { Clock } from "../ports/system.ts";
import { sessionOver } from "./check-token.ts";
import type { Principal } from "./model.ts";

type Ctx = { readonly sessions: Pick<Sessions, "get">; readonly clock: Clock };
type Whose = Pick<Principal, "sessionId" | "userId">;

/** Throws SESSION_EXPIRED unless the session is in force, and this user's. Asking does not prolong it. */
export async function checkSession(ctx: Ctx, whose: Whose): Promise<void> {
  if (!(await isInForce(ctx, whose))) throw sessionOver();
}

export async function isInForce({ sessions, clock }: Ctx, { sessionId, userId }: Whose): Promise<boolean> {
  return (await sessions.get(sessionId, clock.nowMs()))?.userId === userId;
}
