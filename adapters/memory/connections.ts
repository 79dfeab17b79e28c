import { AppError } from "#core/lib/errors.ts";
import type { CharacterId, ConnectionId, SessionId } from "#core/lib/ids.ts";
import type { Connection, Connections } from "#core/ports/connections.ts";
import type { Limit } from "#core/ports/limits.ts";

/** One more is refused with UNAVAILABLE. */
export const connectionsMax = 50_000;

type Bucket = { tokens: number; atMs: number };
type Entry = { connection: Connection; lastNumber: number; checkedAtMs: number; readonly buckets: Map<string, Bucket> };

export function memoryConnections(options: { readonly connectionsMax?: number } = {}): Connections {
  const max = options.connectionsMax ?? connectionsMax;
  const entries = new Map<ConnectionId, Entry>();
  const byCharacter = new Map<CharacterId, ConnectionId>();
  const bySession = index<SessionId>();
  const byName = index<string>();

  const register = (entry: Entry) => {
    const { connection } = entry;
    entries.set(connection.id, entry);
    byCharacter.set(connection.characterId, connection.id);
    bySession.add(connection.sessionId, connection.id);
    for (const name of namesOf(connection)) byName.add(name, connection.id);
  };

  const forget = (id: ConnectionId | undefined): Connection | null => {
    const connection = id === undefined ? undefined : entries.get(id)?.connection;
    if (connection === undefined) return null;
    entries.delete(connection.id);
    byCharacter.delete(connection.characterId);
    bySession.remove(connection.sessionId, connection.id);
    for (const name of namesOf(connection)) byName.remove(name, connection.id);
    return connection;
  };

  const known = (ids: Iterable<ConnectionId>) => [...ids].flatMap((id) => entries.get(id)?.connection ?? []);

  return {
    async add(connection) {
      const isKnown = entries.has(connection.id) || byCharacter.has(connection.characterId);
      if (!isKnown && entries.size >= max)
        throw new AppError("UNAVAILABLE", "Too many are connected just now.", { retryAfterS: 30 });
      forget(connection.id);
      const previous = forget(byCharacter.get(connection.characterId));
      const { connectedAtMs: checkedAtMs } = connection;
      register({ connection: structuredClone(connection), lastNumber: 0, checkedAtMs, buckets: new Map() });
      return previous;
    },

    get: async (id) => entries.get(id)?.connection ?? null,
    remove: async (id) => forget(id),
    async end(id) {
      const lastNumber = entries.get(id)?.lastNumber ?? 0;
      const connection = forget(id);
      return connection && { connection, lastNumber };
    },

    async rebind(id, from, { characterId, characterName, worldId, travels }) {
      const entry = entries.get(id);
      if (entry?.connection.characterId !== from) return null;
      if (characterId === from && travels <= entry.connection.travels) return null;
      forget(id);
      const previous = forget(byCharacter.get(characterId));
      register({ ...entry, connection: { ...entry.connection, characterId, characterName, worldId, travels } });
      return previous;
    },

    async admit(id, { limit, nowMs, numbered, ownNumber, checkEveryMs = Infinity }) {
      const entry = entries.get(id);
      if (entry === undefined) return null;
      if (!takeToken(entry.buckets, limit, nowMs)) return "limited";
      const number = ownNumber ?? entry.lastNumber + Number(numbered);
      entry.lastNumber = Math.max(entry.lastNumber, number);
      // A clock that jumped back is no reason not to look.
      const isCheckDue = Math.abs(nowMs - entry.checkedAtMs) >= checkEveryMs;
      if (isCheckDue) entry.checkedAtMs = nowMs;
      return { connection: entry.connection, number, isCheckDue };
    },

    ofCharacters: async (ids) => known(new Set(ids.flatMap((id) => byCharacter.get(id) ?? []))),
    ofSession: async (id) => known(bySession.get(id)),
    byName: async (name) => known(byName.get(name.toLowerCase())),
    online: async (limit) => known(entries.keys()).toSorted(byNameThenId).slice(0, limit),
  };
}

function takeToken(buckets: Map<string, Bucket>, limit: Limit, nowMs: number): boolean {
  const bucket = buckets.get(limit.name) ?? { tokens: limit.burst, atMs: nowMs };
  buckets.set(limit.name, bucket);
  // Callers' clocks differ a little: time that seems to go back gives nothing and takes nothing.
  const elapsedMs = Math.max(0, nowMs - bucket.atMs);
  bucket.tokens = Math.min(limit.burst, bucket.tokens + elapsedMs * limit.perMs);
  bucket.atMs += elapsedMs;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

function index<Key>() {
  const ids = new Map<Key, Set<ConnectionId>>();
  return {
    get: (key: Key): Iterable<ConnectionId> => ids.get(key) ?? [],
    add: (key: Key, id: ConnectionId) => void ids.set(key, (ids.get(key) ?? new Set()).add(id)),
    remove(key: Key, id: ConnectionId) {
      const left = ids.get(key);
      left?.delete(id);
      if (left?.size === 0) ids.delete(key);
    },
  };
}

function namesOf(connection: Connection): Set<string> {
  return new Set([connection.username.toLowerCase(), connection.characterName.toLowerCase()]);
}

function byNameThenId(a: Connection, b: Connection): number {
  return compare(a.characterName.toLowerCase(), b.characterName.toLowerCase()) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
