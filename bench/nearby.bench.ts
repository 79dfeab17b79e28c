// Who and what is near a place, by PostGIS over 100,000 positioned things, beside a bare round trip and a look at every row, in the same run, interleaved.
// Budget (targets.md): p99 ≤ 5 ms on Postgres 15 + PostGIS with the index used. The same question in an owner's memory is in perception.bench.ts.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { postgresLeases } from "#adapters/postgres/leases.ts";
import { nearbyText, postgresPlacements } from "#adapters/postgres/placements.ts";
import { postgresWorlds } from "#adapters/postgres/worlds.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { Placed } from "#core/ports/placements.ts";
import { rng } from "#core/sim/rng.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import { durablePostgres } from "./support/durable-postgres.ts";
import { quantile } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const placedMany = isSmoke ? 5_000 : 100_000;
const queries = isSmoke ? 50 : 3_000;
const looksAtAll = isSmoke ? 5 : 60;
const movedMany = 1_000;
const sideM = 2_000;
const radiusM = 20;
const flat = { radiusM: null, bounds: null };

await using stack = new AsyncDisposableStack();
const { url, postgres } = await durablePostgres(stack);
const bare = new pg.Client({ connectionString: url });
await bare.connect();
stack.defer(() => bare.end());
// The same words, without an index to find anything by.
await bare.query("set enable_indexscan = off; set enable_bitmapscan = off; set enable_indexonlyscan = off");
const placements = postgresPlacements(postgres);

console.log(`nearby: ${placedMany} positioned things, ${queries} questions for ${radiusM} m each, ms`);
await measured("all in one world", await strewn(1));
await measured("a hundred worlds around one spawn", await strewn(100));

async function strewn(worldsMany: number): Promise<WorldId[]> {
  await postgres.statement("", "delete from placements", []);
  const worlds = Array.from({ length: worldsMany }, () => randomUUID() as WorldId);
  const { spec } = readyMadeWorlds[0]!;
  for (const id of worlds) {
    const record = { id, name: `bench ${id}`, ownerId: null, status: "active", spec, createdAtMs: 0 } as const;
    await postgresWorlds(postgres).createIfAbsent(record);
  }
  const fences = await postgresLeases(postgres).acquire("bench", worlds, 600_000);
  const random = rng(1, "strewn");
  for (const worldId of worlds) {
    const fence = fences.get(worldId) ?? 0;
    const placed = Array.from({ length: placedMany / worldsMany }, (_, n) =>
      thing(n, () => random.float(), worldsMany),
    );
    for (let from = 0; from < placed.length; from += 10_000) {
      const part = placed.slice(from, from + 10_000);
      await placements.write({ worldId, fence, space: flat, placed: part, gone: [], isWhole: false });
    }
  }
  await postgres.statement("", "analyze placements", []);
  const [worldId] = worlds as [WorldId];
  const moves: number[] = [];
  for (let round = 0; round < (isSmoke ? 1 : 20); round++) {
    const placed = Array.from({ length: Math.min(movedMany, placedMany / worldsMany) }, (_, n) =>
      thing(n, () => random.float(), worldsMany),
    );
    const write = { worldId, fence: fences.get(worldId) ?? 0, space: flat, placed, gone: [], isWhole: false };
    moves.push(await took(() => placements.write(write)));
  }
  console.log(
    `${String(Math.min(movedMany, placedMany / worldsMany)).padStart(6)} moved in one statement  ${line(moves)}`,
  );
  return worlds;
}

function thing(n: number, float: () => number, worldsMany: number): Placed {
  const side = sideM / Math.sqrt(worldsMany);
  return {
    kind: "thing",
    id: `stone-${n}`,
    name: "stone",
    position: { x: float() * side, y: float() * side, z: float() * 20 },
  };
}

async function measured(name: string, worlds: readonly WorldId[]): Promise<void> {
  const random = rng(2, name);
  const side = sideM / Math.sqrt(worlds.length);
  const times = { ours: [] as number[], trip: [] as number[], all: [] as number[] };
  let found = 0;
  const one = async (isMeasured: boolean) => {
    const id = worlds[random.int(worlds.length)]!;
    const position = { x: random.float() * side, y: random.float() * side, z: 10 };
    const ours = await took(async () => {
      found += (await placements.nearby({ id, space: flat }, { position, radiusM, limit: 200 })).length;
    });
    const trip = await took(() => bare.query({ name: "trip", text: "select 1" }));
    if (!isMeasured) return;
    times.ours.push(ours);
    times.trip.push(trip);
    if (times.all.length < looksAtAll && times.ours.length % 10 === 0) {
      const values = [id, position.x, position.y, position.z, radiusM, 200];
      times.all.push(await took(() => bare.query({ name: "all", text: nearbyText, values })));
    }
  };
  for (let i = 0; i < queries / 10; i++) await one(false);
  found = 0;
  for (let i = 0; i < queries; i++) await one(true);
  console.log(`${name}: ${(found / queries).toFixed(0)} found each`);
  console.log(`  PostGIS              ${line(times.ours)}`);
  console.log(`  a bare round trip    ${line(times.trip)}`);
  console.log(`  every row looked at  ${line(times.all)}`);
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

function line(ms: readonly number[]): string {
  const [p50, p99, min] = [quantile(ms, 0.5), quantile(ms, 0.99), Math.min(...ms)].map((each) => each.toFixed(2));
  return `min ${min}  p50 ${p50}  p99 ${p99}`;
}
