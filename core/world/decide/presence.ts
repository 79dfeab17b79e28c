import type { Attributes, CharacterRecord } from "../../character/model.ts";
import { type CharacterId, lobbyWorldId, type WorldId } from "../../lib/ids.ts";
import { emptyLife, type Life } from "../../protocol/life.ts";
import type { InputOf, Traveller } from "../../protocol/world-input.ts";
import { describePlace } from "../describe.ts";
import type { Facts } from "../facts.ts";
import { begunGuide, guidedAt, welcome } from "../guide.ts";
import { npcById } from "../inhabitants/inhabitants.ts";
import { mapOf } from "../mini-map.ts";
import { standingM } from "../motion.ts";
import { placeMetadata } from "../place-metadata.ts";
import { round } from "../space.ts";
import { commandIdIn, identityOf, isWake } from "../input-id.ts";
import { type Body, type LeaveReason, recentCommandIdsMax } from "../model.ts";
import { witnesses } from "../perception.ts";
import { type Decision, type Scene, type Telling, telling } from "../scene.ts";
import { wakeShare } from "../fights/rules.ts";
import { firstLife } from "../things/belongings.ts";
import { healthMax, staminaMax, stateUpdate } from "../vitals.ts";
import { toldOfLeaving } from "./travel.ts";

/** Whose link broke stays this long: a reconnect within it goes unnoticed by others. */
export const lingerMs = 120_000;

const nothing: Decision = { events: [], tell: () => [] };

/** A socket is there for a character. One who is not in the state comes with its row, unless it is still on its way here. */
export function connect(scene: Scene, input: InputOf<"connected">, facts: Facts): Decision | "absent" {
  const body = scene.state.bodies.get(input.characterId);
  if (body) return reconnect(input, body);
  const record = facts.character;
  if (record && record.worldId !== scene.place.id) return "absent";
  if (!record?.hasArrived) return nothing;
  // Who is woken is to go on with what was begun: that is not done yet.
  const recentCommandIds = isWake(input.id) ? [] : doneHere(scene, record.id);
  const isFirstTime = record.lastPlayedAtMs === null;
  const plain = { ...bodyOf(record, scene), recentCommandIds, ...portalsOf(facts) };
  const entering = isFirstTime ? guided(plain, scene.place.id) : plain;
  return {
    events: [{ type: "entered", body: entering, isFirstTime }],
    tell: (after) => [
      ...showEverything(after, entering),
      ...(isFirstTime ? welcome(after, entering) : []),
      ...(wasHere(record) ? [] : toldOfArriving(after, entering, "appears")),
    ],
  };
}

/** Who plays for the first time is given hints. */
function guided(body: Body, worldId: WorldId): Body {
  return body.role === "player" ? { ...body, life: { ...(body.life ?? emptyLife), guide: begunGuide(worldId) } } : body;
}

/** Who has lived here and is played for the first time stands where he stood: nobody sees that it is somebody else who decides for him now. */
const wasHere = ({ npcId, life }: CharacterRecord): boolean => npcId !== undefined && life === null;

const portalsOf = ({ ownWorlds = [] }: Facts): Pick<Body, "portals"> =>
  ownWorlds.length === 0 ? {} : { portals: ownWorlds };

/** Somebody comes without a socket. */
export function comeAlone(scene: Scene, record: CharacterRecord): Decision {
  const body = { ...bodyOf(record, scene), recentCommandIds: doneHere(scene, record.id) };
  return {
    events: [{ type: "entered", body, isFirstTime: false }],
    tell: (after) => toldOfArriving(after, body, "appears"),
  };
}

/** Who was away for long has not forgotten what he did: the world knows it, and it goes with him to the next. */
function doneHere({ state }: Scene, id: CharacterId): string[] {
  return [...state.applied].flatMap((inputId) => commandIdIn(inputId, id) ?? []).slice(-recentCommandIdsMax);
}

/** A socket that can resume gets what it missed; the owner greets it only if it does not ask for that. */
function reconnect(input: InputOf<"connected">, body: Body): Decision {
  const wasLost = body.linkLostAtMs !== null;
  return {
    events: wasLost ? [{ type: "linkRestored", characterId: body.id }] : [],
    tell: (after) => (input.protocol === "v1" ? [] : showEverything(after, body)),
  };
}

export function greet(scene: Scene, characterId: CharacterId): Decision {
  const body = scene.state.bodies.get(characterId);
  return body ? { events: [], tell: (after) => showEverything(after, body) } : nothing;
}

function showEverything(scene: Scene, body: Body): Telling[] {
  return [
    { to: body.id, tell: { kind: "state", state: stateUpdate(body, scene.gameMs) } },
    telling(body.id, "area_description", describePlace(scene, body), placeMetadata(scene, body.position)),
    { to: body.id, tell: { kind: "map", map: mapOf(scene, body) } },
  ];
}

export function disconnect(scene: Scene, input: InputOf<"disconnected">): Decision {
  const body = scene.state.bodies.get(input.characterId);
  if (!body) return nothing;
  if (input.mayReturn) {
    if (body.linkLostAtMs !== null) return nothing;
    return { events: [{ type: "linkLost", characterId: body.id, atMs: scene.nowMs }], tell: () => [] };
  }
  return leave(scene, body, "quit");
}

export function leave(scene: Scene, body: Body, reason: LeaveReason): Decision {
  return {
    events: [{ type: "left", characterId: body.id, reason }],
    tell: () => toldOfLeaving(scene, body),
  };
}

/** Those whose link has been broken for too long leave. */
export function expireLinks(scene: Scene): Decision {
  const gone = [...scene.state.bodies.values()]
    .filter(({ linkLostAtMs }) => linkLostAtMs !== null && scene.nowMs - linkLostAtMs >= lingerMs)
    .toSorted((a, b) => (a.linkLostAtMs ?? 0) - (b.linkLostAtMs ?? 0) || (a.id < b.id ? -1 : 1));
  const decisions = gone.map((body) => leave(scene, body, "lost"));
  return {
    events: decisions.flatMap(({ events }) => events),
    tell: (after) => decisions.flatMap(({ tell }) => tell(after)),
  };
}

/** Someone comes from another world. The same message again, or an older one, changes nothing. */
export function arrive(scene: Scene, { fromWorldId, traveller }: InputOf<"arrive">, facts: Facts): Decision {
  const { character } = facts;
  const present = scene.state.bodies.get(traveller.characterId);
  if (present && present.travels >= traveller.travels) return nothing;
  if (character && hasBeenTakenIn(character, traveller)) return nothing;
  const { spawn } = scene.place.spec;
  const { characterId, stamina, health, life, attributes, npcId, recentCommandIds = [], ...rest } = traveller;
  const arriving: Body = {
    ...rest,
    id: characterId,
    attributes: attributes as Attributes | null,
    position: spawn.position,
    orientation: spawn.orientation,
    gait: "walk",
    stamina: { value: stamina ?? 0, atGameMs: scene.gameMs },
    ...(typeof health === "number" && { health: { value: health, atGameMs: scene.gameMs } }),
    life: life ?? (character ? lifeOf(character) : emptyLife),
    linkLostAtMs: null,
    replyTo: null,
    recentCommandIds,
    ...(npcId !== undefined && { npcId }),
    ...portalsOf(facts),
  };
  const there = settle(scene, { ...arriving, ...wokenElsewhere(scene, arriving, health) });
  const body = guidedAt(scene.place.id, there);
  return {
    events: [{ type: "arrived", body, fromWorldId }],
    tell: (after) => [
      ...showEverything(after, body),
      ...welcome(after, body, life?.guide?.told),
      ...toldOfArriving(after, body, "steps out of the air"),
    ],
  };
}

/** Whoever came this far has perhaps gone on already. */
function hasBeenTakenIn(character: CharacterRecord, traveller: Traveller): boolean {
  return character.travels > traveller.travels || (character.travels === traveller.travels && character.hasArrived);
}

/** Of somebody who is here. */
export function hear(scene: Scene, { id, toCharacterId, sender, text }: InputOf<"hear">): Decision {
  const listener = scene.state.bodies.get(toCharacterId);
  if (!listener) return nothing;
  if (listener.recentCommandIds.includes(identityOf(id))) return nothing;
  const { characterId, name } = sender;
  return {
    events: [{ type: "heard", toCharacterId, sender: { characterId, name }, text }],
    tell: () => [
      telling(toCharacterId, "tell", `${name} tells you: "${text}"`, {
        sender_id: characterId,
        sender_name: name,
        message: text,
        recipient_id: toCharacterId,
        recipient: listener.name,
      }),
    ],
  };
}

function toldOfArriving(scene: Scene, body: Body, how: string): Telling[] {
  const where = scene.place.id === lobbyWorldId ? " in the lobby" : "";
  return witnesses(scene, body).map(({ id }) =>
    telling(id, "arrival", `${body.name} ${how}${where}.`, { character_id: body.id, name: body.name }),
  );
}

/** Of who has never been anywhere: what he begins with. */
const lifeOf = (record: CharacterRecord): Life => record.life ?? firstLife(record);

/** Someone as the table knows them, put into this world. */
export function bodyOf(record: CharacterRecord, scene: Scene): Body {
  const { id, userId, homeWorldId, travels, name, role, species, appearance, description, attributes } = record;
  const body: Body = {
    id,
    userId,
    homeWorldId,
    travels,
    name,
    role,
    species,
    appearance,
    description,
    attributes,
    position: record.position,
    orientation: record.orientation,
    isFlying: record.isFlying,
    gait: "walk",
    stamina: { value: 0, atGameMs: scene.gameMs },
    life: lifeOf(record),
    linkLostAtMs: null,
    replyTo: null,
    recentCommandIds: [],
    ...inhabiting(record, scene),
  };
  const restedMs = record.lastPlayedAtMs === null ? 0 : Math.max(0, scene.nowMs - record.lastPlayedAtMs);
  const atGameMs = Math.max(0, Math.round(scene.gameMs - restedMs * scene.state.clock.dilation));
  return settle(scene, {
    ...body,
    stamina: { value: record.stamina ?? staminaMax(body), atGameMs },
    ...(record.health !== null && { health: { value: record.health, atGameMs } }),
    ...wokenElsewhere(scene, body, record.health),
  });
}

/** Who left senseless has come to meanwhile, as he would have here. */
function wokenElsewhere({ place, gameMs }: Scene, body: Body, health: number | null | undefined): Partial<Body> {
  if (health === null || health === undefined || health >= 1) return {};
  const value = Math.floor(healthMax(body) * wakeShare);
  return { health: { value, atGameMs: gameMs }, position: place.spec.spawn.position };
}

function inhabiting(record: CharacterRecord, scene: Scene): Partial<Body> {
  const { npcId } = record;
  if (npcId === undefined) return {};
  const npc = wasHere(record) ? npcById(scene, npcId) : null;
  return { npcId, ...(npc !== null && { position: npc.position, orientation: npc.orientation }) };
}

/** On the ground as it is, not as a table remembers it. */
function settle(scene: Scene, body: Body): Body {
  if (body.isFlying) return body;
  const ground = scene.place.terrain.groundAt(body.position.x, body.position.y);
  return { ...body, position: { ...body.position, z: round(standingM(ground)) } };
}
