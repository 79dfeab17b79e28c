import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { AppError } from "#core/lib/errors.ts";
import type { Log } from "#core/ports/system.ts";
import { guarded } from "./errors.ts";

/** A Postgres, a server or the embedded one: the adapters cannot tell. */
export type Postgres = AsyncDisposable & {
  /** Runs `work` with drizzle. Whatever goes wrong with the server comes out as an AppError. */
  run<T>(work: (db: NodePgDatabase) => Promise<T>): Promise<T>;
  /** A named statement, parsed and planned once a connection. For hot paths. */
  statement(name: string, text: string, values: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** One connection for as long as `work` runs, thrown away after it: whatever it set or locked dies with it. */
  session<T>(work: (client: pg.ClientBase) => Promise<T>): Promise<T>;
  /** Resolves when the database answers. */
  ping(): Promise<void>;
  /** Lets go of every idle connection on which the database does not answer within `answerMsMax`. For a process that was frozen. */
  renew(answerMsMax: number): Promise<void>;
  close(): Promise<void>;
};

/** One more waiting for a connection is refused with UNAVAILABLE. */
export const waitingMax = 2000;

const connectionsMax = 10;
const connectTimeoutMs = 5_000;
const statementTimeoutMs = 15_000;
// The server ends a slow statement itself; this is for a server that no longer answers at all.
const answerTimeoutMs = statementTimeoutMs + 5_000;

export type PostgresOptions = { readonly url: string; readonly log: Log; readonly connectionsMax?: number };

/** Connects when first asked to: a server that is not there yet is UNAVAILABLE, not a failed start. */
export function openPostgres(options: PostgresOptions): Postgres {
  return postgresOver({ ...serverPool(options), ...serverLimits }, options.log);
}

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

export function postgresOver(config: pg.PoolConfig, log: Log): Postgres {
  const pool = new pg.Pool(config);
  return postgresOn(pool, drizzle(pool), log);
}

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
