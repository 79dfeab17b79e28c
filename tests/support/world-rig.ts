import { memoryAccounts } from "#adapters/memory/accounts.ts";
import { memoryAudit } from "#adapters/memory/audit.ts";
import { memoryBus } from "#adapters/memory/bus.ts";
import { memoryCharacterLog } from "#adapters/memory/character-log.ts";
import { memoryCharacters } from "#adapters/memory/characters.ts";
import { memoryClients } from "#adapters/memory/clients.ts";
import { manualClock } from "#adapters/memory/clock.ts";
import { memoryConnections } from "#adapters/memory/connections.ts";
import { seededEntropy } from "#adapters/memory/entropy.ts";
import { memoryInputStreams } from "#adapters/memory/input-streams.ts";
import { memoryLeases } from "#adapters/memory/leases.ts";
import { memoryKnownAddresses } from "#adapters/memory/known-addresses.ts";
import { memoryInterviews } from "#adapters/memory/interviews.ts";
import { memoryLetters } from "#adapters/memory/letters.ts";
import { memoryLimits } from "#adapters/memory/limits.ts";
import { memoryOversight } from "#adapters/memory/oversight.ts";
import { memoryOutbox } from "#adapters/memory/outbox.ts";
import { noLlm } from "#adapters/memory/llm.ts";
import { recordedMetrics } from "#adapters/memory/metrics.ts";
import { memoryMailTokens } from "#adapters/memory/mail-tokens.ts";
import { memoryPasswords } from "#adapters/memory/passwords.ts";
import { memoryPersonalData } from "#adapters/memory/personal-data.ts";
import { memorySessions } from "#adapters/memory/sessions.ts";
import { memoryTables } from "#adapters/memory/tables.ts";
import { memoryTickets } from "#adapters/memory/tickets.ts";
import { memoryTokens } from "#adapters/memory/tokens.ts";
import { memoryWeathers } from "#adapters/memory/weathers.ts";
import { memoryWeatherStates } from "#adapters/memory/weather-states.ts";
import { memoryPlacements } from "#adapters/memory/placements.ts";
import { memoryPlanets } from "#adapters/memory/planets.ts";
import { makePlanetHere } from "#adapters/memory/make-planet.ts";
import { memoryWorldLog } from "#adapters/memory/world-log.ts";
import { memoryWorldNames } from "#adapters/memory/world-names.ts";
import { memoryWorlds } from "#adapters/memory/worlds.ts";
import { inlineAuth } from "#core/account/service.ts";
import { lobbyCharacter } from "#core/character/lobby-character.ts";
import { inlinePlayers } from "#core/character/service.ts";
import { type CharacterId, type ConnectionId, lobbyWorldId, type WorldId } from "#core/lib/ids.ts";
import { subprotocolV1 } from "#core/protocol/frames-out.ts";
import type { WireProtocol } from "#core/protocol/world-input.ts";
import type { LiveWorld } from "#core/world/evolve.ts";
import { inlineInterviews } from "#core/interview/service.ts";
import { inlineWorlds } from "#core/world/service.ts";
import type { WorldRecord } from "#core/world/spec.ts";
import { configFromEnv } from "#functions/config.ts";
import { handleConnect } from "#functions/ws/connect.ts";
import { handleMessage } from "#functions/ws/default.ts";
import { handleDisconnect } from "#functions/ws/disconnect.ts";
import type { WorldContext } from "#workers/world/context.ts";
import { loadWorld } from "#workers/world/load-world.ts";
import { unguarded } from "#workers/world/guard.ts";
import { startWorldService, type WorldServiceOptions } from "#workers/world/service.ts";
import { recordingLog, someone } from "./function-context.ts";
import { startMs, worldId } from "./records.ts";
import { fieldSpec, hallSpec } from "./stage.ts";

export const leaseMs = 15_000;
export const fieldId = worldId(1);

const world = (id: WorldId, name: string, spec: WorldRecord["spec"], createdAtMs: number): WorldRecord => ({
  id,
  name,
  ownerId: null,
  status: "active",
  spec,
  createdAtMs,
});
const portals = hallSpec.features.map((feature) =>
  feature.kind === "portal" && feature.id === "portal-west"
    ? { ...feature, destination: { worldId: fieldId, name: "Field" } }
    : feature,
);

/** The lobby and an open field, the real functions before them, and everything else in memory under a clock that stands still. */
export function worldRig() {
  const clock = manualClock(startMs);
  const { log, lines } = recordingLog();
  const tables = memoryTables();
  tables.worlds.set(lobbyWorldId, world(lobbyWorldId, "Lobby", { ...hallSpec, features: portals }, startMs - 2));
  tables.worlds.set(fieldId, world(fieldId, "Field", fieldSpec, startMs - 1));
  const kept = {
    clock,
    log,
    entropy: seededEntropy(),
    worlds: memoryWorlds(tables),
    worldNames: memoryWorldNames(tables),
    interviews: memoryInterviews(tables),
    planets: memoryPlanets(tables),
    makePlanet: makePlanetHere,
    worldLog: memoryWorldLog(tables),
    weathers: memoryWeathers(0),
    weatherStates: memoryWeatherStates(tables),
    placements: memoryPlacements(tables),
    leases: memoryLeases(tables, clock),
    characters: memoryCharacters(tables),
    characterLog: memoryCharacterLog(tables),
    accounts: memoryAccounts(tables),
    audit: memoryAudit(tables),
    oversight: memoryOversight(tables, clock),
    letters: memoryLetters(tables),
    mailTokens: memoryMailTokens(tables),
    personalData: memoryPersonalData(tables),
    sessions: memorySessions(tables),
    tickets: memoryTickets(),
    passwords: memoryPasswords(),
    tokens: memoryTokens(),
    limits: memoryLimits(),
    knownAddresses: memoryKnownAddresses(),
    checks: {},
    metrics: recordedMetrics(),
    llm: noLlm,
    accountPolicy: configFromEnv({}).accounts,
    interviewPolicy: configFromEnv({}).interviewPolicy,
  };
  const clients = memoryClients();
  const bus = memoryBus({ clock, log });
  const worldVerbs = inlineWorlds({ ...kept, bus });
  const volatile = () => {
    const ports = {
      connections: memoryConnections(),
      inputs: memoryInputStreams({ clock, log }),
      outbox: memoryOutbox(),
    };
    return { ...ports, interviewVerbs: inlineInterviews({ ...kept, ...ports, worldVerbs }) };
  };
  let now = volatile();
  const services = {
    auth: inlineAuth({ ...kept, bus }),
    players: inlinePlayers({ ...kept, bus, connections: { ofCharacters: (ids) => now.connections.ofCharacters(ids) } }),
    worldVerbs,
  };
  let ctx = { ...kept, ...services, bus, clients, ...now };
  const config = configFromEnv({ COMMANDS_BURST: "100000", COMMANDS_PER_SECOND: "10000" });
  let sockets = 0;

  const quiet = async () => {
    for (let i = 0; i < 12; i++) await clock.advance(0);
  };

  return {
    clock,
    tables,
    lines,
    clients,
    config,
    get ctx() {
      return ctx;
    },
    /** Everything runs until nothing is left to do at this moment. */
    quiet,
    async pass(ms: number, stepMs = 50) {
      for (let left = ms; left > 0; left -= stepMs) {
        await clock.advance(Math.min(left, stepMs));
        await quiet();
      }
    },
    /** The broker, the registry of connections and the kept frames are lost, as they are with the one process. */
    loseVolatile(): void {
      now = volatile();
      ctx = { ...ctx, ...now };
    },
    /** A worker for these worlds only; null: for all. */
    serve: (
      given: WorldContext = ctx,
      worldIds: readonly WorldId[] | null = [lobbyWorldId, fieldId],
      owner = "worker",
      options: Partial<WorldServiceOptions> = {},
    ) =>
      startWorldService(
        {
          ...given,
          leases: {
            ...given.leases,
            acquire: (name, ids, ms) =>
              given.leases.acquire(
                name,
                ids.filter((id) => worldIds?.includes(id) ?? true),
                ms,
              ),
          },
        },
        // A turn that is run later would be late, by a clock that moves in steps.
        { owner, leaseMs, guard: unguarded, ...options },
      ),
    /** The world as its log tells it. */
    stored: (id: WorldId): Promise<LiveWorld> => loadWorld({ ...kept, log }, id),
    /** What was said aloud in a world, in order. */
    said: (id: WorldId): string[] =>
      (tables.events.get(id) ?? []).flatMap(({ type, payload }) =>
        type === "spoke" ? [(payload as { text: string }).text] : [],
      ),
    async player(username: string, protocol: WireProtocol = "legacy") {
      const principal = await someone({ ctx, tables }, username);
      const own = await lobbyCharacter(ctx, principal);
      // Whom no guide takes by the hand any more.
      tables.characters.set(own.id, { ...own, lastPlayedAtMs: startMs });
      return playerOf(username, principal.token, own.id, protocol);
    },
  };

  function playerOf(username: string, token: string, own: CharacterId, protocol: WireProtocol) {
    let id = "" as ConnectionId;
    const requestContext = () => ({ connectionId: id, requestId: "request" });
    const send = (frame: unknown) =>
      handleMessage(ctx, config, { requestContext: requestContext(), body: JSON.stringify(frame) });
    return {
      own,
      username,
      token,
      get id() {
        return id;
      },
      async connect(characterId: CharacterId = own, options: { isOpen?: boolean } = {}) {
        id = `${username}-${++sockets}` as ConnectionId;
        const result = await handleConnect(ctx, config, {
          requestContext: requestContext(),
          headers: {
            authorization: `Bearer ${token}`,
            ...(protocol === "v1" && { "sec-websocket-protocol": subprotocolV1 }),
          },
          queryStringParameters: { character_id: characterId },
        });
        if (result.statusCode === 200 && options.isOpen !== false) clients.open(id);
        await quiet();
        return result;
      },
      send,
      async say(text: string, commandId?: string) {
        await send({ type: "command", data: { text, ...(commandId !== undefined && { id: commandId }) } });
      },
      async leave(disconnectStatusCode = 1006) {
        clients.leave(id);
        await handleDisconnect(ctx, { requestContext: { ...requestContext(), disconnectStatusCode } });
      },
      /** Every object this socket was sent, in order. */
      frames: (of = id): Frame[] =>
        clients.frames(of).flatMap((frame) => frame.split("\n").map((text) => JSON.parse(text) as Frame)),
      /** Messages as "type: text", and the types of all else. */
      heard(of = id): string[] {
        return this.frames(of).map(({ type, data }) => (type === "game_message" ? `${data.type}: ${data.text}` : type));
      },
    };
  }
}

export type Frame = {
  readonly type: string;
  readonly seq?: number;
  readonly data: {
    type?: string;
    text?: string;
    code?: string;
    message?: string;
    metadata?: Record<string, unknown>;
  } & Record<string, unknown>;
};
export type WorldRig = ReturnType<typeof worldRig>;
export type Player = Awaited<ReturnType<WorldRig["player"]>>;
