import { templateOf } from "#core/character/attributes.ts";
import type { CharacterRecord } from "#core/character/model.ts";
import type { ConnectionId, InputId } from "#core/lib/ids.ts";
import type { InputOf, WireProtocol, WorldInput } from "#core/protocol/world-input.ts";
import { advance, type Turn, type TurnInput } from "#core/world/advance.ts";
import { gameTimeMs } from "#core/world/clock.ts";
import { type LiveWorld, liveWorld } from "#core/world/evolve.ts";
import type { Facts, OnlineCharacter } from "#core/world/facts.ts";
import type { Place, Scene } from "#core/world/scene.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import type { WorldSpec } from "#core/world/spec.ts";
import type { SkyOver } from "#core/world/weather/sky-over.ts";
import { type Terrain, terrainOf } from "#core/world/terrain.ts";
import { characterId, characterRecord, startMs, userId, worldId } from "./records.ts";

const lobbySpec = readyMadeWorlds[0]!.spec;

/** A room of ten metres with the lobby's statue and portals, that is no lobby. */
export const hallSpec: WorldSpec = lobbySpec;
/** Open floor, with nothing in the way. */
export const fieldSpec: WorldSpec = {
  ...lobbySpec,
  bounds: { minX: -1000, minY: -1000, maxX: 1000, maxY: 1000 },
  features: [],
};

type StageOptions = {
  readonly spec?: WorldSpec;
  readonly terrain?: Terrain;
  readonly place?: Partial<Place>;
  readonly from?: LiveWorld["state"];
};

/** One world, played by hand: who comes, what they say, and what comes of it. */
export function stage(options: StageOptions = {}) {
  const spec = options.spec ?? hallSpec;
  const terrain = options.terrain ?? terrainOf(spec);
  const place: Place = { id: worldId(1), name: "Hall", spec, terrain, ...options.place };
  const world = liveWorld(options.from);
  let nowMs = startMs;
  let weather: SkyOver | undefined;
  let inputs = 0;
  const nextId = () => `input-${++inputs}` as InputId;

  const play = (...given: TurnInput[]): Turn => advance(world, place, given, nowMs, () => false, weather);
  const give = (input: WorldInput, facts: Facts = {}): Turn => play({ input, facts });
  const connected = (number: number, protocol: WireProtocol = "legacy"): InputOf<"connected"> => ({
    type: "connected",
    id: nextId(),
    connectionId: `socket-${number}` as ConnectionId,
    userId: userId(number),
    characterId: characterId(number),
    protocol,
  });
  const commanded = (number: number, text: string, commandId?: string): InputOf<"command"> => ({
    type: "command",
    id: nextId(),
    connectionId: `socket-${number}` as ConnectionId,
    characterId: characterId(number),
    number: 0,
    text,
    ...(commandId !== undefined && { commandId }),
  });

  return {
    world,
    place,
    play,
    give,
    connected,
    commanded,
    nextId,
    wait: (ms: number) => void (nowMs += ms),
    now: () => nowMs,
    /** From now on this is the weather. */
    under: (sky: SkyOver) => void (weather = sky),
    scene: (): Scene => ({
      place,
      state: world.state,
      nowMs,
      gameMs: gameTimeMs(world.state.clock, nowMs),
      ...(weather !== undefined && { weather }),
    }),
    /** Someone comes in, where the row says. */
    enter: (number: number, changes: Partial<CharacterRecord> = {}): Turn =>
      give(connected(number), { character: person(number, changes) }),
    say: (number: number, text: string, facts: Facts = {}): Turn => give(commanded(number, text), facts),
    body: (number: number) => world.state.bodies.get(characterId(number)),
  };
}

export type Stage = ReturnType<typeof stage>;

/** Ana 1, Ana 2 …: average people at the spawn of world 1. */
export function person(number: number, changes: Partial<CharacterRecord> = {}): CharacterRecord {
  return characterRecord(number, {
    appearance: null,
    attributes: templateOf("Human"),
    position: { x: 5, y: 2, z: 0 },
    // Whom no guide takes by the hand any more.
    lastPlayedAtMs: startMs,
    ...changes,
  });
}

export const watcher = { role: "watcher", attributes: null } as const;

/** The messages of a turn to one character, as "type: text". */
export function heard(turn: Turn, number: number): string[] {
  return turn.tellings.flatMap(({ to, tell }) =>
    to === characterId(number) && tell.kind === "message" ? [`${tell.message.type}: ${tell.message.text}`] : [],
  );
}

/** The metadata of the first message of this type to one character. */
export function metadataOf(turn: Turn, number: number, type: string): Record<string, unknown> | undefined {
  for (const { to, tell } of turn.tellings) {
    if (to === characterId(number) && tell.kind === "message" && tell.message.type === type)
      return tell.message.metadata;
  }
  return undefined;
}

export const happened = (turn: Turn): string[] => turn.events.map(({ event }) => event.type);

export function online(number: number, changes: Partial<OnlineCharacter> = {}): OnlineCharacter {
  return {
    characterId: characterId(number),
    userId: userId(number),
    username: `player${number}`,
    characterName: `Ana ${number}`,
    worldId: worldId(1),
    ...changes,
  };
}
