import { AppError } from "../lib/errors.ts";
import type { Clock, Sessions, Tokens } from "../ports.ts";
import type { Principal } from "./model.ts";

type Ctx = { tokens: Tokens; sessions: Sessions; clock: Clock };

/** So long after its end a token is still told apart from nonsense, so that its bearer hears that the session is over. */
export const expiredTokenKnownMs = 30 * 24 * 3600 * 1000;

/** SESSION_EXPIRED: the token was ours, and its session has ended. UNAUTHORIZED: it was not a token of ours. */
export async function checkToken(ctx: Ctx, token: string): Promise<Principal> {
  const nowMs = ctx.clock.nowMs();
  const principal = await ctx.tokens.verify(token, nowMs);
  if (principal === null) {
    const wasOurs = await ctx.tokens.verify(token, nowMs - expiredTokenKnownMs);
    throw wasOurs === null ? new AppError("UNAUTHORIZED", "Log in first.") : sessionOver();
  }
  const session = await ctx.sessions.get(principal.sessionId, nowMs);
  if (session?.userId !== principal.userId) throw sessionOver();
  return principal;
}

function sessionOver(): AppError {
  return new AppError("SESSION_EXPIRED", "Your session has ended. Log in again.");
}
