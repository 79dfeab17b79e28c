import { AppError } from "../lib/errors.ts";
import { email as emailSchema } from "../protocol/account.ts";
import type { Accounts } from "../ports/accounts.ts";
import type { Audit } from "../ports/audit.ts";
import type { Passwords, Tokens } from "../ports/credentials.ts";
import type { KnownAddresses, Limits } from "../ports/limits.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock, Entropy } from "../ports/system.ts";
import { recordAudit } from "./audit.ts";
import { rememberPlace, withinLoginLimits } from "./login-limits.ts";
import type { Account, Session } from "./model.ts";
import { openSession, type SessionTokens } from "./open-session.ts";
import type { AccountPolicy } from "./policy.ts";

type Ctx = {
  accounts: Accounts;
  sessions: Sessions;
  passwords: Passwords;
  tokens: Tokens;
  limits: Limits;
  knownAddresses: KnownAddresses;
  audit: Audit;
  clock: Clock;
  entropy: Entropy;
  accountPolicy: AccountPolicy;
};

export type LoginInput = {
  readonly email: string;
  readonly password: string;
  readonly address: string | null;
  /** Whoever asks will refresh its tokens. */
  readonly isShortLived?: boolean | undefined;
};

export type LoggedIn = SessionTokens & { readonly account: Account };

/** Whether the address or the password was wrong can be told neither from the refusal nor from the time it took. */
export async function login(ctx: Ctx, input: LoginInput): Promise<LoggedIn> {
  const { password, address } = input;
  await withinLoginLimits(ctx, input);

  // What could not be registered is not looked up: a store may choke on it, and that would be an answer too.
  const found = emailSchema.safeParse(input.email).success ? await ctx.accounts.byEmail(input.email) : null;
  const isRight = await ctx.passwords.verify(found?.passwordHash ?? null, password);
  if (found === null || !isRight) {
    await recordAudit(ctx, "login-failed", { userId: found?.account.id ?? null, address });
    throw wrong();
  }
  const { account, passwordHash } = found;
  const { session, tokens } = await openSession(ctx, account, { isShortLived: input.isShortLived ?? false });
  await refuseIfChanged(ctx, { email: input.email, password, passwordHash, session });
  await rememberPlace(ctx, input);
  await ctx.accounts.recordLogin(account.id, session.createdAtMs);
  await recordAudit(ctx, "logged-in", { userId: account.id, sessionId: session.id, address });
  await rehash(ctx, { account, password, passwordHash });
  return { ...tokens, account: { ...account, lastLoginAtMs: session.createdAtMs } };
}

/**
 * After the session is there: of a ban or another password at this moment either this sees it, or whoever does it ends this session with
 * the others.
 */
async function refuseIfChanged(
  ctx: Ctx,
  opened: { email: string; password: string; passwordHash: string; session: Session },
): Promise<void> {
  const now = await ctx.accounts.byEmail(opened.email);
  const isBanned = now !== null && (await ctx.accounts.isBanned(now.account.id));
  // A hash that moved may be of the same password.
  const isStillRight =
    now?.passwordHash === opened.passwordHash ||
    (await ctx.passwords.verify(now?.passwordHash ?? null, opened.password).catch(() => false));
  if (isStillRight && !isBanned) return;
  await ctx.sessions.revoke(opened.session.id);
  throw isBanned ? new AppError("FORBIDDEN", "This account is banned.") : wrong();
}

/** The next login does it where there is no time for it now. */
async function rehash(
  ctx: Pick<Ctx, "accounts" | "passwords">,
  { account, password, passwordHash }: { account: Account; password: string; passwordHash: string },
): Promise<void> {
  if (!ctx.passwords.isOutdated(passwordHash)) return;
  const renewed = await ctx.passwords.hash(password).catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (renewed !== null) await ctx.accounts.replacePasswordHash(account.id, { from: passwordHash, to: renewed });
}

function wrong(): AppError {
  return new AppError("UNAUTHORIZED", "E-mail address or password is wrong.");
}
