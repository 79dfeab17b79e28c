import { parseLine } from "../command/parse.ts";
import { specOf } from "../command/registry.ts";
import { unreachable } from "../lib/assert.ts";
import type { CharacterId, ConnectionId, InputId, WorldId } from "../lib/ids.ts";
import type { CharacterChange } from "../ports/world-log.ts";
import type { InputOf, WorldInput } from "../protocol/world-input.ts";
import { planCatchUp } from "./catch-up.ts";
import { gameTimeMs, paceOf } from "./clock.ts";
import { setClock, stretchTime } from "./decide/clock.ts";
import { decideLine } from "./decide/command.ts";
import { close, reject, type Reject } from "./decide/life.ts";
import { arrive, connect, disconnect, greet, hear } from "./decide/presence.ts";
import { simulate } from "./decide/shape-time.ts";
import { announceWorld, statueSpeaks } from "./decide/statue.ts";
import { decideNpcAnswer, type NpcAnswer } from "./decide/talk.ts";
import { messageOf, visitAlone, wayOn } from "./decide/send-on.ts";
import type { LiveWorld } from "./evolve.ts";
import { firstClockOf } from "./first-clock.ts";
import { identityOf, onwardId, redoId, travelId } from "./input-id.ts";
import type { Facts, Onward } from "./facts.ts";
import type { EventMetadata, WorldEvent } from "./model.ts";
import { changeOf, concernedIn, departureChange, isChanged } from "./changes.ts";
import {
  type BirthWish,
  type Decision,
  type Glance,
  type Place,
  type Scene,
  type StatueWish,
  type Switch,
  type Telling,
} from "./scene.ts";
import type { RecordedEvent } from "./stored.ts";
import { beginBiographies } from "./biographies.ts";
import { type Span, systems } from "./systems.ts";
import type { SkyOver } from "./weather/sky-over.ts";
import { stateUpdate } from "./vitals.ts";

/** The owner's own wish: show everything to one who has just come (back). */
export type Greet = {
  readonly type: "greet";
  readonly id: InputId;
  readonly connectionId: ConnectionId;
  readonly characterId: CharacterId;
};

/** The owner cannot keep up, or can again: time keeps this share of its pace. */
export type Stretch = { readonly type: "stretch"; readonly id: InputId; readonly stretch: number };

/** The owner's own wish: the world has no weather yet, or has not been looked at for so long that it is not made up for. */
export type BeginWeather = { readonly type: "beginWeather"; readonly id: InputId; readonly originStep: number };

export type TurnInput = {
  readonly input: WorldInput | Greet | Stretch | BeginWeather | NpcAnswer | Reject;
  readonly facts: Facts;
};

export type Absent = InputOf<"command"> | InputOf<"connected">;

/** What one turn comes to: committed first, then told. */
export type Turn = {
  readonly events: readonly RecordedEvent[];
  readonly characters: readonly CharacterChange[];
  readonly tellings: readonly Telling[];
  readonly switches: readonly Switch[];
  /** What was said to the statue. */
  readonly statue: readonly StatueWish[];
  /** Who is to be made for a player. */
  readonly births: readonly BirthWish[];
  /** What was looked at, for models to describe it to whoever looks next. */
  readonly glances: readonly Glance[];
  /** What is for those who are not here, and nothing in the facts says where else: for the owner. What was begun comes under the name of `redoId`. */
  readonly absent: readonly Absent[];
  /** Messages from other worlds that have been taken in, now or before: their senders may forget them. */
  readonly settle: readonly { readonly worldId: WorldId; readonly messageId: InputId }[];
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/**
 * The turn of a world: makes up for what was missed, applies the inputs in order, then what time alone brings about. Deterministic: it reads
 * nothing but its arguments. `weather` is how it is all through the turn. `isSpent` is asked between the large steps of a world that has much to make up for; what it cuts is recorded.
 * `world` has moved on when it returns; if the events cannot be committed, the world is to be thrown away and read again from the log.
 */
export function advance(
  world: LiveWorld,
  place: Place,
  inputs: readonly TurnInput[],
  nowMs: number,
  isSpent: () => boolean = () => false,
  weather?: SkyOver,
): Turn {
  const turn = beginTurn(world, place, nowMs, { weather, isSpent });
  if (world.state.version === 0) {
    turn.take({ events: [{ type: "began", clock: firstClockOf(place.spec, nowMs) }], tell: () => [] }, {});
  }
  catchUp(world, turn, isSpent);
  for (const each of inputs) apply(world, turn, each);
  step(world, turn, { fromMs: world.steppedToMs, toMs: turn.sceneNow().gameMs });
  return turn.end();
}

function apply(world: LiveWorld, turn: TurnUnderWay, { input, facts }: TurnInput): void {
  const { begun, take, sceneNow } = turn;
  const inputId = identityOf(input.id);
  const isApplied = world.state.applied.has(inputId);
  const onward = isApplied ? null : wayOn(sceneNow(), input, turn.goneTo(input) ?? facts.onward);
  const visit = isApplied || onward ? null : visitAlone(sceneNow(), input, facts);
  if (visit) take(visit.before, { inputId });
  const decision = onward ?? (isApplied ? again(sceneNow(), input) : happen(sceneNow(), input, facts));
  if (decision === "absent") begun.absent.push(isApplied ? begunOf(input as Absent) : (input as Absent));
  else take(decision, onward ? { inputId: onwardId(input.id) ?? inputId } : { inputId, ...commandMetadata(input) });
  if (visit) take(visit.after(sceneNow()), { inputId });
  if (decision !== "absent" || isApplied) begun.settle.push(...messageOf(input));
}

type Metadata = Omit<EventMetadata, "atMs">;

type Surroundings = { readonly weather: SkyOver | undefined; readonly isSpent: () => boolean };

function emptyTurn(): Mutable<Turn> {
  return {
    events: [],
    characters: [],
    tellings: [],
    switches: [],
    statue: [],
    births: [],
    glances: [],
    settle: [],
    absent: [],
  };
}

/** A turn that is under way. */
function beginTurn(world: LiveWorld, place: Place, nowMs: number, { weather, isSpent }: Surroundings) {
  const begun = emptyTurn();
  const changed = new Set<CharacterId>();
  const lived = new Set<CharacterId>();
  const departures = new Map<CharacterId, CharacterChange>();
  const biographies = beginBiographies(world);
  const sceneNow = (): Scene => ({
    place,
    state: world.state,
    nowMs,
    gameMs: gameTimeMs(world.state.clock, nowMs),
    ...(weather !== undefined && { weather }),
  });

  const record = (event: WorldEvent, metadata: Metadata): void => {
    const full = { ...metadata, atMs: nowMs };
    const leaving = departureChange(event, sceneNow());
    if (leaving) departures.set(leaving.id, leaving);
    const concerned = concernedIn(event);
    const before = concerned.map((id) => world.state.bodies.get(id));
    const keepBiography = biographies.note(event, sceneNow());
    world.apply(event, full);
    keepBiography();
    begun.events.push({ event, metadata: full });
    concerned.forEach((id, index) => {
      const after = world.state.bodies.get(id);
      if (isChanged(before[index], after)) changed.add(id);
      if (before[index]?.life !== after?.life) lived.add(id);
    });
  };
  const take = (decision: Decision, metadata: Metadata): void => {
    for (const event of decision.events) {
      // What is to come at once comes after what has come by now.
      if (event.type === "simulated" || event.type === "reset")
        step(world, turn, { fromMs: world.steppedToMs, toMs: sceneNow().gameMs });
      record(event, metadata);
      if (event.type === "simulated") catchUp(world, turn, isSpent);
    }
    begun.tellings.push(...decision.tell(sceneNow()));
    wish(begun, decision);
    if (decision.next) take(decision.next(sceneNow()), metadata);
  };
  const turn: TurnUnderWay = {
    begun,
    sceneNow,
    take,
    goneTo: (input: TurnInput["input"]) => goneTo(input, begun, departures),
    end(): Turn {
      const after = sceneNow();
      const withBiography = (change: CharacterChange): CharacterChange => {
        const biography = biographies.streams.get(change.id);
        return biography === undefined ? change : { ...change, biography };
      };
      for (const id of changed) {
        const body = world.state.bodies.get(id);
        const departure = departures.get(id);
        if (body) {
          begun.tellings.push({ to: id, tell: { kind: "state", state: stateUpdate(body, after.gameMs) } });
          const life = lived.has(id) ? body.life : undefined;
          begun.characters.push(withBiography({ ...changeOf(body, after), ...(life !== undefined && { life }) }));
        } else if (departure) {
          begun.characters.push(withBiography(departure));
        }
      }
      return begun;
    },
  };
  return turn;
}

/** What is to be done beside the turn. */
function wish(begun: Mutable<Turn>, decision: Decision): void {
  if (decision.switch) begun.switches.push(decision.switch);
  if (decision.statue) begun.statue.push(decision.statue);
  if (decision.birth) begun.births.push(decision.birth);
  if (decision.glance) begun.glances.push(decision.glance);
}

/** As far as time goes on in it. */
type TurnUnderWay = {
  readonly begun: Mutable<Turn>;
  sceneNow(): Scene;
  take(decision: Decision, metadata: Metadata): void;
  goneTo(input: TurnInput["input"]): Onward | undefined;
  end(): Turn;
};

function step(world: LiveWorld, turn: Pick<TurnUnderWay, "take" | "sceneNow">, span: Span): void {
  for (const system of systems) turn.take(system.run({ ...turn.sceneNow(), gameMs: span.toMs }, span), {});
  world.stepTo(span.toMs);
}

/** The bounds are in catch-up.ts. */
function catchUp(world: LiveWorld, turn: Pick<TurnUnderWay, "take" | "sceneNow">, isSpent: () => boolean): void {
  const span = { fromMs: world.steppedToMs, toMs: turn.sceneNow().gameMs };
  const plan = planCatchUp(span, paceOf(world.state.clock));
  if (plan === null) return;
  let { skippedMs } = plan;
  let steps = 0;
  for (const each of plan.steps) {
    if (each.toMs < span.toMs && isSpent()) {
      skippedMs += each.toMs - each.fromMs;
      continue;
    }
    step(world, turn, each);
    steps++;
  }
  turn.take({ events: [{ type: "caughtUp", ...span, steps, skippedMs }], tell: () => [] }, {});
}

/** Where somebody has gone in this very turn, after what the facts know of. */
function goneTo(
  input: TurnInput["input"],
  { switches }: Pick<Turn, "switches">,
  departures: ReadonlyMap<CharacterId, CharacterChange>,
): Onward | undefined {
  if (input.type !== "command" && input.type !== "hear") return undefined;
  const characterId = input.type === "hear" ? input.toCharacterId : input.characterId;
  const change = switches.findLast(({ from }) => input.type === "command" && from === characterId);
  if (change) return change.to;
  const departure = departures.get(characterId);
  return departure?.hasArrived === false ? { worldId: departure.worldId, characterId } : undefined;
}

/** As an input of this world's own. */
function begunOf(input: Absent): Absent {
  const id = redoId(identityOf(input.id));
  if (input.type === "connected") return { ...input, id };
  const { fromWorldId: _, ...rest } = input;
  return { ...rest, id };
}

/** A command that was given before, by its client's own name for it, changes nothing. */
function command(scene: Scene, input: InputOf<"command">, facts: Facts): Decision | "absent" {
  const actor = scene.state.bodies.get(input.characterId);
  if (!actor) return "absent";
  if (input.commandId !== undefined && actor.recentCommandIds.includes(input.commandId)) return nothing;
  const { commandId } = input;
  const inputId = identityOf(input.id);
  const act = { scene, actor, inputId, ...(commandId !== undefined && { commandId }) };
  return decideLine(act, parseLine(input.text), facts);
}

/** What somebody hears is remembered with him, as his commands are: his last world may have the message, too. */
function commandMetadata(input: TurnInput["input"]): Omit<EventMetadata, "atMs"> {
  if (input.type === "hear") return { actorId: input.toCharacterId, commandId: identityOf(input.id) };
  if (input.type === "setClock") return input.by.characterId === undefined ? {} : { actorId: input.by.characterId };
  if (input.type !== "command") return {};
  const { characterId, commandId } = input;
  return commandId === undefined ? { actorId: characterId } : { actorId: characterId, commandId };
}

/** Delivered again: it has happened. What was only told, or only begun, may have been lost with the last owner. */
function again(scene: Scene, input: TurnInput["input"]): Decision | "absent" {
  if (input.type === "connected" && input.protocol === "legacy") return greet(scene, input.characterId);
  if (input.type === "arrive") return greet(scene, input.traveller.characterId);
  if (input.type === "statueSpoke") return statueSpeaks(scene, input, true);
  if (input.type === "command" && isSwitchBegun(scene, input)) return "absent";
  return nothing;
}

/** The one character has left; whether the player goes on as the other one is not known. */
function isSwitchBegun({ state }: Scene, { id, characterId, text }: InputOf<"command">): boolean {
  const line = parseLine(text);
  const last = line.kind === "commands" ? line.commands.at(-1) : undefined;
  const leadsAway = last?.kind === "command" && specOf(last.name).leadsAway === true;
  return leadsAway && !state.bodies.has(characterId) && !state.outbound.has(travelId(identityOf(id)));
}

function happen(scene: Scene, input: TurnInput["input"], facts: Facts): Decision | "absent" {
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
    case "statueSpoke":
      return statueSpeaks(scene, input, false);
    case "worldMade":
      return announceWorld(scene, input);
    case "settled":
      return scene.state.outbound.has(input.messageId)
        ? { events: [{ type: "messageSettled", messageId: input.messageId }], tell: () => [] }
        : nothing;
    case "setClock":
      return setClock(scene, input);
    case "stretch":
      return stretchTime(scene, input.stretch);
    case "npcAnswer":
      return decideNpcAnswer(scene, input);
    case "beginWeather":
      return { events: [{ type: "weatherBegan", originStep: input.originStep }], tell: () => [] };
    case "simulate":
      return simulate(scene, input);
    case "delete":
      return close(scene, input);
    case "reject":
      return reject(input);
    case "resume":
      return nothing;
    default:
      return unreachable(input);
  }
}

const nothing: Decision = { events: [], tell: () => [] };
