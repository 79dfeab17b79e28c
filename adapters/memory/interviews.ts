import type { UserId } from "#core/lib/ids.ts";
import type { Interviews, StoredInterview } from "#core/ports/interviews.ts";
import type { NewEvent } from "#core/ports/world-log.ts";
import type { MemoryTables } from "./tables.ts";

export function memoryInterviews({ interviews }: Pick<MemoryTables, "interviews">): Interviews {
  const open = (user: UserId): StoredInterview | undefined =>
    [...interviews.values()].find(({ userId, status }) => userId === user && status === "open");

  return {
    async begin({ id, userId }, firstEvents) {
      const before = open(userId);
      if (before !== undefined) return before.id;
      interviews.set(id, { id, userId, status: "open", events: numbered(firstEvents, 0) });
      return null;
    },

    async get(id) {
      const found = interviews.get(id);
      if (found === undefined) return null;
      const { makes: _, ...interview } = found;
      return structuredClone(interview);
    },

    async latestOf(userId) {
      const own = [...interviews.values()].filter((one) => one.userId === userId);
      return (open(userId) ?? own.at(-1))?.id ?? null;
    },

    async making(limit) {
      const found = [...interviews.values()].flatMap(({ id, userId, makes }) =>
        makes === undefined || makes === null ? [] : [{ id, userId, worldId: makes }],
      );
      return found.slice(0, limit);
    },

    async openOf(userId) {
      return open(userId)?.id ?? null;
    },

    async append(id, { expectedVersion, events, status, makes }) {
      const before = interviews.get(id);
      if (before === undefined || before.events.length !== expectedVersion) return "wrong-version";
      const all = [...before.events, ...numbered(events, expectedVersion)];
      interviews.set(id, { ...before, status, makes, events: all });
      return "appended";
    },
  };
}

function numbered(events: readonly NewEvent[], after: number): StoredInterview["events"] {
  return events.map((event, index) => ({
    ...(JSON.parse(JSON.stringify(event)) as NewEvent),
    version: after + index + 1,
  }));
}
