import type { ParsedCommand } from "../command/parse.ts";
import { type CharacterId, lobbyWorldId, type WorldId } from "../lib/ids.ts";
import type { Guide } from "../protocol/life.ts";
import type { Body, WorldEvent } from "./model.ts";
import { type Decision, type Scene, type Telling, telling } from "./scene.ts";

// The first five minutes: one hint at a time, told once, when the step before it is done. What is done counts in any order, and nothing is
// refused for the guide's sake. It is on for who plays a character for the first time, and its state goes with the character.

type Done = { readonly parsed: Extract<ParsedCommand, { kind: "command" }>; readonly events: readonly WorldEvent[] };

type Step = {
  readonly name: string;
  readonly where: "lobby" | "world";
  readonly hint: string;
  /** Whether a command that was not refused was this step. */
  isDone(done: Done): boolean;
};

const named =
  (...names: string[]) =>
  ({ parsed }: Done): boolean =>
    names.includes(parsed.name);
const happened =
  (...types: WorldEvent["type"][]) =>
  ({ events }: Done): boolean =>
    events.some(({ type }) => types.includes(type));
const isAboutStatue = ({ parsed }: Done): boolean =>
  (parsed.name === "look" || parsed.name === "tell") && /\bstatue\b/iu.test(parsed.rest);

const steps: readonly Step[] = [
  {
    name: "look",
    where: "lobby",
    hint: "Say `look` to hear what is around you; `look north` and `look me` work, too.",
    isDone: named("look"),
  },
  {
    name: "move",
    where: "lobby",
    hint: "Say `north` to take a step, or `e`, `sw` and so on. `north 3` takes three.",
    isDone: happened("moved"),
  },
  {
    name: "talk",
    where: "lobby",
    hint: "Whoever is near hears you: say `say hello`, or `:waves` to show what you do.",
    isDone: happened("spoke"),
  },
  {
    name: "statue",
    where: "lobby",
    hint: "The marble statue makes worlds for those who describe one. Say `look statue`; to begin, `tell statue hello`.",
    isDone: isAboutStatue,
  },
  {
    name: "portal",
    where: "lobby",
    hint: "The arches lead to other worlds: `enter west`, `enter north`. `worlds` lists all there are, and `lobby` brings you back.",
    isDone: happened("departed"),
  },
  {
    name: "weather",
    where: "world",
    hint: "This world has weather and a sky of its own: say `weather`, or `time`.",
    isDone: named("weather", "time"),
  },
  {
    name: "get",
    where: "world",
    hint: "What lies about can be taken: `get` with its name. `inventory` tells what you carry.",
    isDone: (done) => happened("taken", "gathered")(done) || named("inventory")(done),
  },
  {
    name: "map",
    where: "world",
    hint: "Say `map` for the land around you, told in words, too.",
    isDone: named("map"),
  },
];

const farewell = "That is all there is to begin with. `help` explains every command. Go where you like.";
const howToSkip = "`guide next` goes on to the next hint, `guide off` ends them.";

const stepsAt = (worldId: WorldId): readonly Step[] =>
  steps.filter(({ where }) => (where === "lobby") === (worldId === lobbyWorldId));

/** What is next in such a place; null where the guide is off or has nothing more to say. */
function stepOf(worldId: WorldId, guide: Guide | undefined): Step | null {
  if (!guide?.isOn) return null;
  return stepsAt(worldId).find(({ name }) => !guide.done.includes(name)) ?? null;
}

export const nextStep = ({ place }: Scene, { life }: Pick<Body, "life">): Step | null => stepOf(place.id, life?.guide);

/** From the beginning, with the first hint. */
export function begunGuide(worldId: WorldId): Guide {
  return withHint(worldId, { isOn: true, done: [], told: [] });
}

/** The hint of what is next counts as told. */
function withHint(worldId: WorldId, guide: Guide): Guide {
  const step = stepOf(worldId, guide);
  return step === null || guide.told.includes(step.name) ? guide : { ...guide, told: [...guide.told, step.name] };
}

/** Of one who comes to another place, as he is there; `welcome` then tells what this counts as told. */
export function guidedAt(worldId: WorldId, body: Body): Body {
  const guide = body.life?.guide;
  return guide === undefined || !body.life
    ? body
    : { ...body, life: { ...body.life, guide: withHint(worldId, guide) } };
}

/** To one who has just come, and had been told `before`: nobody is told the same hint twice. */
export function welcome(scene: Scene, body: Body, before: readonly string[] = []): Telling[] {
  const step = nextStep(scene, body);
  return step === null || before.includes(step.name) ? [] : [hintTo(body.id, step, howToSkip)];
}

function hintTo(id: CharacterId, { name, hint }: Step, more = ""): Telling {
  return telling(id, "system", `Guide: ${hint}${more === "" ? "" : ` ${more}`}`, { guide: { step: name } });
}

/** After a command that was not refused. null where it was nothing that the guide waits for. */
export function afterCommand(scene: Scene, id: CharacterId, done: Done): Decision | null {
  const body = scene.state.bodies.get(id);
  const guide = body?.life?.guide;
  if (!body || !guide?.isOn) return null;
  const learnt = stepsAt(scene.place.id)
    .filter((step) => !guide.done.includes(step.name) && step.isDone(done))
    .map(({ name }) => name);
  return learnt.length === 0 ? null : goOn(scene, body, [...guide.done, ...learnt]);
}

/** To the step after the one that is next, as if it had been done. */
export function skipStep(scene: Scene, body: Body): Decision | null {
  const step = nextStep(scene, body);
  return step === null ? null : goOn(scene, body, [...(body.life?.guide?.done ?? []), step.name]);
}

function goOn({ place }: Scene, body: Body, done: readonly string[]): Decision {
  const told = body.life?.guide?.told ?? [];
  // Whoever is elsewhere has found a way there.
  const isOver = steps.every(({ name }) => done.includes(name) || name === "portal");
  const guide = withHint(place.id, { isOn: !isOver, done, told });
  const step = stepOf(place.id, guide);
  return {
    events: [{ type: "guided", characterId: body.id, guide }],
    tell: () => {
      if (isOver) return [telling(body.id, "system", `Guide: ${farewell}`, { guide: { step: null } })];
      return step === null || told.includes(step.name) ? [] : [hintTo(body.id, step)];
    },
  };
}
