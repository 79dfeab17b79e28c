import { migratePostgres } from "#adapters/postgres/migrate-postgres.ts";
import { type Postgres, postgresOver } from "#adapters/postgres/postgres.ts";
import type { Log } from "#core/ports/system.ts";
import { type PostgresThread, startThread } from "./thread.ts";
import { wireStream } from "./wire-stream.ts";

export type EmbeddedPostgresOptions = {
  /** The cluster's own directory. The caller holds it exclusively: two processes on one corrupt it without a word. */
  readonly dataDir: string;
  /** Where a fresh cluster is kept to copy from. */
  readonly cacheDir: string;
  readonly log: Log;
  /** Told what is going on, in words for the person who waits. */
  readonly onProgress?: (text: string) => void;
};

export type EmbeddedPostgres = Postgres & {
  /** Kills the thread under the connections, as a crash would; the next query starts another. */
  crash(): Promise<void>;
};

// Single-user Postgres has nobody to checkpoint or vacuum: without these the log grows for ever, and with it the start after a kill.
const checkpointEveryMs = 60_000;
const vacuumEveryMs = 600_000;

// One backend serves everyone, so this is how long a query may wait for its turn.
const turnTimeoutMs = 15_000;

/** PGlite with PostGIS in a thread, spoken to through `pg` like any server, and migrated. */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, cacheDir, log } = options;
  const onProgress = options.onProgress ?? (() => undefined);
  let thread: Promise<PostgresThread> | null = null;
  let isClosing = false;

  const start = () => {
    const started = startThread({ dataDir, cacheDir }, onProgress);
    const forget = () => {
      if (thread === started) thread = null;
    };
    started.then(({ ended }) => {
      void ended.then(() => {
        forget();
        if (!isClosing) log.error({}, "the embedded database died; the next query starts it again");
      });
    }, forget);
    return (thread = started);
  };
  // The start may be long and says what it does; only the first connection would otherwise wait for it, silently.
  await start();

  const stream = () => wireStream(async () => (await (thread ?? start())).connect());
  const postgres = postgresOver(
    // One backend, hence one connection: a transaction has it for itself, the others wait in line.
    {
      max: 1,
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: turnTimeoutMs,
      user: "postgres",
      database: "postgres",
      stream,
    },
    log,
  );

  const every = (ms: number, work: (postgres: Postgres) => Promise<unknown>) =>
    setInterval(() => {
      work(postgres).catch((error: unknown) =>
        log.warn({ error: String(error) }, "could not tidy the embedded database"),
      );
    }, ms);
  const timers = [every(checkpointEveryMs, checkpoint), every(vacuumEveryMs, vacuum)];

  const close = async () => {
    if (isClosing) return;
    isClosing = true;
    timers.forEach(clearInterval);
    await postgres.close();
    await (await thread)?.close();
  };

  try {
    onProgress("bringing the schema up to date");
    await migratePostgres(postgres, { log });
  } catch (error) {
    await close();
    throw error;
  }
  return { ...postgres, close, crash: async () => (await thread)?.kill(), [Symbol.asyncDispose]: close };
}

async function checkpoint(postgres: Postgres): Promise<void> {
  await postgres.run((db) => db.execute("checkpoint"));
}

/** Our own tables only: with the system's it would hold everyone up for half a second. */
async function vacuum(postgres: Postgres): Promise<void> {
  await postgres.run(async (db) => {
    const { rows } = await db.execute<{ name: string }>(
      "select quote_ident(relname) as name from pg_stat_user_tables where schemaname = 'public' and relname <> 'spatial_ref_sys'",
    );
    for (const { name } of rows) await db.execute(`vacuum (analyze) ${name}`);
  });
}
