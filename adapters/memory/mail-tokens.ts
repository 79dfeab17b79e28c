import type { UserId } from "#core/lib/ids.ts";
import type { MailTokenPurpose, MailTokens, NewMailToken } from "#core/ports/mail.ts";
import { isLeaving, type MemoryTables } from "./tables.ts";

export function memoryMailTokens({ accounts, mailTokens }: Pick<MemoryTables, "accounts" | "mailTokens">): MailTokens {
  const accountOf = (id: UserId) => {
    const row = accounts.get(id);
    return row === undefined || isLeaving(row) ? null : row;
  };
  const living = (purpose: MailTokenPurpose, hash: string, nowMs: number): NewMailToken | null =>
    [...mailTokens.values()].find(
      (token) =>
        token.purpose === purpose &&
        token.hash === hash &&
        token.expiresAtMs > nowMs &&
        accountOf(token.userId)?.email === token.email,
    ) ?? null;

  return {
    async issue(token) {
      if (accountOf(token.userId)?.email !== token.email) return;
      mailTokens.set(`${token.userId} ${token.purpose}`, token);
    },

    async find(purpose, hash, nowMs) {
      return living(purpose, hash, nowMs)?.userId ?? null;
    },

    async verifyEmail(hash, nowMs) {
      const token = living("verify", hash, nowMs);
      const account = token && accountOf(token.userId);
      if (!token || !account) return null;
      mailTokens.delete(`${token.userId} verify`);
      accounts.set(account.id, { ...account, emailVerifiedAtMs: account.emailVerifiedAtMs ?? nowMs });
      return account.id;
    },

    async resetPassword(hash, passwordHash, nowMs) {
      const token = living("reset", hash, nowMs);
      const account = token && accountOf(token.userId);
      if (!token || !account) return null;
      for (const purpose of ["verify", "reset"]) mailTokens.delete(`${account.id} ${purpose}`);
      accounts.set(account.id, { ...account, passwordHash, emailVerifiedAtMs: account.emailVerifiedAtMs ?? nowMs });
      return account.id;
    },
  };
}
