import type { BiographyMetadata } from "#core/character/biography/model.ts";
import type { CharacterLog } from "#core/ports/character-log.ts";
import type { MemoryTables } from "./tables.ts";

export function memoryCharacterLog({
  characters,
  biographies,
  biographySnapshots,
}: Pick<MemoryTables, "characters" | "biographies" | "biographySnapshots">): CharacterLog {
  const streamOf = (id: Parameters<CharacterLog["read"]>[0]) => (characters.has(id) ? (biographies.get(id) ?? []) : []);

  return {
    async read(id, afterVersion, limit) {
      return structuredClone(streamOf(id).slice(afterVersion, afterVersion + limit));
    },

    async readBack(id, beforeVersion, limit) {
      const before = streamOf(id).filter(({ version }) => version < beforeVersion);
      return structuredClone(before.toReversed().slice(0, limit));
    },

    async versionAt(id, atMs) {
      return streamOf(id).findLast(({ metadata }) => (metadata as BiographyMetadata).atMs <= atMs)?.version ?? 0;
    },

    async snapshotAt(id, version) {
      if (!characters.has(id)) return null;
      return structuredClone((biographySnapshots.get(id) ?? []).findLast((each) => each.version <= version) ?? null);
    },

    async saveSnapshot(id, snapshot) {
      if (!characters.has(id)) return;
      const others = (biographySnapshots.get(id) ?? []).filter(({ version }) => version !== snapshot.version);
      const all = [...others, structuredClone(snapshot)];
      biographySnapshots.set(
        id,
        all.toSorted((one, other) => one.version - other.version),
      );
    },
  };
}
