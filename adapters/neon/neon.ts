import { Client, Pool } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-serverless";
import type pg from "pg";
import { postgresOn, serverLimits, serverPool } from "#adapters/postgres/on-pool.ts";
import type { Postgres, PostgresOptions } from "#adapters/postgres/postgres.ts";
import { isPooled } from "./pooled.ts";
import { Tunnel } from "./tunnel.ts";

export type NeonOptions = PostgresOptions & {
  /** Through a relay of our own, `ws://host:port`, instead of Neon's. */
  readonly wsProxy?: string;
};

/** The database through a WebSocket, for functions that have no TCP. Everything that stands on a Postgres stands on this. */
export function openNeon(options: NeonOptions): Postgres {
  const limits = isPooled(options.url) ? {} : serverLimits;
  return neonOver({ ...serverPool(options), ...limits }, options);
}

export function neonOver(config: pg.PoolConfig, options: Pick<NeonOptions, "wsProxy" | "log">): Postgres {
  // Neon's pool and client are those of `pg` over another socket, with types of their own.
  const pool = new Pool(config);
  const wsProxy = options.wsProxy ?? null;
  pool.Client = class extends Client {
    constructor(each: ConstructorParameters<typeof Client>[0]) {
      super({ ...(each as object), stream: new Tunnel(wsProxy) as never });
    }
  };
  return postgresOn(pool as unknown as pg.Pool, drizzle(pool), options.log);
}
