import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migratePostgres } from "#adapters/postgres/migrate-postgres.ts";
import { nearbyText, postgresPlacements } from "#adapters/postgres/placements.ts";
import { openPostgres, type Postgres } from "#adapters/postgres/postgres.ts";
import { postgresWorlds } from "#adapters/postgres/worlds.ts";
import { silentLog } from "#tests/support/database.ts";
import { findPostgresServer, startPostgresServer } from "#tests/support/postgres-server.ts";
import { worldId, worldRecord } from "#tests/support/records.ts";

const bin = findPostgresServer();
const placedMany = 30_000;

describe.skipIf(bin === null)("places on a real server", () => {
  const closers = new AsyncDisposableStack();
  let postgres: Postgres;
  beforeAll(async () => {
    const { url } = closers.use(await startPostgresServer(bin as string));
    postgres = closers.use(openPostgres({ url, log: silentLog }));
    await migratePostgres(postgres, { log: silentLog });
    const worlds = postgresWorlds(postgres);
    for (const number of [1, 2]) await worlds.createIfAbsent(worldRecord(number));
    // A square kilometre of each, evenly strewn: one thing every few metres.
    const strewn = `
      insert into placements (world_id, kind, id, name, x, y, z, point)
      select $1::uuid, 'thing', n::text, 'stone', x, y, 0, st_makepoint(x, y, 0) from (
        select n, (n::bigint * 7919 % 1000)::float8 as x, (n::bigint * 104729 % 1009)::float8 as y from generate_series(1, $2::integer) as n) as places`;
    for (const number of [1, 2]) await postgres.statement("", strewn, [worldId(number), placedMany]);
    await postgres.statement("", "analyze placements", []);
  });
  afterAll(() => closers.disposeAsync());

  test.each(["force_custom_plan", "force_generic_plan"])("what is near is found by the index (%s)", async (mode) => {
    const plan = await postgres.session(async (client) => {
      await client.query(`set plan_cache_mode = ${mode}`);
      await client.query(`prepare near as ${nearbyText}`);
      const { rows } = await client.query(`explain (format json) execute near ('${worldId(1)}', 500, 500, 0, 50, 200)`);
      return JSON.stringify(rows);
    });
    expect(plan).toContain("placements_point");
    expect(plan).not.toContain("Seq Scan");
  });

  test("it finds what a look at everything finds", async () => {
    const placements = postgresPlacements(postgres);
    const space = { radiusM: null, bounds: null };
    const near = await placements.nearby(
      { id: worldId(1), space },
      { position: { x: 400, y: 300, z: 0 }, radiusM: 25, limit: 1000 },
    );
    const [all] = await postgres.statement(
      "",
      "select count(*)::integer as many from placements where world_id = $1 and sqrt((x - 400) ^ 2 + (y - 300) ^ 2 + z ^ 2) <= 25",
      [worldId(1)],
    );
    expect(near.length).toBeGreaterThan(20);
    expect(near.length).toBe(all?.["many"]);
  });

  test("a thousand are written in one statement, and faster than a turn", async () => {
    const placements = postgresPlacements(postgres);
    await postgres.statement("", "insert into leases (world_id, owner, fence, expires_at) values ($1, 'o', 1, now())", [
      worldId(2),
    ]);
    const asked: string[] = [];
    const counting = {
      ...postgres,
      statement: (...args: Parameters<Postgres["statement"]>) => (asked.push(args[0]), postgres.statement(...args)),
    };
    const placed = Array.from(
      { length: 1000 },
      (_, n) => ({ kind: "character", id: `c${n}`, name: "Ana", position: { x: n, y: 5000, z: 0 } }) as const,
    );
    const space = { radiusM: null, bounds: null };
    await postgresPlacements(counting).write({
      worldId: worldId(2),
      fence: 1,
      space,
      placed,
      gone: [],
      isWhole: false,
    });
    expect(asked).toEqual(["placements_write"]);
    const near = await placements.nearby(
      { id: worldId(2), space },
      { position: { x: 0, y: 5000, z: 0 }, radiusM: 10, limit: 99 },
    );
    expect(near).toHaveLength(11);
  });
});
