import { toStoredBiography } from "#core/character/biography/stored.ts";
import { lobbyWorldId, type WorldId } from "#core/lib/ids.ts";
import type { Worlds } from "#core/ports/worlds.ts";
import type { WorldRecord } from "#core/world/spec.ts";
import { nameKeyOf } from "#core/world/world-name.ts";
import { appended, type MemoryTables, type WorldRow } from "./tables.ts";

type Tables = Pick<MemoryTables, "worlds"> &
  Partial<Pick<MemoryTables, "events" | "feed" | "characters" | "biographies" | "leases">>;

export function memoryWorlds(tables: Tables): Worlds {
  const { worlds } = tables;
  const living = (): WorldRow[] => [...worlds.values()].filter(({ deletedAtMs }) => deletedAtMs === undefined);
  const get = (id: WorldId): WorldRecord | null => {
    const row = worlds.get(id);
    return row === undefined || row.deletedAtMs !== undefined ? null : recordOf(row);
  };

  return {
    async createIfAbsent(world) {
      if (!worlds.has(world.id)) worlds.set(world.id, structuredClone(world));
    },

    async create(world, firstEvents) {
      if (worlds.has(world.id)) return "exists";
      const key = nameKeyOf(world.name);
      if (living().some(({ name }) => nameKeyOf(name) === key)) return "name-taken";
      worlds.set(world.id, { ...structuredClone(world), isAsleep: world.status !== "generating" });
      const recordedAtMs = Date.now();
      const stored = firstEvents.map((event, index) => ({ ...throughJson(event), version: index + 1 }));
      tables.events?.set(world.id, stored);
      for (const event of stored) {
        tables.feed?.push({ ...event, position: tables.feed.length + 1, worldId: world.id, recordedAtMs });
      }
      return "created";
    },

    async get(id) {
      return get(id);
    },

    async getMany(ids) {
      return [...new Set(ids)].flatMap((id) => get(id) ?? []);
    },

    async list() {
      return living().toSorted(lobbyThenOldest).map(recordOf);
    },

    async newestOf(ownerId, limit) {
      const own = living().filter((row) => row.ownerId === ownerId);
      return own.toSorted(lobbyThenOldest).toReversed().slice(0, limit).map(recordOf);
    },

    async page(after, limit) {
      const rows = living().toSorted(lobbyThenOldest);
      const rest = after === null ? rows : rows.filter((row) => lobbyThenOldest(after, row) < 0);
      return rest.slice(0, limit).map(recordOf);
    },

    async follow(id, { version, status, clock }) {
      const row = worlds.get(id);
      if (row === undefined || row.deletedAtMs !== undefined) return;
      if (status === "deleted") retire(tables, row, { version, clock });
      else if (version > (row.logVersion ?? 0)) worlds.set(id, { ...row, logVersion: version, status, clock });
    },

    async setFault(id, fault) {
      const { fault: _, ...row } = worlds.get(id) ?? { id: null };
      if (row.id !== null) worlds.set(id, fault === null ? row : { ...row, fault });
    },
  };
}

function retire(
  { worlds, characters, biographies, leases }: Tables,
  row: WorldRow,
  life: { version: number; clock: NonNullable<WorldRow["clock"]> },
): void {
  worlds.set(row.id, { ...row, deletedAtMs: Date.now(), logVersion: life.version, clock: life.clock });
  for (const character of characters?.values() ?? []) {
    const home = worlds.get(character.homeWorldId);
    if (character.homeWorldId === row.id) characters?.delete(character.id);
    else if (character.worldId === row.id && home !== undefined) {
      const travels = character.travels + 1;
      characters?.set(character.id, {
        ...character,
        ...structuredClone(home.spec.spawn),
        worldId: home.id,
        travels,
        hasArrived: true,
        isFlying: false,
      });
      const { position } = home.spec.spawn;
      const sent = toStoredBiography({
        event: { type: "sentHome", worldId: home.id, fromWorldId: row.id, travels, position },
        metadata: { atMs: Date.now() },
      });
      biographies?.set(character.id, appended(biographies.get(character.id) ?? [], [sent]));
    }
  }
  const lease = leases?.get(row.id);
  if (lease) leases?.set(row.id, { ...lease, owner: null, expiresAtMs: 0 });
}

function recordOf({
  logVersion: _version,
  isAsleep: _asleep,
  deletedAtMs: _deleted,
  ...record
}: WorldRow): WorldRecord {
  return structuredClone(record);
}

type Placed = Pick<WorldRecord, "id" | "createdAtMs">;

function lobbyThenOldest(one: Placed, other: Placed): number {
  if (one.id === other.id) return 0;
  if (one.id === lobbyWorldId || other.id === lobbyWorldId) return one.id === lobbyWorldId ? -1 : 1;
  return one.createdAtMs - other.createdAtMs || (one.id < other.id ? -1 : 1);
}

function throughJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
