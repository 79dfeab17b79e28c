import type { EventFeed } from "#core/ports/feed.ts";
import type { MemoryTables } from "./tables.ts";

export function memoryEventFeed({ feed }: Pick<MemoryTables, "feed">): EventFeed {
  return {
    async read(afterPosition, limit) {
      return structuredClone(feed.slice(afterPosition, afterPosition + limit));
    },
  };
}
