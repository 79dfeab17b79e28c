import { AppError } from "../lib/errors.ts";
import type { Accounts } from "../ports/accounts.ts";
import type { Audit } from "../ports/audit.ts";
import type { Tokens } from "../ports/credentials.ts";
import type { Limits } from "../ports/limits.ts";
import type { Letters, MailTokens } from "../ports/mail.ts";
import type { Clock, Entropy } from "../ports/system.ts";
import { withinAddressLimit } from "./address.ts";
import { recordAudit } from "./audit.ts";
import { getMe } from "./get-me.ts";
import { newLetter } from "./letter.ts";
import type { Principal } from "./model.ts";
import type { AccountPolicy } from "./policy.ts";
import { refuseWithoutMail } from "./without-mail.ts";
import { withinLimit } from "./within-limit.ts";

type Ctx = {
  accounts: Accounts;
  letters: Letters;
  mailTokens: MailTokens;
  tokens: Tokens;
  limits: Limits;
  audit: Audit;
  clock: Clock;
  entropy: Entropy;
  accountPolicy: AccountPolicy;
};

/** A mail with a link will be sent, unless the address is verified already. */
export async function requestEmailVerification(
  ctx: Omit<Ctx, "mailTokens" | "tokens" | "audit">,
  principal: Principal,
): Promise<void> {
  refuseWithoutMail(ctx);
  await withinLimit(ctx, ctx.accountPolicy.verificationsPerUser, principal.userId);
  const { id, email, emailVerifiedAtMs } = await getMe(ctx, principal);
  if (emailVerifiedAtMs !== null) return;
  await ctx.letters.put(newLetter(ctx, { kind: "verify-email", to: email, userId: id }));
}

/** NOT_FOUND for what is no link of ours (any more). Whoever shows it need not be logged in: mail is often read on another device. */
export async function verifyEmail(
  ctx: Pick<Ctx, "mailTokens" | "tokens" | "limits" | "audit" | "clock" | "accountPolicy">,
  { token, address }: { token: string; address: string | null },
): Promise<void> {
  await withinAddressLimit(ctx, ctx.accountPolicy.mailTokensPerAddress, address);
  const userId = await ctx.mailTokens.verifyEmail(ctx.tokens.hashOf(token), ctx.clock.nowMs());
  if (userId === null) throw linkOver();
  await recordAudit(ctx, "email-verified", { userId, address });
}

export function linkOver(): AppError {
  return new AppError("NOT_FOUND", "This link is no longer good. Ask for a new one.");
}
