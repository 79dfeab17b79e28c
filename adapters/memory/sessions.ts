import type { Sessions } from "#core/ports.ts";
import type { MemoryTables } from "./tables.ts";

export function memorySessions({ sessions }: Pick<MemoryTables, "sessions">): Sessions {
  return {
    async create(session) {
      // Whoever comes back sweeps up after themselves: otherwise the dead sessions of years stay.
      for (const { id, userId, expiresAtMs } of sessions.values()) {
        if (userId === session.userId && expiresAtMs <= session.createdAtMs) sessions.delete(id);
      }
      sessions.set(session.id, { ...session });
    },

    async get(id, nowMs) {
      const session = sessions.get(id);
      return session === undefined || session.expiresAtMs <= nowMs ? null : { ...session };
    },

    async revoke(id) {
      sessions.delete(id);
    },

    async ofUser(userId, nowMs) {
      return [...sessions.values()]
        .filter((session) => session.userId === userId && session.expiresAtMs > nowMs)
        .toSorted((one, other) => other.createdAtMs - one.createdAtMs || (one.id < other.id ? -1 : 1));
    },

    async revokeAll(userId) {
      const ended = [...sessions.values()].filter((session) => session.userId === userId).map(({ id }) => id);
      for (const id of ended) sessions.delete(id);
      return ended;
    },
  };
}
