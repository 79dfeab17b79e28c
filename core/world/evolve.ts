import type { AnimalId, CharacterId, InputId, ItemId, NpcId } from "../lib/ids.ts";
import { gameTimeMs } from "./clock.ts";
import { evolveLife } from "./evolve-life.ts";
import { type Exchange, rememberExchange } from "./inhabitants/acquaintance.ts";
import { commandInputId } from "./input-id.ts";
import {
  type Body,
  emptyWorld,
  type EventMetadata,
  type Outbound,
  type Patch,
  type Thing,
  appliedMax,
  recentCommandIdsMax,
  type Talk,
  type WorldEvent,
  type WorldState,
} from "./model.ts";
import { ownPortalsMax } from "./portals.ts";
import { bodyBack } from "./reset-state.ts";
import type { Position } from "./space.ts";
import { Placed } from "./placed.ts";
import { begun, pushed, type WeatherHistory } from "./weather/history.ts";
import { type PlacedAnimal, rememberAnimal } from "./wildlife/model.ts";

/** The state of one world, held by its owner. Only `apply` changes it, in the order of the log. */
export type LiveWorld = {
  readonly state: WorldState;
  /** Game time up to which the time-driven systems have been asked. Not state: after a restart it is the time of the last event. */
  readonly steppedToMs: number;
  stepTo(gameMs: number): void;
  /** Where the streams of the characters who are here saw them last. Not state either. */
  readonly lastSeen: Map<CharacterId, Position>;
  apply(event: WorldEvent, metadata: EventMetadata): void;
};

type WorldEventOf<T extends WorldEvent["type"]> = Extract<WorldEvent, { type: T }>;

type Mutable = {
  version: number;
  atMs: number;
  clock: WorldState["clock"];
  bodies: Map<CharacterId, Body>;
  outbound: Map<InputId, Outbound>;
  things: Map<ItemId, Thing>;
  patches: Map<string, Patch>;
  applied: Set<InputId>;
  talks?: Map<InputId, Talk>;
  acquaintances?: Map<string, readonly Exchange[]>;
  npcsAway?: Set<NpcId>;
  weather?: WeatherHistory;
  wildlife?: { count: number; animals: Map<AnimalId, PlacedAnimal> };
  ending?: "closed" | "deleted";
};

/** The ids of `applied` in a ring: a set whose first entries are taken away one by one is slow to tell its first. */
type Ring = { readonly ids: InputId[]; oldest: number };

/**
 * Takes over `from`. The maps are changed in place: a world of a thousand bodies must not be copied for one step of one of them.
 * An event never fails and never decides; what it does depends on the state and on it alone.
 */
export function liveWorld(from: WorldState = emptyWorld): LiveWorld {
  const state: Mutable = {
    version: from.version,
    atMs: from.atMs,
    clock: from.clock,
    bodies: new Placed(from.bodies),
    outbound: new Map(from.outbound),
    things: new Placed(from.things),
    patches: new Map(from.patches),
    applied: new Set(from.applied),
    ...(from.weather !== undefined && { weather: from.weather }),
    ...(from.talks !== undefined && { talks: new Map(from.talks) }),
    ...(from.acquaintances !== undefined && { acquaintances: new Map(from.acquaintances) }),
    ...(from.npcsAway !== undefined && { npcsAway: new Set(from.npcsAway) }),
    ...(from.wildlife !== undefined && {
      wildlife: { count: from.wildlife.count, animals: new Placed(from.wildlife.animals) },
    }),
    ...(from.ending !== undefined && { ending: from.ending }),
  };
  const ring: Ring = { ids: [...from.applied], oldest: 0 };
  let steppedToMs: number | null = null;
  return {
    state,
    get steppedToMs() {
      return steppedToMs ?? gameTimeMs(state.clock, state.atMs);
    },
    stepTo(gameMs) {
      steppedToMs = gameMs;
    },
    lastSeen: new Map(),
    apply(event, metadata) {
      if (event.type === "left") rememberDone(state, ring, event.characterId);
      evolve(state, event);
      if (event.type === "reset") steppedToMs = event.clock.sinceGameMs;
      rememberInput(state.applied, ring, metadata);
      rememberCommand(state, metadata);
      state.version++;
      // How much an owner had to make up for depends on when he began. The state must not: it is the same as if nobody had ever stopped.
      if (event.type === "caughtUp") steppedToMs = event.toMs;
      else state.atMs = Math.max(state.atMs, metadata.atMs);
    },
  };
}

function evolve(state: Mutable, event: WorldEvent): void {
  switch (event.type) {
    case "created":
    case "inputRejected":
    case "caughtUp":
      return;
    case "closed":
    case "deleted":
      state.ending = event.type;
      return;
    case "simulated":
    case "began":
    case "paused":
    case "resumed":
    case "dilationChanged":
    case "timeStretched":
      state.clock = event.clock;
      return;
    case "reset":
      return reset(state, event);
    case "weatherBegan":
      state.weather = begun(event.originStep);
      return;
    case "weatherPushed":
      if (state.weather) state.weather = pushed(state.weather, event.pushes);
      return;
    case "animalSpawned":
    case "animalBred":
      return rememberAnimal((state.wildlife ??= { count: 0, animals: new Placed([]) }), event);
    case "entered":
    case "arrived":
      state.bodies.set(event.body.id, event.body);
      if (event.body.npcId !== undefined) state.npcsAway?.delete(event.body.npcId);
      return;
    case "linkLost":
      return change(state, event.characterId, { linkLostAtMs: event.atMs });
    case "linkRestored":
      return change(state, event.characterId, { linkLostAtMs: null });
    case "left":
      state.bodies.delete(event.characterId);
      return;
    case "departed":
      rememberAway(state, event);
      state.bodies.delete(event.characterId);
      state.outbound.set(event.messageId, travelling(event));
      return;
    case "moved":
    case "halted":
    case "flew":
    case "turned":
    case "gaitChanged":
      moveBody(state, event);
      return;
    default:
      evolveByWords(state, event);
  }
}

type Words =
  | WorldEventOf<
      "spoke" | "talked" | "answered" | "messageSent" | "messageSettled" | "statueSpoke" | "worldMade" | "heard"
    >
  | Parameters<typeof evolveLife>[1];

/** What was said, and what other worlds are told. */
function evolveByWords(state: Mutable, event: Words): void {
  switch (event.type) {
    case "spoke":
      rememberTeller(state, event);
      return;
    case "talked":
    case "answered":
      return rememberTalk(state, event);
    case "messageSent":
      state.outbound.set(event.messageId, event.message);
      return;
    case "messageSettled":
      state.outbound.delete(event.messageId);
      return;
    case "statueSpoke":
      if (event.isNear) change(state, event.characterId, { replyTo: null });
      return;
    case "worldMade":
      openPortals(state, event);
      return;
    case "heard":
      return change(state, event.toCharacterId, { replyTo: event.sender });
    default:
      evolveLife(state, event);
  }
}

function reset(state: Mutable, { clock, backMs }: WorldEventOf<"reset">): void {
  state.clock = clock;
  state.things.clear();
  state.patches.clear();
  delete state.weather;
  delete state.acquaintances;
  // Their numbers are not given again.
  state.wildlife?.animals.clear();
  for (const body of state.bodies.values()) state.bodies.set(body.id, bodyBack(body, backMs));
}

function rememberTalk(state: Mutable, event: WorldEventOf<"talked" | "answered">): void {
  state.talks ??= new Map();
  if (event.type === "talked") state.talks.set(event.talk.id, event.talk);
  else state.talks.delete(event.talkId);
  if (event.type === "talked" || event.to === undefined) return;
  const { characterId, words } = event.to;
  state.acquaintances ??= new Map();
  rememberExchange(state.acquaintances, { characterId, npcId: event.npcId }, { words, answer: event.text });
}

/** Who lives here and leaves with his player is not at home meanwhile. */
function rememberAway(state: Mutable, { characterId, fromWorldId }: WorldEventOf<"departed">): void {
  const body = state.bodies.get(characterId);
  if (body?.npcId === undefined || body.homeWorldId !== fromWorldId) return;
  state.npcsAway ??= new Set();
  state.npcsAway.add(body.npcId);
}

function travelling({ messageId, fromWorldId, toWorldId, traveller }: WorldEventOf<"departed">): Outbound {
  return { toWorldId, input: { type: "arrive", id: messageId, fromWorldId, traveller } };
}

function moveBody(state: Mutable, event: WorldEventOf<"moved" | "halted" | "flew" | "turned" | "gaitChanged">): void {
  const body = state.bodies.get(event.characterId);
  if (!body) return;
  const { type, characterId, ...changes } = event;
  if (type === "turned" || type === "gaitChanged" || type === "flew") {
    state.bodies.set(characterId, { ...body, ...changes });
    return;
  }
  const { journey: _, ...standing } = body;
  state.bodies.set(characterId, { ...standing, ...changes });
}

function change(state: Mutable, id: CharacterId, changes: Partial<Body>): void {
  const body = state.bodies.get(id);
  if (body) state.bodies.set(id, { ...body, ...changes });
}

function openPortals(state: Mutable, { userId, world }: WorldEventOf<"worldMade">): void {
  for (const body of state.bodies.values()) {
    if (body.userId !== userId) continue;
    const others = (body.portals ?? []).filter(({ worldId }) => worldId !== world.worldId);
    change(state, body.id, { portals: [world, ...others].slice(0, ownPortalsMax) });
  }
}

/** What somebody did elsewhere before he came and left is known here, too: he may come back and send it again. */
function rememberDone({ bodies, applied }: Mutable, ring: Ring, id: CharacterId): void {
  for (const commandId of bodies.get(id)?.recentCommandIds ?? [])
    rememberInput(applied, ring, { inputId: commandInputId(id, commandId) });
}

function rememberInput(applied: Set<InputId>, ring: Ring, { inputId }: Pick<EventMetadata, "inputId">): void {
  if (inputId === undefined || applied.has(inputId)) return;
  applied.add(inputId);
  if (ring.ids.length < appliedMax) {
    ring.ids.push(inputId);
    return;
  }
  applied.delete(ring.ids[ring.oldest] as InputId);
  ring.ids[ring.oldest] = inputId;
  ring.oldest = (ring.oldest + 1) % appliedMax;
}

function rememberTeller(state: Mutable, event: WorldEventOf<"spoke">): void {
  const speaker = state.bodies.get(event.characterId);
  if (event.manner !== "tell" || event.toCharacterId === undefined || !speaker) return;
  change(state, event.toCharacterId, { replyTo: { characterId: speaker.id, name: speaker.name } });
}

function rememberCommand(state: Mutable, { actorId, commandId }: EventMetadata): void {
  if (actorId === undefined || commandId === undefined) return;
  const body = state.bodies.get(actorId);
  if (!body || body.recentCommandIds.at(-1) === commandId) return;
  change(state, actorId, { recentCommandIds: [...body.recentCommandIds, commandId].slice(-recentCommandIdsMax) });
}
