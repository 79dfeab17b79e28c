import { and, asc, eq, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Account } from "#core/account/model.ts";
import type { UserId } from "#core/lib/ids.ts";
import type { Accounts } from "#core/ports/accounts.ts";
import { accounts } from "#drizzle/schema/accounts.ts";
import { mailTokens } from "#drizzle/schema/mail.ts";
import { brokenUnique } from "./errors.ts";
import type { Postgres } from "./postgres.ts";

export function postgresAccounts(postgres: Postgres): Accounts {
  return { ...finding(postgres), ...changing(postgres), ...leaving(postgres) };
}

function finding(postgres: Postgres): Pick<Accounts, "create" | "byId" | "byEmail" | "isBanned"> {
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
      const [row] = await postgres.run((db) =>
        db
          .select()
          .from(accounts)
          .where(there(eq(accounts.id, id))),
      );
      return row === undefined ? null : accountOf(row);
    },

    async byEmail(email) {
      const [row] = await postgres.run((db) =>
        db
          .select()
          .from(accounts)
          .where(there(sql`lower(${accounts.email}) = ${email}`)),
      );
      return row === undefined ? null : { account: accountOf(row), passwordHash: row.passwordHash };
    },

    async isBanned(id) {
      const [row] = await postgres.run((db) =>
        db
          .select({ bannedAt: accounts.bannedAt })
          .from(accounts)
          .where(there(eq(accounts.id, id))),
      );
      return (row?.bannedAt ?? null) !== null;
    },
  };
}

type Changes = "recordLogin" | "setLastWorld" | "setBanned" | "setRole" | "replacePasswordHash" | "changePasswordHash";

function changing(postgres: Postgres): Pick<Accounts, Changes> {
  const change = async (id: UserId, changes: Partial<typeof accounts.$inferInsert>): Promise<boolean> => {
    const changed = await postgres.run((db) =>
      db
        .update(accounts)
        .set(changes)
        .where(there(eq(accounts.id, id)))
        .returning({ id: accounts.id }),
    );
    return changed.length === 1;
  };

  return {
    async recordLogin(id, atMs) {
      await change(id, { lastLoginAt: atMs });
    },

    async setLastWorld(id, worldId) {
      await change(id, { lastWorldId: worldId });
    },

    async setBanned(id, sinceMs) {
      return change(id, { bannedAt: sinceMs });
    },

    async setRole(id, role) {
      return change(id, { role });
    },

    async replacePasswordHash(id, { from, to }) {
      const changed = await postgres.run((db) =>
        db
          .update(accounts)
          .set({ passwordHash: to })
          .where(there(eq(accounts.id, id), eq(accounts.passwordHash, from)))
          .returning({ id: accounts.id }),
      );
      return changed.length === 1;
    },

    async changePasswordHash(id, { from, to }) {
      return postgres.run((db) =>
        db.transaction(async (tx) => {
          const changed = await tx
            .update(accounts)
            .set({ passwordHash: to })
            .where(there(eq(accounts.id, id), eq(accounts.passwordHash, from)))
            .returning({ id: accounts.id });
          if (changed.length === 1) await tx.delete(mailTokens).where(eq(mailTokens.userId, id));
          return changed.length === 1;
        }),
      );
    },
  };
}

function leaving(postgres: Postgres): Pick<Accounts, "beginDeletion" | "deletionsBegun"> {
  return {
    async beginDeletion(id, { from, atMs }) {
      const isSame = from === null ? undefined : eq(accounts.passwordHash, from);
      const begun = await postgres.run((db) =>
        db
          .update(accounts)
          .set({ deletionBegunAt: atMs })
          .where(there(eq(accounts.id, id), isSame))
          .returning({ id: accounts.id }),
      );
      return begun.length === 1;
    },

    async deletionsBegun(limit) {
      return postgres.run((db) =>
        db
          .select({ id: accounts.id, email: accounts.email })
          .from(accounts)
          .where(isNotNull(accounts.deletionBegunAt))
          .orderBy(asc(accounts.deletionBegunAt))
          .limit(limit),
      );
    },
  };
}

/** Whoever is on his way out is not there any more. */
function there(...conditions: (SQL | undefined)[]): SQL | undefined {
  return and(...conditions, isNull(accounts.deletionBegunAt));
}

function accountOf(row: typeof accounts.$inferSelect): Account {
  return {
    id: row.id,
    email: row.email,
    username: row.username,
    role: row.role,
    createdAtMs: row.createdAt,
    lastLoginAtMs: row.lastLoginAt,
    emailVerifiedAtMs: row.emailVerifiedAt,
    lastWorldId: row.lastWorldId,
  };
}
