import type { ParsedCommand } from "../../command/parse.ts";
import { worksWhilePaused } from "../../command/registry.ts";
import { unreachable } from "../../lib/assert.ts";
import type { Facts } from "../facts.ts";
import { type Act, type Decision, refuse } from "../scene.ts";
import { decideWorld, stillness } from "./clock.ts";
import { decideHelp, decideWho, decideWorlds, unknownCommand } from "./info.ts";
import { decideLook, decideMap, decideTime } from "./look.ts";
import { decideFace, decideGait, decideGo, decideMove } from "./movement.ts";
import { decideEmote, decideReply, decideSay, decideShout, decideTell, decideWhisper } from "./speech.ts";
import { decideEnter, decideLobby } from "./travel.ts";
import { decideWeather } from "./weather.ts";

/** What one command of one character comes to. */
export function decideCommand(act: Omit<Act, "rest">, parsed: ParsedCommand, facts: Facts): Decision {
  if (parsed.kind === "empty") return refuse(act.actor, "Say what you want to do, or `help`.");
  if (parsed.kind === "unknown") return unknownCommand(act.actor, parsed.word);
  if (act.scene.state.clock.isPaused && !worksWhilePaused(parsed.name)) return refuse(act.actor, stillness);
  return decide({ ...act, rest: parsed.rest }, parsed.name, facts);
}

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
    case "face":
      return decideFace(act);
    case "enter":
      return decideEnter(act, facts);
    case "lobby":
      return decideLobby(act, facts);
    case "look":
      return decideLook(act);
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
    case "emote":
      return decideEmote(act);
    case "help":
      return decideHelp(act);
    default:
      return unreachable(name);
  }
}
