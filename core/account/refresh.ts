import { AppError } from "../lib/errors.ts";
import type { Accounts } from "../ports/accounts.ts";
import type { Audit } from "../ports/audit.ts";
import type { Bus } from "../ports/bus.ts";
import type { Tokens } from "../ports/credentials.ts";
import type { Limits } from "../ports/limits.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock } from "../ports/system.ts";
import { authRevoked } from "../protocol/subjects.ts";
import { recordAudit } from "./audit.ts";
import { sessionOver } from "./check-token.ts";
import { type SessionTokens, tokensOf } from "./open-session.ts";
import type { AccountPolicy } from "./policy.ts";
import { withinLimit } from "./within-limit.ts";

type Ctx = {
  accounts: Accounts;
  sessions: Sessions;
  tokens: Tokens;
  limits: Limits;
  audit: Audit;
  bus: Bus;
  clock: Clock;
  accountPolicy: AccountPolicy;
};

/**
 * UNAUTHORIZED: not a refresh token of ours. SESSION_EXPIRED: its session is over, or is from now on, because somebody has used an older
 * token than may be: either this one was stolen, or the newer one was.
 */
export async function refresh(
  ctx: Ctx,
  { refreshToken, address }: { refreshToken: string; address: string | null },
): Promise<SessionTokens> {
  const presented = ctx.tokens.readRefresh(refreshToken);
  if (presented === null) throw new AppError("UNAUTHORIZED", "Log in first.");
  const { sessionId, generation, secret } = presented;
  await withinLimit(ctx, ctx.accountPolicy.refreshPerSession, sessionId);

  const nowMs = ctx.clock.nowMs();
  const family = { hash: ctx.tokens.hashOf(secret), generation };
  const answer = await ctx.sessions.refresh(sessionId, family, nowMs, ctx.accountPolicy.sessionLifetime);
  if (answer.outcome !== "refreshed") {
    // Also where it was over before: whoever ended it may have died before telling.
    ctx.bus.publish(authRevoked, { sessionId });
    if (answer.outcome === "reused") {
      await recordAudit(ctx, "refresh-reused", { userId: answer.userId, sessionId, address });
    }
    throw sessionOver();
  }
  const { session } = answer;
  const account = await ctx.accounts.byId(session.userId);
  if (account === null) throw new AppError("UNAUTHORIZED", "This account is no more.");
  return tokensOf(ctx, { account, session, secret, generation: answer.generation, nowMs, isShortLived: true });
}
