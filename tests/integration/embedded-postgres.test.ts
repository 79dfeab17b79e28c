import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { postgresWorldLog } from "#adapters/postgres/world-log.ts";
import type { Postgres } from "#adapters/postgres/postgres.ts";
import { postgresMajor } from "#dev/embedded-postgres/cluster.ts";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "#dev/embedded-postgres/open-embedded-postgres.ts";
import { clusterCacheDir } from "#tests/support/cluster-cache.ts";
import { silentLog } from "#tests/support/database.ts";
import { worldId } from "#tests/support/records.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "thousand-worlds-embedded-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const open = () => openEmbeddedPostgres({ dataDir: join(home, "postgres"), cacheDir: clusterCacheDir, log: silentLog });
const versions = async (postgres: Postgres) =>
  (await postgresWorldLog(postgres).read(worldId(1), 0, 1_000_000)).map(({ version }) => version);
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

const numberIn = (line: string | undefined) => Number(line?.split(" ")[1]);

/** Runs the child until it has said `line`, kills it, and answers with everything that it had said by the time it was dead. */
async function killedAfter(line: (said: string) => boolean, cacheDir = clusterCacheDir): Promise<string[]> {
  const file = join(import.meta.dirname, "../support/embedded-child.ts");
  const child: ChildProcess = spawn(process.execPath, [file, home, cacheDir], { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  const said: string[] = [];
  for await (const each of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    said.push(each);
    if (line(each)) child.kill("SIGKILL");
  }
  await exited;
  return said;
}

describe("kill −9", () => {
  test("while committing loses nothing that was acknowledged, again and again", { timeout: 60_000 }, async () => {
    const first = await killedAfter((each) => each === "committed 150");
    const acknowledged = numberIn(first.at(-1));
    expect(acknowledged).toBeGreaterThanOrEqual(150);

    const second = await killedAfter((each) => each === `committed ${acknowledged + 30}`);
    const found = numberIn(second.find((each) => each.startsWith("found")));
    // One more may have been committed without anyone having been told.
    expect([acknowledged, acknowledged + 1]).toContain(found);

    await using postgres = await open();
    const kept = await versions(postgres);
    expect(kept).toEqual(upTo(kept.length));
    const last = numberIn(second.at(-1));
    expect([last, last + 1]).toContain(kept.length);
  });

  test("during the first start, when the schema is being made, leaves a start that works", async () => {
    const step = "bringing the schema up to date";
    expect((await killedAfter((each) => each === step)).at(-1)).toBe(step);
    await using postgres = await open();
    expect(await versions(postgres)).toEqual([]);
  });

  test("while the very first cluster is made leaves nothing that is taken for one", async () => {
    const cacheDir = join(home, "cache");
    await killedAfter((each) => each.startsWith("making a database"), cacheDir);
    expect(existsSync(join(home, "postgres"))).toBe(false);
    // Half a copy, as a kill a moment later would have left it.
    mkdirSync(join(home, "postgres.new"));
    writeFileSync(join(home, "postgres.new", "PG_VERSION"), `${postgresMajor}\n`);
    await using postgres = await open();
    await postgres.ping();
    expect(existsSync(join(home, "postgres.new"))).toBe(false);
  });
});

describe("a directory that is not ours", () => {
  test("but of another PostgreSQL is refused with one line", async () => {
    mkdirSync(join(home, "postgres"));
    writeFileSync(join(home, "postgres", "PG_VERSION"), "16\n");
    await expect(open()).rejects.toMatchObject({
      name: "AppError",
      message: `${join(home, "postgres")} was made by PostgreSQL 16; this program embeds ${postgresMajor}.`,
    });
  });

  test("but full of something else is refused, and left as it is", async () => {
    mkdirSync(join(home, "postgres"));
    writeFileSync(join(home, "postgres", "diary.txt"), "dear");
    await expect(open()).rejects.toThrow(`${join(home, "postgres")} is not empty and holds no database.`);
    expect(readFileSync(join(home, "postgres", "diary.txt"), "utf8")).toBe("dear");
  });

  test("but cannot be written is refused instead of waited for", async () => {
    writeFileSync(join(home, "postgres"), "a file");
    await expect(open()).rejects.toMatchObject({ name: "AppError", code: "UNAVAILABLE" });
  });
});

describe("the one backend", () => {
  const shared = mkdtempSync(join(tmpdir(), "thousand-worlds-embedded-"));
  let postgres: EmbeddedPostgres;
  beforeAll(async () => {
    postgres = await openEmbeddedPostgres({
      dataDir: join(shared, "postgres"),
      cacheDir: clusterCacheDir,
      log: silentLog,
    });
    await postgres.run((db) => db.execute("create table notes (text text)"));
  });
  afterAll(async () => {
    await postgres.close();
    rmSync(shared, { recursive: true, force: true });
  });
  const notes = async () =>
    (await postgres.run((db) => db.execute<{ text: string }>("select text from notes order by text"))).rows.map(
      ({ text }) => text,
    );

  test("shows nobody what a transaction has not committed", async () => {
    let seen: Promise<string[]> | undefined;
    const undone = postgres.run((db) =>
      db.transaction(async (transaction) => {
        await transaction.execute("insert into notes values ('draft')");
        seen = notes();
        await transaction.execute("insert into notes values ('draft')");
        throw new Error("thought better of it");
      }),
    );
    await expect(undone).rejects.toThrow("thought better of it");
    expect(await seen).toEqual([]);
  });

  test("goes on after errors, in and out of transactions", async () => {
    await expect(postgres.run((db) => db.execute("select nonsense"))).rejects.toThrow();
    await expect(postgres.statement("broken", "select $1::integer", ["no number"])).rejects.toMatchObject({
      code: "INVALID_INPUT",
    });
    await expect(
      postgres.run((db) => db.transaction((transaction) => transaction.execute("select nonsense"))),
    ).rejects.toThrow();
    await expect(
      postgres.session((client) => client.query("begin; insert into notes values ('left open')")),
    ).resolves.toBeDefined();
    expect(await notes()).toEqual([]);
  });

  test("gives a new connection none of what the last one set", async () => {
    const setting = "select current_setting('work_mem') as value";
    const before = await postgres.session(async (client) => (await client.query(setting)).rows);
    await postgres.session((client) => client.query("set work_mem = '77MB'; create temp table leftover ()"));
    expect(await postgres.session(async (client) => (await client.query(setting)).rows)).toEqual(before);
    await expect(postgres.run((db) => db.execute("select * from leftover"))).rejects.toThrow();
  });

  test("answers many callers at once, each with its own", async () => {
    const answers = await Promise.all(
      upTo(500).map((number) => postgres.statement("own", "select $1::integer as own", [number])),
    );
    expect(answers.map(([row]) => row?.["own"])).toEqual(upTo(500));
  });

  test("carries a megabyte there and back", async () => {
    const large = "‹🦊›".repeat(200_000);
    const [row] = await postgres.statement("echo", "select $1::text as large", [large]);
    expect(row?.["large"]).toBe(large);
  });

  test("has PostGIS, with heights", async () => {
    const [row] = await postgres.statement(
      "far",
      "select st_3ddistance(st_makepoint(0,0,0), st_makepoint(2,3,6)) as m",
      [],
    );
    expect(row).toEqual({ m: 7 });
  });

  test("that dies fails those who wait, is started again by the next, and has kept what it said it had", async () => {
    await postgres.run((db) => db.execute("insert into notes values ('kept')"));
    const waiting = postgres.run((db) => db.execute("select count(*) from generate_series(1, 1000000000)"));
    const failed = expect(waiting).rejects.toMatchObject({ name: "AppError", code: "UNAVAILABLE" });
    await postgres.crash();
    await failed;
    expect(await notes()).toEqual(["kept"]);
  });
});
