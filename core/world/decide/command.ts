import type { ParsedCommand, ParsedLine } from "../../command/parse.ts";
import { specOf } from "../../command/registry.ts";
import type { CommandGroup } from "../../command/spec.ts";
import type { speechCommands } from "../../command/table/speech.ts";
import type { Facts } from "../facts.ts";
import { afterCommand } from "../guide.ts";
import { type Act, type Decision, followedBy, refuse, type Scene } from "../scene.ts";
import { decideWorld, stillness } from "./clock.ts";
import { decideCreate, decideWatcher } from "./create.ts";
import { decideEcosystem } from "./ecosystem.ts";
import { decideGuide } from "./guide.ts";
import { decideHelp, decideWho, decideWorlds, unknownCommand } from "./info.ts";
import { decideLife, type LifeCommand } from "./life-commands.ts";
import { decideLook, decideMap, decideTime } from "./look.ts";
import { decideFly } from "./fly.ts";
import { decideGait, decideGo, decideMove, decideSwimOrClimb } from "./movement.ts";
import { decideFace, decideStop } from "./turn.ts";
import { decideEmote, decideReply, decideSay, decideShout, decideTell, decideWhisper } from "./speech.ts";
import { decideTalk } from "./talk.ts";
import { decideEnter, decideLobby } from "./travel.ts";
import { decideWeather } from "./weather.ts";

/** What a line of one character comes to: each command is decided when the one before it has happened. */
export function decideLine(act: Omit<Act, "rest">, line: ParsedLine, facts: Facts): Decision {
  if (line.kind === "refused") return refuse(act.actor, line.why);
  const [first = { kind: "empty" } as const, ...following] = line.commands;
  return following.reduce(
    (before, parsed, index) => followedBy(before, (scene) => next(act, scene, parsed, facts.following?.[index] ?? {})),
    decideCommand(act, first, facts),
  );
}

function next(act: Omit<Act, "rest">, scene: Scene, parsed: ParsedCommand, facts: Facts): Decision {
  const actor = scene.state.bodies.get(act.actor.id);
  return actor ? decideCommand({ ...act, scene, actor }, parsed, facts) : nothing;
}

function decideCommand(act: Omit<Act, "rest">, parsed: ParsedCommand, facts: Facts): Decision {
  const { actor, scene } = act;
  if (parsed.kind === "empty") return refuse(actor, "Say what you want to do, or `help`.");
  if (parsed.kind === "unknown") return unknownCommand(actor, parsed.word);
  const { worksWhilePaused, rights, group } = specOf(parsed.name);
  if (scene.state.clock.isPaused && !worksWhilePaused) return refuse(actor, stillness);
  if (actor.downUntilGameMs !== undefined && (rights === "embodied" || !worksWhilePaused))
    return refuse(actor, senseless);
  if (rights === "embodied" && actor.role === "watcher") return refuse(actor, withoutBody(group));
  const decision = decide({ ...act, rest: parsed.rest }, parsed.name, facts);
  if (!actor.life?.guide?.isOn || decision.isRefused) return decision;
  const { events } = decision;
  return followedBy(decision, (after) => afterCommand(after, actor.id, { parsed, events }) ?? nothing);
}

const nothing: Decision = { events: [], tell: () => [] };

function decide(act: Act, name: Extract<ParsedCommand, { kind: "command" }>["name"], facts: Facts): Decision {
  switch (name) {
    case "north":
    case "northeast":
    case "east":
    case "southeast":
    case "south":
    case "southwest":
    case "west":
    case "northwest":
    case "up":
    case "down":
      return decideMove(act, name);
    case "go":
      return decideGo(act);
    case "walk":
    case "run":
    case "sneak":
      return decideGait(act, name);
    case "swim":
    case "climb":
      return decideSwimOrClimb(act, name);
    case "fly":
      return decideFly(act);
    case "stop":
      return decideStop(act);
    case "face":
      return decideFace(act);
    case "enter":
      return decideEnter(act, facts);
    case "lobby":
      return decideLobby(act, facts);
    case "look":
      return decideLook(act, facts);
    case "map":
      return decideMap(act);
    case "weather":
      return decideWeather(act, facts);
    case "time":
      return decideTime(act);
    case "who":
      return decideWho(act, facts);
    case "worlds":
      return decideWorlds(act, facts);
    case "world":
      return decideWorld(act, facts);
    case "create":
      return decideCreate(act, facts);
    case "watcher":
      return decideWatcher(act, facts);
    case "ecosystem":
      return decideEcosystem(act, facts);
    case "guide":
      return decideGuide(act);
    case "help":
      return decideHelp(act);
    default:
      return decideWords(act, name, facts);
  }
}

type SpeechCommand = (typeof speechCommands)[number]["name"];

function decideWords(act: Act, name: SpeechCommand | LifeCommand, facts: Facts): Decision {
  switch (name) {
    case "say":
      return decideSay(act);
    case "shout":
      return decideShout(act);
    case "whisper":
      return decideWhisper(act);
    case "tell":
      return decideTell(act, facts);
    case "reply":
      return decideReply(act, facts);
    case "talk":
      return decideTalk(act, facts);
    case "emote":
      return decideEmote(act);
    default:
      return decideLife(act, name);
  }
}

const senseless = "You lie senseless. You will come to in a moment.";

function withoutBody(group: CommandGroup): string {
  return group === "Speech"
    ? "You only watch here; nobody can hear you. `tell <player> <words>` reaches them."
    : "You only watch here, and have no hands to do that with.";
}
