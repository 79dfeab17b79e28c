import { and, eq, sql } from "drizzle-orm";
import type { Account } from "#core/account/model.ts";
import type { UserId } from "#core/lib/ids.ts";
import type { Accounts } from "#core/ports.ts";
import { accounts } from "#drizzle/schema/accounts.ts";
import { brokenUnique } from "./errors.ts";
import type { Postgres } from "./postgres.ts";

export function postgresAccounts(postgres: Postgres): Accounts {
  const change = async (id: UserId, changes: Partial<typeof accounts.$inferInsert>): Promise<boolean> => {
    const changed = await postgres.run((db) =>
      db.update(accounts).set(changes).where(eq(accounts.id, id)).returning({ id: accounts.id }),
    );
    return changed.length === 1;
  };

  return {
    async create({ id, email, username, createdAtMs, passwordHash }) {
      return postgres.run(async (db) => {
        try {
          await db.insert(accounts).values({ id, email, username, passwordHash, createdAt: createdAtMs });
          return "created";
        } catch (error) {
          const constraint = brokenUnique(error);
          if (constraint === "accounts_email_unique") return "email-taken";
          if (constraint === "accounts_username_unique") return "username-taken";
          throw error;
        }
      });
    },

    async byId(id) {
      const [row] = await postgres.run((db) => db.select().from(accounts).where(eq(accounts.id, id)));
      return row === undefined ? null : accountOf(row);
    },

    async byEmail(email) {
      const [row] = await postgres.run((db) =>
        db
          .select()
          .from(accounts)
          .where(sql`lower(${accounts.email}) = ${email}`),
      );
      return row === undefined ? null : { account: accountOf(row), passwordHash: row.passwordHash };
    },

    async recordLogin(id, atMs) {
      await postgres.run((db) => db.update(accounts).set({ lastLoginAt: atMs }).where(eq(accounts.id, id)));
    },

    async setLastWorld(id, worldId) {
      await postgres.run((db) => db.update(accounts).set({ lastWorldId: worldId }).where(eq(accounts.id, id)));
    },

    async setBanned(id, sinceMs) {
      return change(id, { bannedAt: sinceMs });
    },

    async isBanned(id) {
      const [row] = await postgres.run((db) =>
        db.select({ bannedAt: accounts.bannedAt }).from(accounts).where(eq(accounts.id, id)),
      );
      return (row?.bannedAt ?? null) !== null;
    },

    async setRole(id, role) {
      return change(id, { role });
    },

    async replacePasswordHash(id, { from, to }) {
      const changed = await postgres.run((db) =>
        db
          .update(accounts)
          .set({ passwordHash: to })
          .where(and(eq(accounts.id, id), eq(accounts.passwordHash, from)))
          .returning({ id: accounts.id }),
      );
      return changed.length === 1;
    },
  };
}

function accountOf(row: typeof accounts.$inferSelect): Account {
  return {
    id: row.id,
    email: row.email,
    username: row.username,
    role: row.role,
    createdAtMs: row.createdAt,
    lastLoginAtMs: row.lastLoginAt,
    lastWorldId: row.lastWorldId,
  };
}
