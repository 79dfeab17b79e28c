import type { Account } from "#core/account/model.ts";
import type { UserId } from "#core/lib/ids.ts";
import type { Accounts } from "#core/ports/accounts.ts";
import { type AccountRow, isLeaving, type MemoryTables } from "./tables.ts";

export function memoryAccounts({ accounts, mailTokens }: Pick<MemoryTables, "accounts" | "mailTokens">): Accounts {
  const there = (row: AccountRow | undefined): AccountRow | null => (row === undefined || isLeaving(row) ? null : row);
  const change = (id: UserId, changes: Partial<AccountRow>): boolean => {
    const row = there(accounts.get(id));
    if (row !== null) accounts.set(id, { ...row, ...changes });
    return row !== null;
  };

  return {
    async create({ id, email, username, createdAtMs, passwordHash }) {
      const rows = [...accounts.values()];
      if (rows.some((row) => same(row.email, email))) return "email-taken";
      if (rows.some((row) => same(row.username, username))) return "username-taken";
      accounts.set(id, {
        id,
        email,
        username,
        passwordHash,
        role: "user",
        createdAtMs,
        lastLoginAtMs: null,
        emailVerifiedAtMs: null,
        lastWorldId: null,
      });
      return "created";
    },

    async byId(id) {
      const row = there(accounts.get(id));
      return row && accountOf(row);
    },

    async byEmail(email) {
      const row = there([...accounts.values()].find((each) => each.email.toLowerCase() === email));
      return row && { account: accountOf(row), passwordHash: row.passwordHash };
    },

    async recordLogin(id, atMs) {
      change(id, { lastLoginAtMs: atMs });
    },

    async setLastWorld(id, worldId) {
      change(id, { lastWorldId: worldId });
    },

    async setBanned(id, sinceMs) {
      return change(id, { bannedAtMs: sinceMs });
    },

    async isBanned(id) {
      return (there(accounts.get(id))?.bannedAtMs ?? null) !== null;
    },

    async setRole(id, role) {
      return change(id, { role });
    },

    async replacePasswordHash(id, { from, to }) {
      return accounts.get(id)?.passwordHash === from && change(id, { passwordHash: to });
    },

    async changePasswordHash(id, { from, to }) {
      if (accounts.get(id)?.passwordHash !== from || !change(id, { passwordHash: to })) return false;
      for (const purpose of ["verify", "reset"]) mailTokens.delete(`${id} ${purpose}`);
      return true;
    },

    async beginDeletion(id, { from, atMs }) {
      if (from !== null && accounts.get(id)?.passwordHash !== from) return false;
      return change(id, { deletionBegunAtMs: atMs });
    },

    async deletionsBegun(limit) {
      return [...accounts.values()]
        .filter(isLeaving)
        .toSorted((one, other) => (one.deletionBegunAtMs ?? 0) - (other.deletionBegunAtMs ?? 0))
        .slice(0, limit)
        .map(({ id, email }) => ({ id, email }));
    },
  };
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function accountOf({ passwordHash: _, bannedAtMs: __, deletionBegunAtMs: ___, ...account }: AccountRow): Account {
  return account;
}
