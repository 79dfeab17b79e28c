import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { postgresEventFeed } from "#adapters/postgres/event-feed.ts";
import { migratePostgres } from "#adapters/postgres/migrate-postgres.ts";
import { openPostgres, type Postgres } from "#adapters/postgres/postgres.ts";
import { rng } from "#core/sim/rng.ts";
import type { FeedEvent } from "#core/ports/feed.ts";
import { emptyStorage, silentLog, type Storage } from "#tests/support/database.ts";
import { worldId, worldRecord } from "#tests/support/records.ts";
import { findPostgresServer, startPostgresServer } from "#tests/support/postgres-server.ts";

const bin = findPostgresServer();
const worldsMax = 8;
const worlds = Array.from({ length: worldsMax }, (_, index) => index + 1);

describe.skipIf(bin === null)("a feed of transactions that commit out of order", () => {
  const closers = new AsyncDisposableStack();
  let postgres: Postgres;
  let storage: Storage;
  beforeAll(async () => {
    const { url } = closers.use(await startPostgresServer(bin as string));
    postgres = closers.use(openPostgres({ url, log: silentLog, connectionsMax: worldsMax + 4 }));
    await migratePostgres(postgres, { log: silentLog });
  });
  afterAll(() => closers.disposeAsync());
  beforeEach(async () => {
    storage = await emptyStorage(postgres);
    for (const number of worlds) await storage.worlds.createIfAbsent(worldRecord(number));
    await storage.leases.acquire("owner", worlds.map(worldId), 60_000);
  });

  // As the log does it: the lease first, then the events.
  const lock = (client: pg.ClientBase, number: number) =>
    client.query("select 1 from leases where world_id = $1 for share", [worldId(number)]);
  const insert = (client: pg.ClientBase, number: number, version: number) =>
    client.query(
      "insert into events (stream, version, type, schema_version, payload, metadata) values ($1, $2, 'said', 1, '{}', '{}')",
      [worldId(number), version],
    );
  const append = async (number: number, expectedVersion: number) =>
    expect(
      await storage.worldLog.commit({
        worldId: worldId(number),
        fence: 1,
        expectedVersion,
        events: [{ type: "said", schemaVersion: 1, payload: {}, metadata: {} }],
        characters: [],
      }),
    ).toBe("committed");
  const name = ({ worldId: world, version }: FeedEvent) => `${world.at(-1)}.${version}`;
  const all = async (feed = storage.eventFeed, after = 0) => (await feed.read(after, 1000)).map(name);

  test("an event is held back while one before it may still come, and then both come in order", async () => {
    await append(3, 0);
    await postgres.session(async (late) => {
      await late.query("begin");
      await lock(late, 1);
      await insert(late, 1, 1);
      await append(2, 0);
      expect(await all()).toEqual(["3.1"]);
      const [first] = await storage.eventFeed.read(0, 1);
      expect(await all(storage.eventFeed, first!.position)).toEqual([]);
      // Nor by a reader that has just begun, or that has asked again.
      expect(await all(postgresEventFeed(postgres))).toEqual(["3.1"]);
      expect(await all(storage.eventFeed, first!.position)).toEqual([]);
      await late.query("commit");
      expect(await all(storage.eventFeed, first!.position)).toEqual(["1.1", "2.1"]);
    });
  });

  test("an event is held back, too, when the late one's transaction began after everything that has ended", async () => {
    await postgres.session(async (early) => {
      await early.query("begin");
      await lock(early, 2);
      await postgres.session(async (late) => {
        await late.query("begin");
        await lock(late, 1);
        await insert(late, 1, 1);
        await insert(early, 2, 1);
        await early.query("commit");
        for (let look = 0; look < 3; look++) expect(await all()).toEqual([]);
        await late.query("commit");
      });
    });
    expect(await all()).toEqual(["1.1", "2.1"]);
  });

  test("a transaction that is undone holds nothing back once it is over", async () => {
    await postgres.session(async (undone) => {
      await undone.query("begin");
      await lock(undone, 1);
      await insert(undone, 1, 1);
      await append(2, 0);
      expect(await all()).toEqual([]);
      await undone.query("rollback");
    });
    expect(await all()).toEqual(["2.1"]);
  });

  test("a long transaction that writes no event holds nothing back where there are no gaps", async () => {
    await append(1, 0);
    const [first] = await storage.eventFeed.read(0, 1);
    await postgres.session(async (long) => {
      await long.query("begin");
      await long.query("update worlds set name = name");
      await append(2, 0);
      await append(1, 1);
      expect(await all(storage.eventFeed, first!.position)).toEqual(["2.1", "1.2"]);
      await long.query("rollback");
    });
  });

  test("what one reader knows of gaps that are settled is not used on a page that is older than that", async () => {
    // Both read pages of before the commit while the other's question is answered after it.
    for (let round = 0; round < 20; round++) {
      const before = (await storage.eventFeed.read(0, 10_000)).length;
      await postgres.session(async (late) => {
        await late.query("begin");
        await lock(late, 1);
        await insert(late, 1, round + 1);
        await append(2, round);
        const reads = Promise.all([1, 2, 3, 4].map(() => storage.eventFeed.read(0, 10_000)));
        await late.query("commit");
        for (const events of await reads) {
          expect(new Set([before, before + 2])).toContain(events.length);
        }
      });
    }
  });

  test.each([1, 2, 3])(
    "followers beside eight writers that dawdle, overtake and give up get each event once, in order (seed %i)",
    async (seed) => {
      const transactionsPerWorld = 40;
      let isWriting = true;
      const write = async (number: number): Promise<void> => {
        const random = rng(seed, "writer", number);
        let version = 0;
        await postgres.session(async (client) => {
          for (let each = 0; each < transactionsPerWorld; each++) {
            const events = 1 + Math.floor(random.float() * 3);
            await client.query("begin");
            await lock(client, number);
            for (let added = 1; added <= events; added++) await insert(client, number, version + added);
            await client.query(`select pg_sleep(${random.float() * 0.006})`);
            const isGivenUp = random.float() < 0.2;
            await client.query(isGivenUp ? "rollback" : "commit");
            if (!isGivenUp) version += events;
          }
        });
      };
      const followFrom = async (feed: Storage["eventFeed"], limit: number): Promise<FeedEvent[]> => {
        const seen: FeedEvent[] = [];
        for (;;) {
          const wasWriting = isWriting;
          const events = await feed.read(seen.at(-1)?.position ?? 0, limit);
          seen.push(...events);
          if (events.length === 0 && !wasWriting) return seen;
        }
      };
      const followers = [
        followFrom(storage.eventFeed, 5),
        followFrom(storage.eventFeed, 100),
        followFrom(postgresEventFeed(postgres), 1000),
      ];
      await Promise.all(worlds.map(write));
      isWriting = false;

      const rows = await postgres.statement("", "select position from events order by position", []);
      const committed = rows.map(({ position }) => Number(position));
      expect(committed.length).toBeGreaterThan(worldsMax * transactionsPerWorld);
      for (const seen of await Promise.all(followers)) {
        expect(seen.map(({ position }) => position)).toEqual(committed);
      }
    },
  );
});
