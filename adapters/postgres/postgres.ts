import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import type { Log } from "#core/ports/system.ts";
import { postgresOn, serverLimits, serverPool } from "./on-pool.ts";

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

export type PostgresOptions = { readonly url: string; readonly log: Log; readonly connectionsMax?: number };

/** Connects when first asked to: a server that is not there yet is UNAVAILABLE, not a failed start. */
export function openPostgres(options: PostgresOptions): Postgres {
  return postgresOver({ ...serverPool(options), ...serverLimits }, options.log);
}

export function postgresOver(config: pg.PoolConfig, log: Log): Postgres {
  const pool = new pg.Pool(config);
  return postgresOn(pool, drizzle(pool), log);
}
