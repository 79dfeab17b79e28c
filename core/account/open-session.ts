import type { SessionId } from "../lib/ids.ts";
import type { Tokens } from "../ports/credentials.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock, Entropy } from "../ports/system.ts";
import type { Account, Session } from "./model.ts";
import type { AccountPolicy } from "./policy.ts";

type Ctx = { sessions: Sessions; tokens: Tokens; clock: Clock; entropy: Entropy; accountPolicy: AccountPolicy };

/** What the holder of a session gets to show. */
export type SessionTokens = {
  readonly token: string;
  readonly expiresInS: number;
  readonly refreshToken: string;
  /** How long the session goes on if it is not used any more. */
  readonly sessionExpiresInS: number;
};

export type OpenedSession = { readonly session: Session; readonly tokens: SessionTokens };

/** Its tokens last as long as the session may idle, unless whoever asks is going to refresh them. */
export async function openSession(
  ctx: Ctx,
  account: Account,
  { isShortLived }: { isShortLived: boolean },
): Promise<OpenedSession> {
  const nowMs = ctx.clock.nowMs();
  const { idleMs, absoluteMs } = ctx.accountPolicy.sessionLifetime;
  const session: Session = {
    id: ctx.entropy.uuid() as SessionId,
    userId: account.id,
    createdAtMs: nowMs,
    expiresAtMs: nowMs + Math.min(idleMs, absoluteMs),
  };
  const secret = ctx.tokens.newSecret();
  await ctx.sessions.create(session, ctx.tokens.hashOf(secret));
  const tokens = await tokensOf(ctx, { account, session, secret, generation: 0, nowMs, isShortLived });
  return { session, tokens };
}

export async function tokensOf(
  ctx: Pick<Ctx, "tokens" | "accountPolicy">,
  of: {
    account: Account;
    session: Session;
    secret: string;
    generation: number;
    nowMs: number;
    isShortLived: boolean;
  },
): Promise<SessionTokens> {
  const { account, session, secret, generation, nowMs, isShortLived } = of;
  const sessionMs = session.expiresAtMs - nowMs;
  const lifeMs = isShortLived ? Math.min(ctx.accountPolicy.accessTokenLifetimeMs, sessionMs) : sessionMs;
  const principal = { userId: account.id, sessionId: session.id, username: account.username, role: account.role };
  return {
    token: await ctx.tokens.sign(principal, nowMs + lifeMs),
    expiresInS: Math.floor(lifeMs / 1000),
    refreshToken: ctx.tokens.signRefresh({ sessionId: session.id, generation, secret }),
    sessionExpiresInS: Math.floor(sessionMs / 1000),
  };
}
