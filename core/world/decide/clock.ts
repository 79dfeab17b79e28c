import { splitTarget } from "../../command/parse.ts";
import { unreachable } from "../../lib/assert.ts";
import {
  type ClockChange,
  type ClockChanger,
  dilationMax,
  dilationMin,
  type InputOf,
} from "../../protocol/world-input.ts";
import { asDilation, changedClock, type WorldClock } from "../clock.ts";
import { describePace, describeWorld } from "../describe-time.ts";
import type { Facts } from "../facts.ts";
import type { Body, WorldEvent } from "../model.ts";
import { type Act, answer, type Decision, refuse, type Scene } from "../scene.ts";
import { mayShape } from "./may-shape.ts";
import { decideReset, decideSimulate } from "./shape-time.ts";
import { toldOfTime } from "./told-of-time.ts";
import { decideWorldMap } from "./world-map.ts";

const usage = `Say \`world info\`, \`world map\`, \`world pause\`, \`world resume\`, \`world speed <factor>\` (${dilationMin} to ${dilationMax}), \`world simulate <years>\` or \`world reset <its name>\`.`;

export function decideWorld(act: Act, facts: Facts): Decision {
  const { actor, scene, rest } = act;
  const { target, words } = splitTarget(rest);
  const word = target.toLowerCase();
  if (word === "" || word === "info") return answer(actor, "info", describeWorld(scene));
  if (word === "map") return decideWorldMap(act);
  if (!isShaping(word)) return refuse(actor, usage);
  if (!mayShape(actor, facts))
    return refuse(actor, `Only the owner of ${scene.place.name} can do that. \`world info\` tells how its time runs.`);
  if (word === "simulate") return decideSimulate(act, words);
  return word === "reset" ? decideReset(act, words) : decideClock(act, word, words.toLowerCase().split(" ")[0]!);
}

const shapingWords = ["pause", "resume", "speed", "simulate", "reset"] as const;
const isShaping = (word: string): word is (typeof shapingWords)[number] =>
  (shapingWords as readonly string[]).includes(word);

function decideClock({ actor, scene }: Act, word: "pause" | "resume" | "speed", factor: string): Decision {
  if (word === "speed" && factor === "") return answer(actor, "info", describePace(scene.state.clock));
  const change: ClockChange | null = word === "speed" ? dilationAsked(factor) : { kind: word };
  if (change === null)
    return refuse(actor, `How fast? Say a number from ${dilationMin} to ${dilationMax}, such as \`world speed 10\`.`);
  if (changesNothing(scene.state.clock, change)) return refuse(actor, alreadySo[change.kind](scene.state.clock));
  return setClock(scene, { change, by: { userId: actor.userId, characterId: actor.id } }, actor);
}

function dilationAsked(word: string): ClockChange | null {
  if (!/^\d{1,3}(?:\.\d{1,3})?x?$/u.test(word)) return null;
  const dilation = Number.parseFloat(word);
  return dilation >= dilationMin && dilation <= dilationMax ? { kind: "dilation", dilation } : null;
}

function changesNothing(clock: WorldClock, change: ClockChange): boolean {
  if (change.kind === "dilation") return asDilation(change.dilation) === clock.dilation;
  return clock.isPaused === (change.kind === "pause");
}

const alreadySo: Readonly<Record<ClockChange["kind"], (clock: WorldClock) => string>> = {
  pause: () => "Time stands still here already.",
  resume: () => "Time is running here.",
  dilation: (clock) => describePace(clock),
};

/** From this moment on. Also what changes nothing is an event: else it could be delivered again after the next change, and undo it. */
export function setClock(
  scene: Scene,
  { change, by }: Pick<InputOf<"setClock">, "change" | "by">,
  actor: Body | null = null,
): Decision {
  const isNews = !changesNothing(scene.state.clock, change);
  return {
    events: [clockEvent(scene, change, by)],
    tell: (after) => (isNews ? toldOfTime(after, `${wordsOf(change, actor)} ${describePace(after.state.clock)}`) : []),
  };
}

function clockEvent({ state, nowMs }: Scene, change: ClockChange, by: ClockChanger): WorldEvent {
  const { clock } = state;
  const to = (changes: Parameters<typeof changedClock>[2]) =>
    changesNothing(clock, change) ? clock : changedClock(clock, nowMs, changes);
  switch (change.kind) {
    case "pause":
      return { type: "paused", clock: to({ isPaused: true }), by };
    case "resume":
      return { type: "resumed", clock: to({ isPaused: false }), by };
    case "dilation":
      return { type: "dilationChanged", clock: to({ dilation: asDilation(change.dilation) }), by };
    default:
      return unreachable(change);
  }
}

function wordsOf({ kind }: ClockChange, actor: Body | null): string {
  const who = actor?.name ?? "The owner of this world";
  if (kind === "pause") return `${who} raises a hand, and all is still.`;
  return kind === "resume" ? `${who} lets the world go on.` : `${who} changes the pace of the world.`;
}

/** The owner of the world cannot keep up, or can again. Told when it begins and when it is over, not at each step between. */
export function stretchTime(scene: Scene, stretch: number): Decision {
  const { clock } = scene.state;
  if (clock.isPaused || clock.stretch === stretch) return { events: [], tell: () => [] };
  const words =
    stretch === 1
      ? "The world has caught its breath: time runs at its own pace again."
      : "So much happens at once that time itself slows. Nothing that you do is lost; it only takes longer.";
  return {
    events: [{ type: "timeStretched", clock: changedClock(clock, scene.nowMs, { stretch }) }],
    tell: (after) => (stretch === 1 || clock.stretch === 1 ? toldOfTime(after, words) : []),
  };
}

export const stillness =
  "Time stands still here. You can look around, talk and leave; nothing else happens until the world goes on.";
