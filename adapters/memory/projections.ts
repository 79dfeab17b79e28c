import type { Projections } from "#core/ports/feed.ts";
import type { MemoryTables } from "./tables.ts";

export function memoryProjections({ projections }: Pick<MemoryTables, "projections">): Projections {
  return {
    async position(name) {
      return projections.get(name)?.position ?? 0;
    },

    async get(name, keys) {
      const documents = projections.get(name)?.documents ?? new Map<string, unknown>();
      return new Map(keys.filter((key) => documents.has(key)).map((key) => [key, structuredClone(documents.get(key))]));
    },

    async advance({ name, from, to, documents }) {
      const { position, documents: before } = projections.get(name) ?? { position: 0, documents: new Map() };
      if (position !== from) return "elsewhere";
      const after = new Map(before);
      for (const [key, document] of documents) {
        if (document === null) after.delete(key);
        else after.set(key, JSON.parse(JSON.stringify(document)));
      }
      projections.set(name, { position: to, documents: after });
      return "advanced";
    },

    async reset(name) {
      projections.delete(name);
    },
  };
}
