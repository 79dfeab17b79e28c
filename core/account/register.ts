import { AppError } from "../lib/errors.ts";
import type { UserId } from "../lib/ids.ts";
import type { Accounts } from "../ports/accounts.ts";
import type { Audit } from "../ports/audit.ts";
import type { Passwords } from "../ports/credentials.ts";
import type { Limits } from "../ports/limits.ts";
import type { Letters } from "../ports/mail.ts";
import type { Clock, Entropy, Log } from "../ports/system.ts";
import type { RegisterRequest } from "../protocol/account.ts";
import { withinAddressLimit } from "./address.ts";
import { recordAudit } from "./audit.ts";
import { putNotice } from "./letter.ts";
import type { Account } from "./model.ts";
import type { AccountPolicy } from "./policy.ts";

type Ctx = {
  accounts: Accounts;
  passwords: Passwords;
  limits: Limits;
  audit: Audit;
  letters: Letters;
  clock: Clock;
  entropy: Entropy;
  log: Log;
  accountPolicy: AccountPolicy;
};

export async function register(ctx: Ctx, input: RegisterRequest & { address: string | null }): Promise<Account> {
  await withinAddressLimit(ctx, ctx.accountPolicy.registerPerAddress, input.address);
  const created = {
    id: ctx.entropy.uuid() as UserId,
    email: input.email,
    username: input.username,
    createdAtMs: ctx.clock.nowMs(),
  };
  const passwordHash = await ctx.passwords.hash(input.password);
  const outcome = await ctx.accounts.create({ ...created, passwordHash });
  if (outcome === "email-taken") throw taken("email", "That e-mail address has an account already.");
  if (outcome === "username-taken") throw taken("username", "That username is taken.");
  await recordAudit(ctx, "registered", { userId: created.id, address: input.address });
  await putNotice(ctx, { kind: "verify-email", to: created.email, userId: created.id });
  return { ...created, role: "user", lastLoginAtMs: null, emailVerifiedAtMs: null, lastWorldId: null };
}

function taken(path: string, message: string): AppError {
  return new AppError("CONFLICT", message, { details: [{ path, message }] });
}
