import { AppError } from "../lib/errors.ts";
import type { Accounts } from "../ports/accounts.ts";
import type { Account, Principal } from "./model.ts";

export async function getMe(ctx: { accounts: Accounts }, principal: Principal): Promise<Account> {
  const account = await ctx.accounts.byId(principal.userId);
  if (account === null) throw new AppError("UNAUTHORIZED", "This account is no more.");
  return account;
}
