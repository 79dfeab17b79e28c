import { join } from "node:path";
import { openDataDir } from "#dev/data-dir.ts";
import { openEmbeddedPostgres } from "#dev/embedded-postgres/open-embedded-postgres.ts";
import type { WorldEvent, EventMetadata } from "#core/world/model.ts";
import { clusterCacheDir } from "./cluster-cache.ts";
import { silentLog } from "./database.ts";

export type Told = {
  readonly worldId: string;
  readonly version: number;
  readonly event: WorldEvent;
  readonly metadata: EventMetadata;
};

/** All that ever happened in a data directory that nobody uses just now, in the order in which it was committed. */
export async function storyOf(path: string): Promise<Told[]> {
  await using dataDir = await openDataDir(path);
  const directories = { dataDir: join(dataDir.path, "postgres"), cacheDir: clusterCacheDir };
  await using postgres = await openEmbeddedPostgres({ ...directories, log: silentLog });
  const rows = await postgres.run((db) =>
    db.execute<{ stream: string; version: number; type: string; payload: object; metadata: EventMetadata }>(
      "select stream, version, type, payload, metadata from events order by position",
    ),
  );
  return rows.rows.map(({ stream, version, type, payload, metadata }) => ({
    worldId: stream,
    version,
    event: { type, ...payload } as WorldEvent,
    metadata,
  }));
}
