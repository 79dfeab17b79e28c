import { lastsUntilMs, type Session } from "#core/account/model.ts";
import { present } from "#core/account/refresh-family.ts";
import type { SessionId } from "#core/lib/ids.ts";
import type { Sessions } from "#core/ports/sessions.ts";
import type { MemoryTables, SessionRow } from "./tables.ts";

export function memorySessions({ sessions }: Pick<MemoryTables, "sessions">): Sessions {
  const living = (id: SessionId, nowMs: number): SessionRow | null => {
    const row = sessions.get(id);
    return row === undefined || row.expiresAtMs <= nowMs ? null : row;
  };

  return {
    async create(session, refreshHash) {
      // Whoever comes back sweeps up after themselves: otherwise the dead sessions of years stay.
      for (const { id, userId, expiresAtMs } of sessions.values()) {
        if (userId === session.userId && expiresAtMs <= session.createdAtMs) sessions.delete(id);
      }
      const family = refreshHash === undefined ? null : { hash: refreshHash, generation: 0, rotatedAtMs: [] };
      sessions.set(session.id, { ...session, family });
    },

    async get(id, nowMs) {
      const row = living(id, nowMs);
      return row && sessionOf(row);
    },

    async touch(id, nowMs, lifetime) {
      const row = living(id, nowMs);
      if (row !== null) sessions.set(id, { ...row, expiresAtMs: lastsUntilMs(row, nowMs, lifetime) });
    },

    async refresh(id, presented, nowMs, lifetime) {
      const row = living(id, nowMs);
      if (row === null || row.family === null) return { outcome: "unknown" };
      const family = present(row.family, presented, nowMs);
      if (family === "unknown") return { outcome: "unknown" };
      if (family === "reused") {
        sessions.delete(id);
        return { outcome: "reused", userId: row.userId };
      }
      const refreshed = { ...row, family, expiresAtMs: lastsUntilMs(row, nowMs, lifetime) };
      sessions.set(id, refreshed);
      return { outcome: "refreshed", session: sessionOf(refreshed), generation: family.generation };
    },

    async revoke(id) {
      sessions.delete(id);
    },

    async ofUser(userId, nowMs) {
      return [...sessions.values()]
        .filter((session) => session.userId === userId && session.expiresAtMs > nowMs)
        .map(sessionOf)
        .toSorted((one, other) => other.createdAtMs - one.createdAtMs || (one.id < other.id ? -1 : 1));
    },

    async revokeAll(userId, except) {
      const ended = [...sessions.values()].filter((row) => row.userId === userId && row.id !== except);
      for (const { id } of ended) sessions.delete(id);
      return ended.map(({ id }) => id);
    },
  };
}

function sessionOf({ family: _, ...session }: SessionRow): Session {
  return session;
}
