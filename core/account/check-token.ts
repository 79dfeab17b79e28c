import { AppError } from "../lib/errors.ts";
import type { Tokens } from "../ports/credentials.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock } from "../ports/system.ts";
import { lastsUntilMs, type Principal } from "./model.ts";
import type { AccountPolicy } from "./policy.ts";

type Ctx = { tokens: Tokens; sessions: Sessions; clock: Clock; accountPolicy: Pick<AccountPolicy, "sessionLifetime"> };

/** A session is touched only when that gives it this much: what every request does stays a read. */
export const touchEveryMs = 60_000;

/** SESSION_EXPIRED: the token was ours, and it or its session has ended. UNAUTHORIZED: it was not a token of ours. */
export async function checkToken(ctx: Ctx, token: string): Promise<Principal> {
  const nowMs = ctx.clock.nowMs();
  const principal = await ctx.tokens.verify(token, nowMs);
  if (principal === null) throw new AppError("UNAUTHORIZED", "Log in first.");
  if (principal === "expired") throw sessionOver();
  const session = await ctx.sessions.get(principal.sessionId, nowMs);
  if (session?.userId !== principal.userId) throw sessionOver();
  const { sessionLifetime } = ctx.accountPolicy;
  if (lastsUntilMs(session, nowMs, sessionLifetime) >= session.expiresAtMs + touchEveryMs) {
    await ctx.sessions.touch(session.id, nowMs, sessionLifetime);
  }
  return principal;
}

export function sessionOver(): AppError {
  return new AppError("SESSION_EXPIRED", "Your session has ended. Log in again.");
}
