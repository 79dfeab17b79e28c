import { AppError } from "../lib/errors.ts";
import type { Accounts } from "../ports/accounts.ts";
import type { Audit } from "../ports/audit.ts";
import type { Bus } from "../ports/bus.ts";
import type { Passwords } from "../ports/credentials.ts";
import type { Limits } from "../ports/limits.ts";
import type { Letters } from "../ports/mail.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock, Entropy, Log } from "../ports/system.ts";
import { recordAudit } from "./audit.ts";
import { getMe } from "./get-me.ts";
import { putNotice } from "./letter.ts";
import type { Principal } from "./model.ts";
import { endOtherSessions } from "./own-sessions.ts";
import type { AccountPolicy } from "./policy.ts";
import { withinLimit } from "./within-limit.ts";

type Ctx = {
  accounts: Accounts;
  sessions: Sessions;
  passwords: Passwords;
  limits: Limits;
  audit: Audit;
  letters: Letters;
  bus: Bus;
  clock: Clock;
  entropy: Entropy;
  log: Log;
  accountPolicy: AccountPolicy;
};

export type PasswordChange = { readonly principal: Principal; readonly old: string; readonly new: string };

/** When this resolves only the new password opens sessions, and of those opened before only this one is left. Answers how many ended. */
export async function changePassword(ctx: Ctx, change: PasswordChange): Promise<number> {
  const { principal } = change;
  const { userId, sessionId } = principal;
  await withinLimit(ctx, ctx.accountPolicy.passwordPerUser, userId);
  const { email } = await getMe(ctx, principal);
  const found = await ctx.accounts.byEmail(email);
  const from = found?.passwordHash ?? null;
  const isRight = await ctx.passwords.verify(from, change.old);
  if (from === null || !isRight) {
    await recordAudit(ctx, "password-refused", { userId, sessionId });
    throw new AppError("FORBIDDEN", "The old password is wrong.");
  }
  const to = await ctx.passwords.hash(change.new);
  if (!(await ctx.accounts.changePasswordHash(userId, { from, to }))) {
    throw new AppError("CONFLICT", "The password was changed just now by somebody else. Try again.");
  }
  await recordAudit(ctx, "password-changed", { userId, sessionId });
  const ended = await endOtherSessions(ctx, principal);
  await putNotice(ctx, { kind: "password-changed", to: email, userId });
  return ended;
}
