// Durable events into one Postgres 15 and back into state, beside a bare multi-row INSERT and a bare SELECT over the same driver in the same run.
// Budget (targets.md): ≥ 20,000 durable events/s in batches, contended/uncontended ≥ 0.8, replay ≥ 500,000 events/s into state.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { postgresLeases } from "#adapters/postgres/leases.ts";
import { postgresWorldLog } from "#adapters/postgres/world-log.ts";
import { postgresWorlds } from "#adapters/postgres/worlds.ts";
import type { CharacterId, WorldId } from "#core/lib/ids.ts";
import type { Commit, NewEvent } from "#core/ports/world-log.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import { loadWorld } from "#workers/world/load-world.ts";
import { benchLog, durablePostgres } from "./support/durable-postgres.ts";
import { quantile, summary } from "./support/statistics.ts";

const isSmoke = process.argv.includes("--smoke");
const rounds = isSmoke ? 1 : 7;
const batch = 100;
const batchesPerWorld = isSmoke ? 2 : 60;
const worldsMany = isSmoke ? 2 : 8;
const replayed = isSmoke ? 2_000 : 200_000;

await using stack = new AsyncDisposableStack();
const { url, postgres } = await durablePostgres(stack);
const bare = new pg.Pool({ connectionString: url, max: 10 });
stack.defer(() => bare.end());
await bare.query(
  "create table bare (stream uuid, version integer, type text, payload json, metadata json, primary key (stream, version))",
);

const worldLog = postgresWorldLog(postgres);
const leases = postgresLeases(postgres);

const one = { floor: [] as number[], ours: [] as number[] };
const many = { floor: [] as number[], ours: [] as number[] };
for (let round = 0; round < rounds; round++) {
  one.floor.push(await perSecond(1, insertBare));
  one.ours.push(await perSecond(1, appendOurs));
  many.floor.push(await perSecond(worldsMany, insertBare));
  many.ours.push(await perSecond(worldsMany, appendOurs));
}
const replay = { floor: [] as number[], ours: [] as number[] };
const [longWorld] = await newWorlds(1);
await appendOurs(longWorld!, Math.ceil(replayed / batch));
for (let round = 0; round < rounds; round++) {
  replay.floor.push(
    await rate(replayed, () =>
      bare.query(
        "select version, type, schema_version, payload, metadata from events where stream = $1 order by version",
        [longWorld!.id],
      ),
    ),
  );
  replay.ours.push(await rate(replayed, () => loadWorld({ worldLog, log: benchLog }, longWorld!.id)));
}

console.log(
  `event store: ${rounds} interleaved rounds, batches of ${batch} events, fsync and synchronous_commit on; events/s, median (best)`,
);
line("append, 1 world", one);
line(`append, ${worldsMany} worlds at once`, many);
line(`replay of ${replayed} into state`, replay);
const [alone, together] = [quantile(one.ours, 0.5), quantile(many.ours, 0.5)];
console.log(`contended/uncontended: ${(together / alone).toFixed(2)}`);

function line(name: string, { floor, ours }: { floor: readonly number[]; ours: readonly number[] }): void {
  const text = (values: readonly number[]) =>
    `${Math.round(summary(values).median)} (${Math.round(Math.max(...values))})`;
  const ratio = quantile(ours, 0.5) / quantile(floor, 0.5);
  console.log(
    `${name.padEnd(32)} ours ${text(ours).padEnd(18)} bare ${text(floor).padEnd(18)} ratio ${ratio.toFixed(2)}`,
  );
}

type World = { readonly id: WorldId; readonly fence: number; version: number };

async function newWorlds(count: number): Promise<World[]> {
  const ids = Array.from({ length: count }, () => randomUUID() as WorldId);
  const { spec } = readyMadeWorlds[0]!;
  for (const id of ids) {
    await postgresWorlds(postgres).createIfAbsent({
      id,
      name: `bench ${id}`,
      ownerId: null,
      status: "active",
      spec,
      createdAtMs: 0,
    });
  }
  const fences = await leases.acquire("bench", ids, 600_000);
  return ids.map((id) => ({ id, fence: fences.get(id) ?? 0, version: 0 }));
}

async function perSecond(worlds: number, append: (world: World, batches: number) => Promise<void>): Promise<number> {
  const all = await newWorlds(worlds);
  return rate(worlds * batchesPerWorld * batch, () => Promise.all(all.map((world) => append(world, batchesPerWorld))));
}

async function rate(count: number, work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return count / ((performance.now() - startedMs) / 1000);
}

async function appendOurs(world: World, batches: number): Promise<void> {
  for (let i = 0; i < batches; i++) {
    const commit: Commit = {
      worldId: world.id,
      fence: world.fence,
      expectedVersion: world.version,
      events: events(world.version),
      characters: [],
    };
    const result = await worldLog.commit(commit);
    if (result !== "committed") throw new Error(result);
    world.version += batch;
  }
}

async function insertBare(world: World, batches: number): Promise<void> {
  for (let i = 0; i < batches; i++) {
    const all = events(world.version);
    await bare.query(
      "insert into bare select $1, $2::integer + number, type, payload::json, metadata::json from unnest($3::text[], $4::text[], $5::text[]) with ordinality as given (type, payload, metadata, number)",
      [
        world.id,
        world.version,
        all.map(({ type }) => type),
        all.map(({ payload }) => JSON.stringify(payload)),
        all.map(({ metadata }) => JSON.stringify(metadata)),
      ],
    );
    world.version += batch;
  }
}

function events(from: number): NewEvent[] {
  const characterId = "5bb54428-590e-4db8-bde3-4f46842855c6" as CharacterId;
  return Array.from({ length: batch }, (_, i) => ({
    type: "moved",
    schemaVersion: 1,
    payload: {
      characterId,
      position: { x: from + i, y: 3, z: 0 },
      orientation: { x: 0, y: 1, z: 0 },
      stamina: { value: 497, atGameMs: 30_240_000 + i },
    },
    metadata: { atMs: 1_900_000_000_000 + i, inputId: randomUUID(), actorId: characterId },
  }));
}
