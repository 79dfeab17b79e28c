import { join } from "node:path";
import { postgresLeases } from "#adapters/postgres/leases.ts";
import { postgresWorldLog } from "#adapters/postgres/world-log.ts";
import { postgresWorlds } from "#adapters/postgres/worlds.ts";
import { openEmbeddedPostgres } from "#dev/embedded-postgres/open-embedded-postgres.ts";
import { clusterCacheDir } from "./cluster-cache.ts";
import { worldId, worldRecord } from "./records.ts";

// A process for tests to kill: opens the embedded database of the directory it is given, says each step and how many events it found, then
// appends to world 1 for ever and says each version that is committed.

const log = { debug: () => {}, info: () => {}, warn: console.error, error: console.error };
const postgres = await openEmbeddedPostgres({
  dataDir: join(process.argv[2] as string, "postgres"),
  cacheDir: process.argv[3] ?? clusterCacheDir,
  log,
  onProgress: (text) => console.log(text),
});
await postgresWorlds(postgres).createIfAbsent(worldRecord(1));
const fence = (await postgresLeases(postgres).acquire("child", [worldId(1)], 60_000)).get(worldId(1)) ?? 0;
const worldLog = postgresWorldLog(postgres);
let version = (await worldLog.read(worldId(1), 0, 1_000_000)).length;
console.log(`found ${version}`);
for (;;) {
  const events = [{ type: "counted", schemaVersion: 1, payload: { number: version + 1 }, metadata: {} }];
  const answer = await worldLog.commit({
    worldId: worldId(1),
    fence,
    expectedVersion: version,
    events,
    characters: [],
  });
  if (answer !== "committed") throw new Error(answer);
  console.log(`committed ${++version}`);
}
