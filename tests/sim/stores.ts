import { memoryCharacterLog } from "#adapters/memory/character-log.ts";
import { memoryCharacters } from "#adapters/memory/characters.ts";
import { memoryConnections } from "#adapters/memory/connections.ts";
import { memoryLeases } from "#adapters/memory/leases.ts";
import { memoryOutbox } from "#adapters/memory/outbox.ts";
import { appended, type MemoryTables, memoryTables } from "#adapters/memory/tables.ts";
import { memoryWeatherStates } from "#adapters/memory/weather-states.ts";
import { memoryPlacements } from "#adapters/memory/placements.ts";
import { memoryPlanets } from "#adapters/memory/planets.ts";
import { memoryWorldLog } from "#adapters/memory/world-log.ts";
import { notRolled } from "#core/character/biography/model.ts";
import { beginningOf } from "#core/character/biography/stored.ts";
import type { CharacterRecord } from "#core/character/model.ts";
import { type ConnectionId, lobbyWorldId, type WorldId } from "#core/lib/ids.ts";
import type { Clients } from "#core/ports/clients.ts";
import type { Leases } from "#core/ports/leases.ts";
import type { Commit, StoredEvent, WorldLog } from "#core/ports/world-log.ts";
import type { Worlds } from "#core/ports/worlds.ts";
import type { WorldRecord } from "#core/world/spec.ts";
import { startMs, worldId } from "#tests/support/records.ts";
import { fieldSpec } from "#tests/support/stage.ts";
import type { Variant } from "./variant.ts";

export const fieldId = worldId(1);
export const worldIds = [lobbyWorldId, fieldId];

/** A commit that was accepted, beside who owned the world at that moment. */
export type Accepted = {
  readonly worldId: WorldId;
  readonly version: number;
  readonly count: number;
  readonly fence: number;
  readonly fenceOfLease: number;
};

/** Who sits at the other end of a socket. */
export type Socket = { receive(frame: string): void; closed(): void };

export type Stores = ReturnType<typeof createStores>;

/** What outlives every process: the twins of the ports, on the stores' own clock, which is true time. */
export function createStores(nowMs: () => number, variant: Variant) {
  const tables = memoryTables();
  const records = [record(lobbyWorldId, "Lobby", 0), record(fieldId, "Field", 1)];
  for (const each of records) tables.worlds.set(each.id, each);
  const accepted: Accepted[] = [];
  const leases = memoryLeases(tables, { nowMs });
  const waiting: (() => void)[] = [];
  return {
    tables,
    accepted,
    /** As `Characters.create`, at once. */
    beget(character: CharacterRecord): void {
      tables.characters.set(character.id, character);
      tables.biographies.set(character.id, appended([], [beginningOf(character, notRolled)]));
    },
    /** Once, as soon as a world changes hands. */
    onceTaken: (work: () => void) => void waiting.push(work),
    weatherStates: memoryWeatherStates(tables),
    placements: memoryPlacements(tables),
    planets: memoryPlanets(tables),
    worldLog: witnessed(tables, accepted, variant),
    leases: {
      ...leases,
      async acquire(...args: Parameters<Leases["acquire"]>) {
        const taken = await leases.acquire(...args);
        if (taken.size > 0) for (const work of waiting.splice(0)) work();
        return taken;
      },
    },
    characters: memoryCharacters(tables),
    characterLog: memoryCharacterLog(tables),
    worlds: sharedWorlds(records),
    connections: memoryConnections(),
    outbox: memoryOutbox(),
    gateway: createGateway(),
  };
}

const record = (id: WorldId, name: string, createdAtMs: number): WorldRecord => ({
  id,
  name,
  ownerId: null,
  status: "active",
  spec: fieldSpec,
  createdAtMs: startMs + createdAtMs,
});

/** Nobody changes a world's record; to copy it for every look-up would cost more than all else in a history. */
function sharedWorlds(records: readonly WorldRecord[]): Worlds {
  return {
    createIfAbsent: async () => {},
    get: async (id) => records.find((each) => each.id === id) ?? null,
    getMany: async (ids) => records.filter(({ id }) => ids.includes(id)),
    list: async () => [...records],
    newestOf: async () => [],
    page: async () => [...records],
    create: async () => "exists",
    follow: async () => {},
    setFault: async () => {},
  };
}

function witnessed(tables: MemoryTables, accepted: Accepted[], variant: Variant): WorldLog {
  const log = memoryWorldLog(tables);
  const commit = async (given: Commit) => {
    const fenceOfLease = tables.leases.get(given.worldId)?.fence ?? 0;
    const result = await log.commit(variant === "no fence" ? { ...given, fence: fenceOfLease } : given);
    if (result === "committed") {
      const { worldId: id, fence, events, expectedVersion } = given;
      accepted.push({ worldId: id, version: expectedVersion + 1, count: events.length, fence, fenceOfLease });
    }
    return result;
  };
  if (variant !== "no input dedupe") return { ...log, commit };
  return {
    ...log,
    commit,
    latestSnapshot: async () => null,
    read: async (...args) => (await log.read(...args)).map(forgetInput),
  };
}

function forgetInput(event: StoredEvent): StoredEvent {
  const { atMs } = event.metadata as { atMs: number };
  return { ...event, metadata: { atMs } };
}

/** The gateway's end of the sockets. */
function createGateway() {
  const open = new Map<ConnectionId, Socket>();
  const close = (id: ConnectionId): void => {
    const socket = open.get(id);
    open.delete(id);
    socket?.closed();
  };
  const clients: Clients = {
    async post(id, frame) {
      const socket = open.get(id);
      if (!socket) return "gone";
      socket.receive(frame);
      return "posted";
    },
    close: async (id) => close(id),
  };
  return { clients, open: (id: ConnectionId, socket: Socket) => void open.set(id, socket), close };
}
