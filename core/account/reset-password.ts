import type { UserId } from "../lib/ids.ts";
import type { Accounts } from "../ports/accounts.ts";
import type { Audit } from "../ports/audit.ts";
import type { Bus } from "../ports/bus.ts";
import type { Passwords, Tokens } from "../ports/credentials.ts";
import type { Limits } from "../ports/limits.ts";
import type { Letters, MailTokens } from "../ports/mail.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock, Entropy, Log } from "../ports/system.ts";
import { withinAddressLimit } from "./address.ts";
import { recordAudit } from "./audit.ts";
import { endSessions, revokeSessions } from "./end-sessions.ts";
import { newLetter, putNotice } from "./letter.ts";
import type { AccountPolicy } from "./policy.ts";
import { linkOver } from "./verify-email.ts";
import { refuseWithoutMail } from "./without-mail.ts";
import { withinLimit } from "./within-limit.ts";

type Asking = {
  letters: Letters;
  limits: Limits;
  clock: Clock;
  entropy: Entropy;
  accountPolicy: AccountPolicy;
};

/**
 * Whether the address has an account is not looked up here but when the mail is sent: no answer, and no time that it takes, can tell. What is
 * limited is counted for addresses that nobody has, too.
 */
export async function requestPasswordReset(
  ctx: Asking,
  { email, address }: { email: string; address: string | null },
): Promise<void> {
  refuseWithoutMail(ctx);
  const { forgottenPerAddress, forgottenPerEmail, forgottenInAll } = ctx.accountPolicy;
  await withinAddressLimit(ctx, forgottenPerAddress, address);
  await withinLimit(ctx, forgottenPerEmail, email);
  await withinLimit(ctx, forgottenInAll, "all");
  await ctx.letters.put(newLetter(ctx, { kind: "reset-password", to: email, userId: null }));
}

type Resetting = Asking & {
  accounts: Accounts;
  sessions: Sessions;
  passwords: Passwords;
  tokens: Tokens;
  mailTokens: MailTokens;
  audit: Audit;
  bus: Bus;
  log: Log;
};

/**
 * When this resolves the new password alone opens sessions, and none that was opened before is left. NOT_FOUND for what is no link of ours (any
 * more). Sessions end before the password changes as well: whoever is killed between has not left an old one behind a new password.
 */
export async function resetPassword(
  ctx: Resetting,
  { token, password, address }: { token: string; password: string; address: string | null },
): Promise<void> {
  await withinAddressLimit(ctx, ctx.accountPolicy.mailTokensPerAddress, address);
  const hash = ctx.tokens.hashOf(token);
  const owner = await ctx.mailTokens.find("reset", hash, ctx.clock.nowMs());
  if (owner === null) throw linkOver();
  // Dear, so only for who has a link.
  const passwordHash = await ctx.passwords.hash(password);
  await revokeSessions(ctx, owner);
  const userId = await ctx.mailTokens.resetPassword(hash, passwordHash, ctx.clock.nowMs());
  if (userId === null) throw linkOver();
  await recordAudit(ctx, "password-reset", { userId, address });
  await endSessions(ctx, userId);
  await tellOwner(ctx, userId);
}

async function tellOwner(ctx: Resetting, userId: UserId): Promise<void> {
  const account = await ctx.accounts.byId(userId).catch(() => null);
  if (account !== null) await putNotice(ctx, { kind: "password-reset", to: account.email, userId });
}
