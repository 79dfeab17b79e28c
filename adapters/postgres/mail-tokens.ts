import { sql } from "drizzle-orm";
import type { UserId } from "#core/lib/ids.ts";
import type { MailTokens } from "#core/ports/mail.ts";
import type { Postgres } from "./postgres.ts";

// One statement each, hence atomic. The lock is on the account first, as in every other step that ends tokens: of those that race for one, the
// later ones wait for its row, see it gone, and get nothing.

const issueText = `
  insert into mail_tokens (user_id, purpose, hash, email, expires_at)
  select id, $2, $3, $4, $5::timestamptz from accounts
  where id = $1 and lower(email) = $4 and deletion_begun_at is null for share
  on conflict (user_id, purpose) do update
  set hash = excluded.hash, email = excluded.email, expires_at = excluded.expires_at`;

const living = `
  from mail_tokens join accounts on accounts.id = user_id
  where purpose = $1 and hash = $2 and expires_at > $3::timestamptz and lower(accounts.email) = mail_tokens.email
    and deletion_begun_at is null`;

const findText = `select user_id ${living}`;

export function postgresMailTokens(postgres: Postgres): MailTokens {
  const spend = (
    purpose: "verify" | "reset",
    { hash, nowMs, change }: { hash: string; nowMs: number; change: ReturnType<typeof sql> },
  ): Promise<UserId | null> =>
    postgres.run((db) =>
      db.transaction(async (tx) => {
        const now = instant(nowMs);
        const found = await tx.execute(sql`
          select accounts.id from accounts where deletion_begun_at is null and id = (
            select user_id from mail_tokens where purpose = ${purpose} and hash = ${hash}
          ) for update`);
        const id = found.rows[0]?.["id"] as UserId | undefined;
        if (id === undefined) return null;
        const spent = await tx.execute(sql`
          delete from mail_tokens using accounts
          where user_id = ${id} and accounts.id = ${id} and purpose = ${purpose} and hash = ${hash}
            and expires_at > ${now}::timestamptz and lower(accounts.email) = mail_tokens.email`);
        if (spent.rowCount !== 1) return null;
        await tx.execute(sql`
          update accounts set email_verified_at = coalesce(email_verified_at, ${now}::timestamptz) ${change} where id = ${id}`);
        if (purpose === "reset") await tx.execute(sql`delete from mail_tokens where user_id = ${id}`);
        return id;
      }),
    );

  return {
    async issue({ userId, purpose, hash, email, expiresAtMs }) {
      await postgres.statement("", issueText, [userId, purpose, hash, email, instant(expiresAtMs)]);
    },

    async find(purpose, hash, nowMs) {
      const [row] = await postgres.statement("", findText, [purpose, hash, instant(nowMs)]);
      return (row?.["user_id"] ?? null) as UserId | null;
    },

    verifyEmail: (hash, nowMs) => spend("verify", { hash, nowMs, change: sql`` }),
    resetPassword: (hash, passwordHash, nowMs) =>
      spend("reset", { hash, nowMs, change: sql`, password_hash = ${passwordHash}` }),
  };
}

const instant = (ms: number): string => new Date(ms).toISOString();
