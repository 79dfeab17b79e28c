import { type CharacterChange, eventsPerMilestone, type StoredSnapshot, type WorldLog } from "#core/ports/world-log.ts";
import { furthestChanges } from "../furthest-changes.ts";
import { appended, type MemoryTables } from "./tables.ts";

const snapshotsKeptMax = 3;

export function memoryWorldLog({
  events,
  feed,
  snapshots,
  leases,
  characters,
  biographies,
}: Pick<MemoryTables, "events" | "feed" | "snapshots" | "leases" | "characters" | "biographies">): WorldLog {
  const move = ({ id, biography, ...change }: CharacterChange) => {
    const character = characters.get(id);
    if (character === undefined || change.travels < character.travels) return;
    characters.set(id, structuredClone({ ...character, ...change }));
    if (biography !== undefined) biographies.set(id, appended(biographies.get(id) ?? [], biography));
  };

  return {
    async commit(commit) {
      if (leases.get(commit.worldId)?.fence !== commit.fence) return "stale-fence";
      const stream = events.get(commit.worldId) ?? [];
      if (stream.length !== commit.expectedVersion) return "wrong-version";
      const recordedAtMs = Date.now();
      for (const event of throughJson(commit.events)) {
        const stored = { ...event, version: stream.length + 1 };
        stream.push(stored);
        feed.push({ ...stored, position: feed.length + 1, worldId: commit.worldId, recordedAtMs });
      }
      events.set(commit.worldId, stream);
      furthestChanges(commit.characters).forEach(move);
      return "committed";
    },

    async read(worldId, afterVersion, limit) {
      const stream = events.get(worldId) ?? [];
      return structuredClone(stream.slice(Math.max(0, afterVersion), Math.max(0, afterVersion) + limit));
    },

    async latestSnapshot(worldId) {
      return structuredClone(snapshots.get(worldId)?.[0] ?? null);
    },

    async snapshotAt(worldId, version) {
      return structuredClone((snapshots.get(worldId) ?? []).find((each) => each.version <= version) ?? null);
    },

    async saveSnapshot(worldId, snapshot) {
      const others = (snapshots.get(worldId) ?? []).filter(({ version }) => version !== snapshot.version);
      const newestFirst = [...others, throughJson(snapshot)].toSorted((one, other) => other.version - one.version);
      snapshots.set(
        worldId,
        newestFirst.filter((each, index) => index < snapshotsKeptMax || isMilestone(each, newestFirst)),
      );
    },

    async snapshotHashes(worldId) {
      return (snapshots.get(worldId) ?? []).map(({ version, hash }) => ({ version, hash })).toReversed();
    },
  };
}

/** What is no JSON would not survive the real thing either. */
function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** The first of its share of versions. */
function isMilestone({ version }: StoredSnapshot, all: readonly StoredSnapshot[]): boolean {
  const share = Math.floor(version / eventsPerMilestone);
  return (
    share > 0 &&
    !all.some((other) => other.version < version && Math.floor(other.version / eventsPerMilestone) === share)
  );
}
