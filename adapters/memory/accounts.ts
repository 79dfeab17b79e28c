import type { Account } from "#core/account/model.ts";
import type { UserId } from "#core/lib/ids.ts";
import type { Accounts } from "#core/ports.ts";
import type { AccountRow, MemoryTables } from "./tables.ts";

export function memoryAccounts({ accounts }: Pick<MemoryTables, "accounts">): Accounts {
  const change = (id: UserId, changes: Partial<AccountRow>): boolean => {
    const row = accounts.get(id);
    if (row !== undefined) accounts.set(id, { ...row, ...changes });
    return row !== undefined;
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
        lastWorldId: null,
      });
      return "created";
    },

    async byId(id) {
      const row = accounts.get(id);
      return row === undefined ? null : accountOf(row);
    },

    async byEmail(email) {
      const row = [...accounts.values()].find((each) => each.email.toLowerCase() === email);
      return row === undefined ? null : { account: accountOf(row), passwordHash: row.passwordHash };
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
      return (accounts.get(id)?.bannedAtMs ?? null) !== null;
    },

    async setRole(id, role) {
      return change(id, { role });
    },

    async replacePasswordHash(id, { from, to }) {
      return accounts.get(id)?.passwordHash === from && change(id, { passwordHash: to });
    },
  };
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function accountOf({ passwordHash: _, bannedAtMs: __, ...account }: AccountRow): Account {
  return account;
}
