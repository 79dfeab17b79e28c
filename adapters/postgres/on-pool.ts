import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { AppError } from "#core/lib/errors.ts";
import type { Log } from "#core/ports/system.ts";
import { guarded } from "./errors.ts";
import type { Postgres, PostgresOptions } from "./postgres.ts";

// What Neon's driver and `pg` have in common, without either: each costs a function's start what only the other needs.

/** One more waiting for a connection is refused with UNAVAILABLE. */
export const waitingMax = 2000;

const connectionsMax = 10;
const connectTimeoutMs = 5_000;
const statementTimeoutMs = 15_000;
// The server ends a slow statement itself; this is for a server that no longer answers at all.
const answerTimeoutMs = statementTimeoutMs + 5_000;

/** For a server elsewhere, whatever carries the bytes. */
export function serverPool(options: PostgresOptions): pg.PoolConfig {
  return {
    connectionString: options.url,
    max: options.connectionsMax ?? connectionsMax,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: "thousand-worlds",
    query_timeout: answerTimeoutMs,
  };
}

/** What the server itself is to end. */
export const serverLimits: pg.PoolConfig = {
  statement_timeout: statementTimeoutMs,
  idle_in_transaction_session_timeout: statementTimeoutMs,
};

export function postgresOn(pool: pg.Pool, db: NodePgDatabase, log: Log): Postgres {
  // Without listeners a dropped connection is an uncaught exception; the pool itself listens only to idle ones.
  const lost = (error: Error) => log.warn({ error: error.message }, "a database connection was lost");
  pool.on("error", lost);
  pool.on("connect", (client) => void client.on("error", () => undefined));

  const admitted = <T>(work: () => Promise<T>): Promise<T> =>
    guarded(() => {
      if (pool.waitingCount >= waitingMax) {
        throw new AppError("UNAVAILABLE", "The database has too much to do just now.", { retryAfterS: 1 });
      }
      if (pool.ending) throw new AppError("UNAVAILABLE", "The database is closed.");
      return work();
    });

  const close = async () => {
    if (!pool.ending) await pool.end();
  };
  return {
    run: (work) => admitted(() => work(db)),
    statement: (name, text, values) =>
      admitted(async () => (await pool.query<Record<string, unknown>>({ name, text, values: [...values] })).rows),
    session: (work) =>
      admitted(async () => {
        const client = await pool.connect();
        try {
          return await work(client);
        } finally {
          client.release(true);
        }
      }),
    ping: () => admitted(async () => void (await pool.query("select 1"))),
    async renew(answerMsMax) {
      await Promise.all(Array.from({ length: pool.idleCount }, () => renewOne(pool, answerMsMax)));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function renewOne(pool: pg.Pool, answerMsMax: number): Promise<void> {
  const client = await pool.connect().catch(() => null);
  if (client === null) return;
  const late = Promise.withResolvers<false>();
  const timer = setTimeout(late.resolve, answerMsMax, false);
  const answers = client.query("select 1").then(
    () => true,
    () => false,
  );
  const isAlive = await Promise.race([answers, late.promise]);
  clearTimeout(timer);
  client.release(!isAlive);
}
