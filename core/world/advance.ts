import { parseCommand } from "../command/parse.ts";
import { unreachable } from "../lib/assert.ts";
import type { CharacterId, ConnectionId, InputId, WorldId } from "../lib/ids.ts";
import type { CharacterChange } from "../ports.ts";
import type { InputOf, WorldInput } from "../protocol/world-input.ts";
import { gameTimeMs } from "./clock.ts";
import { decideCommand } from "./decide/command.ts";
import { arrive, connect, disconnect, expireLinks, greet, hear } from "./decide/presence.ts";
import type { LiveWorld } from "./evolve.ts";
import { identityOf, redoId, travelId } from "./input-id.ts";
import type { Facts } from "./facts.ts";
import type { EventMetadata, WorldEvent } from "./model.ts";
import { changeOf, departureChange } from "./changes.ts";
import { type Decision, type Place, type Scene, type Switch, type Telling } from "./scene.ts";
import type { RecordedEvent } from "./stored.ts";
import { stateUpdate } from "./vitals.ts";

/** The owner's own wish: show everything to one who has just come (back). */
export type Greet = {
  readonly type: "greet";
  readonly id: InputId;
  readonly connectionId: ConnectionId;
  readonly characterId: CharacterId;
};

export type TurnInput = { readonly input: WorldInput | Greet; readonly facts: Facts };

export type Absent = InputOf<"command"> | InputOf<"connected"> | InputOf<"hear">;

/** What one turn comes to: committed first, then told. */
export type Turn = {
  readonly events: readonly RecordedEvent[];
  readonly characters: readonly CharacterChange[];
  readonly tellings: readonly Telling[];
  readonly switches: readonly Switch[];
  /** What is for those who are not here (any more): for the owner to send on. What was begun here comes under the name of `redoId`. */
  readonly absent: readonly Absent[];
  /** Messages from other worlds that have been taken in, now or before: their senders may forget them. */
  readonly settle: readonly { readonly worldId: WorldId; readonly messageId: InputId }[];
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/**
 * The turn of a world: applies the inputs in order, then what time alone brings about. Deterministic: it reads nothing but its arguments.
 * `world` has moved on when it returns; if the events cannot be committed, the world is to be thrown away and read again from the log.
 */
export function advance(world: LiveWorld, place: Place, inputs: readonly TurnInput[], nowMs: number): Turn {
  const turn: Mutable<Turn> = { events: [], characters: [], tellings: [], switches: [], settle: [], absent: [] };
  const changed = new Set<CharacterId>();
  const departures = new Map<CharacterId, CharacterChange>();
  const sceneNow = (): Scene => ({ place, state: world.state, nowMs, gameMs: gameTimeMs(world.state.clock, nowMs) });

  const record = (event: WorldEvent, metadata: Omit<EventMetadata, "atMs">): void => {
    const full = { ...metadata, atMs: nowMs };
    const leaving = departureChange(event, sceneNow());
    if (leaving) departures.set(leaving.id, leaving);
    world.apply(event, full);
    turn.events.push({ event, metadata: full });
    for (const id of touchedBy(event)) changed.add(id);
  };
  const take = (decision: Decision, metadata: Omit<EventMetadata, "atMs">): void => {
    for (const event of decision.events) record(event, metadata);
    turn.tellings.push(...decision.tell(sceneNow()));
    if (decision.switch) turn.switches.push(decision.switch);
  };

  if (world.state.version === 0) {
    const clock = {
      sinceRealMs: nowMs,
      sinceGameMs: startOfDayMs(place),
      dilation: place.spec.dilation,
      isPaused: false,
    };
    record({ type: "began", clock }, {});
  }
  for (const { input, facts } of inputs) {
    const scene = sceneNow();
    const inputId = identityOf(input.id);
    const isApplied = world.state.applied.has(inputId);
    const decision = isApplied ? again(scene, input) : happen(scene, input, facts);
    if (decision !== "absent") take(decision, { inputId, ...commandMetadata(input) });
    else turn.absent.push({ ...(input as Absent), ...(isApplied && { id: redoId(inputId) }) });
    if (input.type === "arrive" || input.type === "hear") {
      turn.settle.push({ worldId: input.fromWorldId, messageId: input.id });
    }
  }
  take(expireLinks(sceneNow()), {});

  const after = sceneNow();
  for (const id of changed) {
    const body = world.state.bodies.get(id);
    const departure = departures.get(id);
    if (body) {
      turn.tellings.push({ to: id, tell: { kind: "state", state: stateUpdate(body, after.gameMs) } });
      turn.characters.push(changeOf(body, after));
    } else if (departure) {
      turn.characters.push(departure);
    }
  }
  return turn;
}

/** A new world's first morning. */
function startOfDayMs({ spec }: Place): number {
  return Math.round(spec.sky.dayLengthS * 1000 * 0.35);
}

/** A command that was given before, by its client's own name for it, changes nothing. */
function command(scene: Scene, input: InputOf<"command">, facts: Facts): Decision | "absent" {
  const actor = scene.state.bodies.get(input.characterId);
  if (!actor) return "absent";
  if (input.commandId !== undefined && actor.recentCommandIds.includes(input.commandId)) return nothing;
  const { commandId } = input;
  const inputId = identityOf(input.id);
  const act = { scene, actor, inputId, ...(commandId !== undefined && { commandId }) };
  return decideCommand(act, parseCommand(input.text), facts);
}

/** What somebody hears is remembered with him, as his commands are: his last world may have the message, too. */
function commandMetadata(input: WorldInput | Greet): Omit<EventMetadata, "atMs"> {
  if (input.type === "hear") return { actorId: input.toCharacterId, commandId: identityOf(input.id) };
  if (input.type !== "command") return {};
  const { characterId, commandId } = input;
  return commandId === undefined ? { actorId: characterId } : { actorId: characterId, commandId };
}

/** Delivered again: it has happened. What was only told, or only begun, may have been lost with the last owner. */
function again(scene: Scene, input: WorldInput | Greet): Decision | "absent" {
  if (input.type === "connected" && input.protocol === "legacy") return greet(scene, input.characterId);
  if (input.type === "arrive") return greet(scene, input.traveller.characterId);
  if (input.type === "command" && isSwitchBegun(scene, input)) return "absent";
  return nothing;
}

/** The one character has left; whether the player goes on as the other one is not known. */
function isSwitchBegun({ state }: Scene, { id, characterId, text }: InputOf<"command">): boolean {
  const parsed = parseCommand(text);
  const leadsAway = parsed.kind === "command" && (parsed.name === "enter" || parsed.name === "lobby");
  return leadsAway && !state.bodies.has(characterId) && !state.outbound.has(travelId(identityOf(id)));
}

function happen(scene: Scene, input: WorldInput | Greet, facts: Facts): Decision | "absent" {
  switch (input.type) {
    case "command":
      return command(scene, input, facts);
    case "connected":
      return connect(scene, input, facts);
    case "greet":
      return greet(scene, input.characterId);
    case "disconnected":
      return disconnect(scene, input);
    case "arrive":
      return arrive(scene, input, facts);
    case "hear":
      return hear(scene, input);
    case "settled":
      return scene.state.outbound.has(input.messageId)
        ? { events: [{ type: "messageSettled", messageId: input.messageId }], tell: () => [] }
        : nothing;
    case "resume":
      return nothing;
    default:
      return unreachable(input);
  }
}

const nothing: Decision = { events: [], tell: () => [] };

function touchedBy(event: WorldEvent): CharacterId[] {
  switch (event.type) {
    case "entered":
    case "arrived":
      return [event.body.id];
    case "moved":
    case "turned":
    case "left":
    case "departed":
      return [event.characterId];
    default:
      return [];
  }
}
