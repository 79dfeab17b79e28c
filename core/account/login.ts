import { AppError } from "../lib/errors.ts";
import type { SessionId } from "../lib/ids.ts";
import type { Accounts, Clock, Entropy, Limits, Passwords, Sessions, Tokens } from "../ports.ts";
import { email as emailSchema, type LoginRequest } from "../protocol/account.ts";
import { withinAddressLimit } from "./address.ts";
import type { Account, Principal } from "./model.ts";
import type { AccountPolicy } from "./policy.ts";
import { withinLimit } from "./within-limit.ts";

type Ctx = {
  accounts: Accounts;
  sessions: Sessions;
  passwords: Passwords;
  tokens: Tokens;
  limits: Limits;
  clock: Clock;
  entropy: Entropy;
  accountPolicy: AccountPolicy;
};

export type LoggedIn = { readonly token: string; readonly expiresInS: number; readonly account: Account };

/** Whether the address or the password was wrong can be told neither from the refusal nor from the time it took. */
export async function login(ctx: Ctx, input: LoginRequest & { address: string | null }): Promise<LoggedIn> {
  await withinAddressLimit(ctx, ctx.accountPolicy.loginPerAddress, input.address);
  await withinLimit(ctx, ctx.accountPolicy.loginPerAccount, input.email);

  // What could not be registered is not looked up: a store may choke on it, and that would be an answer too.
  const found = emailSchema.safeParse(input.email).success ? await ctx.accounts.byEmail(input.email) : null;
  const isRight = await ctx.passwords.verify(found?.passwordHash ?? null, input.password);
  if (found === null || !isRight) throw new AppError("UNAUTHORIZED", "E-mail address or password is wrong.");
  return openSession(ctx, found.account);
}

async function openSession(ctx: Ctx, account: Account): Promise<LoggedIn> {
  const nowMs = ctx.clock.nowMs();
  const expiresAtMs = nowMs + ctx.accountPolicy.sessionLifetimeMs;
  const sessionId = ctx.entropy.uuid() as SessionId;
  const principal: Principal = { userId: account.id, sessionId, username: account.username, role: account.role };

  const token = await ctx.tokens.sign(principal, expiresAtMs);
  await ctx.sessions.create({ id: sessionId, userId: account.id, createdAtMs: nowMs, expiresAtMs });
  // After the session is there: of a ban at this moment either this sees it, or the ban ends this session with the others.
  if (await ctx.accounts.isBanned(account.id)) {
    await ctx.sessions.revoke(sessionId);
    throw new AppError("FORBIDDEN", "This account is banned.");
  }
  await ctx.accounts.recordLogin(account.id, nowMs);
  const expiresInS = Math.floor(ctx.accountPolicy.sessionLifetimeMs / 1000);
  return { token, expiresInS, account: { ...account, lastLoginAtMs: nowMs } };
}
