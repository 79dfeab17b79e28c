import { AppError } from "../lib/errors.ts";
import type { UserId } from "../lib/ids.ts";
import type { Accounts } from "../ports/accounts.ts";
import type { Audit } from "../ports/audit.ts";
import type { Bus } from "../ports/bus.ts";
import type { Passwords } from "../ports/credentials.ts";
import type { Limits } from "../ports/limits.ts";
import type { Sessions } from "../ports/sessions.ts";
import type { Clock } from "../ports/system.ts";
import { recordAudit } from "./audit.ts";
import { revokeSessions } from "./end-sessions.ts";
import { getMe } from "./get-me.ts";
import type { Principal } from "./model.ts";
import type { AccountPolicy } from "./policy.ts";
import { withinLimit } from "./within-limit.ts";

type Ctx = {
  accounts: Accounts;
  sessions: Sessions;
  passwords: Passwords;
  limits: Limits;
  audit: Audit;
  bus: Bus;
  clock: Clock;
  accountPolicy: AccountPolicy;
};

/**
 * When this resolves nobody can log in any more, every session is dead, and the intention is on record: `eraseAccounts` takes away the rest,
 * whoever is killed when. FORBIDDEN for a wrong password.
 */
export async function deleteAccount(
  ctx: Ctx,
  { principal, password }: { principal: Principal; password: string },
): Promise<void> {
  const { userId, sessionId } = principal;
  await withinLimit(ctx, ctx.accountPolicy.passwordPerUser, userId);
  const found = await ctx.accounts.byEmail((await getMe(ctx, principal)).email);
  const from = found?.passwordHash ?? null;
  const isRight = await ctx.passwords.verify(from, password);
  if (from === null || !isRight) {
    await recordAudit(ctx, "password-refused", { userId, sessionId });
    throw new AppError("FORBIDDEN", "The password is wrong.");
  }
  if (!(await beginDeletion(ctx, userId, from))) {
    throw new AppError("CONFLICT", "The account was changed just now by somebody else. Try again.");
  }
}

/** With `from` only while that is the password's hash; null is for administrators. */
export async function beginDeletion(
  ctx: Pick<Ctx, "accounts" | "sessions" | "audit" | "bus" | "clock">,
  userId: UserId,
  from: string | null,
): Promise<boolean> {
  if (!(await ctx.accounts.beginDeletion(userId, { from, atMs: ctx.clock.nowMs() }))) return false;
  await recordAudit(ctx, "deletion-begun", { userId });
  await revokeSessions(ctx, userId);
  return true;
}
