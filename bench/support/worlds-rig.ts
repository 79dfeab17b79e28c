import { randomUUID } from "node:crypto";
import { memoryBus } from "#adapters/memory/bus.ts";
import { memoryCharacters } from "#adapters/memory/characters.ts";
import { memoryConnections } from "#adapters/memory/connections.ts";
import { memoryInputStreams } from "#adapters/memory/input-streams.ts";
import { memoryLeases } from "#adapters/memory/leases.ts";
import { noLlm } from "#adapters/memory/llm.ts";
import { noMetrics } from "#adapters/memory/metrics.ts";
import { memoryOutbox } from "#adapters/memory/outbox.ts";
import { memoryTables } from "#adapters/memory/tables.ts";
import { memoryWeathers } from "#adapters/memory/weathers.ts";
import { memoryWeatherStates } from "#adapters/memory/weather-states.ts";
import { memoryPlacements } from "#adapters/memory/placements.ts";
import { memoryPlanets } from "#adapters/memory/planets.ts";
import { makePlanetHere } from "#adapters/memory/make-planet.ts";
import { memoryWorldLog } from "#adapters/memory/world-log.ts";
import { memoryAccounts } from "#adapters/memory/accounts.ts";
import { memoryWorlds } from "#adapters/memory/worlds.ts";
import { systemEntropy } from "#adapters/entropy.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { templateOf } from "#core/character/attributes.ts";
import type { CharacterRecord } from "#core/character/model.ts";
import type { CharacterId, ConnectionId, InputId, UserId, WorldId } from "#core/lib/ids.ts";
import type { Bus } from "#core/ports/bus.ts";
import type { Clock, Log } from "#core/ports/system.ts";
import type { WorldLog } from "#core/ports/world-log.ts";
import { createReadyMade } from "#core/world/create-ready-made.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import type { WorldContext } from "#workers/world/context.ts";
import { createGuard, type Guard } from "#workers/world/guard.ts";
import { startWorldService, type WorldService } from "#workers/world/service.ts";

type Player = {
  readonly worldId: WorldId;
  readonly id: CharacterId;
  readonly connectionId: ConnectionId;
  commands: number;
};

const log: Log = { debug() {}, info() {}, warn() {}, error: console.error };
/** A room: its terrain is nothing. */
const { spec } = readyMadeWorlds[0]!;
const fieldSpec = { ...spec, features: [], bounds: { minX: -1000, minY: -1000, maxX: 1000, maxY: 1000 } };

export type WorldsRig = ReturnType<typeof worldsRig>;

type RigOptions = {
  readonly clock?: Clock;
  /** Keeps no events: for what runs so long that they would be all that is seen. */
  readonly isForgetful?: boolean;
  readonly dilation?: number;
  readonly guard?: Guard;
};

/** One worker over memory, and as many worlds and players as are wanted. */
export function worldsRig({
  clock = systemClock,
  isForgetful = false,
  dilation = 1,
  guard = createGuard(),
}: RigOptions = {}) {
  const tables = memoryTables();
  const worldLog = memoryWorldLog(tables);
  const inner = memoryBus({ clock, log });
  let onTick: (worldId: WorldId, realTimeMs: number) => void = () => {};
  const bus: Bus = {
    ...inner,
    publish(news, message) {
      if (news.subject.startsWith("world.tick.")) {
        const { worldId, realTimeMs } = message as { worldId: WorldId; realTimeMs: number };
        onTick(worldId, realTimeMs);
      }
      inner.publish(news, message);
    },
  };
  const ctx: WorldContext = {
    clock,
    log,
    bus,
    metrics: noMetrics,
    llm: noLlm,
    entropy: systemEntropy,
    worlds: memoryWorlds(tables),
    accounts: memoryAccounts(tables),
    planets: memoryPlanets(tables),
    makePlanet: makePlanetHere,
    worldLog: isForgetful ? forgetful(worldLog) : worldLog,
    weathers: memoryWeathers(),
    weatherStates: memoryWeatherStates(tables),
    placements: memoryPlacements(tables),
    leases: memoryLeases(tables, clock),
    characters: memoryCharacters(tables),
    inputs: memoryInputStreams({ clock, log }),
    connections: memoryConnections(),
    interviews: { latestOf: async () => null },
    interviewVerbs: { converse: async () => {} },
    clients: { post: async () => "posted", close: async () => {} },
    outbox: memoryOutbox(),
  };
  const players: Player[] = [];
  let service: WorldService | null = null;

  const connect = async (worldId: WorldId): Promise<Player> => {
    const [id, userId, connectionId] = [randomUUID(), randomUUID(), randomUUID()] as [
      CharacterId,
      UserId,
      ConnectionId,
    ];
    const { position, orientation } = fieldSpec.spawn;
    const character: CharacterRecord = {
      id,
      userId,
      homeWorldId: worldId,
      worldId,
      travels: 0,
      hasArrived: true,
      name: `P${players.length}`,
      role: "player",
      species: "Human",
      appearance: null,
      description: null,
      occupation: null,
      attributes: templateOf("Human"),
      position,
      orientation,
      isFlying: false,
      stamina: null,
      health: null,
      life: null,
      createdAtMs: 0,
      lastPlayedAtMs: null,
    };
    await ctx.characters.create(character);
    const protocol = "legacy" as const;
    const sessionId = randomUUID() as never;
    const connection = {
      id: connectionId,
      userId,
      username: id,
      sessionId,
      protocol,
      characterId: id,
      characterName: id,
    };
    await ctx.connections.add({ ...connection, worldId, travels: 0, connectedAtMs: 0 });
    const input = {
      type: "connected",
      id: randomUUID() as InputId,
      connectionId,
      userId,
      characterId: id,
      protocol,
    } as const;
    await ctx.inputs.append(worldId, input);
    return { worldId, id, connectionId, commands: 0 };
  };

  return {
    players,
    clockOf: (id: WorldId) => tables.worlds.get(id)?.clock,
    onTick: (handle: typeof onTick) => void (onTick = handle),
    owned: () => service?.owned.size ?? 0,
    /** Worlds with so many players each, who have come when it starts. */
    async fill(worlds: number, playersEach: number, options: { readonly isAsleep?: boolean } = {}): Promise<WorldId[]> {
      const ids = Array.from({ length: worlds }, () => randomUUID() as WorldId);
      for (const id of ids) {
        const world = {
          id,
          name: id,
          ownerId: null,
          status: "active" as const,
          spec: { ...fieldSpec, dilation },
          createdAtMs: 0,
        };
        tables.worlds.set(id, { ...world, isAsleep: options.isAsleep ?? service !== null });
        for (let i = 0; i < playersEach; i++) players.push(await connect(id));
      }
      return ids;
    },
    async start(): Promise<void> {
      await createReadyMade(ctx);
      service = await startWorldService(ctx, { owner: "bench", leaseMs: 15_000, sleepAfterMs: 3_600_000, guard });
    },
    /** Wakes worlds that sleep, and waits until they run. */
    async open(ids: readonly WorldId[]): Promise<void> {
      for (const id of ids) tables.worlds.set(id, { ...tables.worlds.get(id)!, isAsleep: false });
      while (!ids.every((id) => service?.owned.has(id))) await clock.sleep(100);
    },
    /** Everyone does something. */
    async command(text: string): Promise<void> {
      for (const { worldId, id: characterId, connectionId } of players) {
        const id = randomUUID() as InputId;
        await ctx.inputs.append(worldId, { type: "command", id, connectionId, characterId, number: 0, text });
      }
    },
    /** Whoever has company walks a step a second. */
    async walk(ms: number): Promise<void> {
      const busy = [...Map.groupBy(players, ({ worldId }) => worldId).values()]
        .filter(({ length }) => length > 1)
        .flat();
      const commands = Math.floor((busy.length * ms) / 1000);
      const startedMs = clock.monotonicMs();
      for (let sent = 0; sent < commands; sent++) {
        const player = busy[sent % busy.length]!;
        const { worldId, id: characterId, connectionId } = player;
        const text = ["n", "e", "s", "w"][player.commands++ % 4]!;
        const input = {
          type: "command",
          id: randomUUID() as InputId,
          connectionId,
          characterId,
          number: 0,
          text,
        } as const;
        await ctx.inputs.append(worldId, input);
        const dueMs = startedMs + ((sent + 1) * 1000) / busy.length;
        if (dueMs - clock.monotonicMs() > 1) await clock.sleep(dueMs - clock.monotonicMs());
      }
    },
    async stop(): Promise<void> {
      await service?.stop();
      service = null;
    },
    async [Symbol.asyncDispose](): Promise<void> {
      await service?.stop();
    },
  };
}

/** A log that nobody reads: all but the versions is dropped. */
function forgetful(worldLog: WorldLog): WorldLog {
  return { ...worldLog, commit: async () => "committed", read: async () => [], saveSnapshot: async () => {} };
}

/** How late each tick is, against the boundary of its own world's clock. */
export function lateness(rig: WorldsRig) {
  const late: number[] = [];
  rig.onTick((worldId, realTimeMs) => {
    const clock = rig.clockOf(worldId);
    if (clock === undefined) return;
    const lengthMs = 1000 / clock.ticksPerSecond;
    late.push((realTimeMs - clock.sinceRealMs) % lengthMs);
  });
  return {
    stop(): readonly number[] {
      rig.onTick(() => {});
      return late;
    },
  };
}

/** As many timers of 100 ms as there would be worlds, each late by what its `setTimeout` is. */
export async function bareTimers(count: number, ms: number): Promise<readonly number[]> {
  const late: number[] = [];
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const phaseMs = (index * 100) / count;
      for (let tick = 1; ; tick++) {
        const dueMs = startedMs + phaseMs + tick * 100;
        if (dueMs - startedMs > ms) return;
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())));
        late.push(performance.now() - dueMs);
      }
    }),
  );
  return late;
}
