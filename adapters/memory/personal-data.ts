import type { PersonalData } from "#core/ports/accounts.ts";
import { isLeaving, type MemoryTables } from "./tables.ts";

type Tables = Pick<
  MemoryTables,
  | "accounts"
  | "audit"
  | "characters"
  | "biographies"
  | "biographySnapshots"
  | "feed"
  | "interviews"
  | "letters"
  | "mailTokens"
  | "sessions"
  | "worlds"
>;

export function memoryPersonalData(tables: Tables): PersonalData {
  const { accounts, audit, characters, feed, interviews, letters, mailTokens, sessions, worlds } = tables;
  return {
    async worldsOf(id) {
      return [...worlds.values()]
        .filter(({ ownerId }) => ownerId === id)
        .map(({ id: worldId, name, createdAtMs }) => ({ id: worldId, name, createdAtMs }))
        .toSorted((one, other) => one.createdAtMs - other.createdAtMs);
    },

    async eventsOf(ids, after, limit) {
      const own = new Set<unknown>(ids);
      const found = feed.filter(({ position, type, payload, metadata }) => {
        const { characterId, body } = payload as { characterId?: unknown; body?: { id?: unknown } };
        const { actorId } = metadata as { actorId?: unknown };
        return position > after && type !== "heard" && [characterId, body?.id, actorId].some((id) => own.has(id));
      });
      const events = structuredClone(found.slice(0, limit));
      return { events, next: found.length > limit ? (events.at(-1)?.position ?? null) : null };
    },

    async interviewEventsOf(id, { skip, limit }) {
      const own = [...interviews.values()].filter(({ userId }) => userId === id);
      const all = own.flatMap(({ id: interviewId, events }) => events.map((event) => ({ ...event, interviewId })));
      return structuredClone(all.slice(skip, skip + limit));
    },

    async erase(id, { event, letter }) {
      const account = accounts.get(id);
      if (account === undefined || !isLeaving(account)) return false;
      accounts.delete(id);
      for (const row of characters.values()) {
        if (row.userId !== id) continue;
        for (const table of [characters, tables.biographies, tables.biographySnapshots]) table.delete(row.id);
      }
      for (const row of interviews.values()) if (row.userId === id) interviews.delete(row.id);
      for (const row of sessions.values()) if (row.userId === id) sessions.delete(row.id);
      for (const [key, row] of mailTokens) if (row.userId === id) mailTokens.delete(key);
      for (const row of letters.values()) if (row.userId === id || row.to === account.email) letters.delete(row.id);
      for (const row of worlds.values()) if (row.ownerId === id) worlds.set(row.id, { ...row, ownerId: null });
      for (const [at, row] of audit.entries())
        if (row.userId === id) audit[at] = { ...row, sessionId: null, address: null };
      audit.push({ ...event, number: (audit.at(-1)?.number ?? 0) + 1 });
      if (letter !== null) letters.set(letter.id, { ...letter, attempts: 0, dueAtMs: letter.atMs });
      return true;
    },
  };
}
