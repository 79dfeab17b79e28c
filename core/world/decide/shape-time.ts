import type { InputOf } from "../../protocol/world-input.ts";
import { simulatedMsMax } from "../../protocol/world-subjects.ts";
import { changedClock, gameTimeMs } from "../clock.ts";
import { describeDate } from "../describe-time.ts";
import { firstMorningMs } from "../first-clock.ts";
import { type Act, type Decision, refuse, type Scene } from "../scene.ts";
import { toldOfTime } from "./told-of-time.ts";

const yearMs = ({ place: { spec } }: Scene): number => spec.sky.dayLengthS * 1000 * spec.sky.daysPerYear;

/** `world simulate 5`: in years of this world. */
export function decideSimulate({ scene, actor }: Act, words: string): Decision {
  const [, years] = /^(\d{1,6}(?:\.\d{1,3})?)(?: years?)?$/iu.exec(words) ?? [];
  const gameMs = Math.round(Number(years ?? 0) * yearMs(scene));
  if (gameMs < 1 || gameMs > simulatedMsMax) {
    const yearsMax = Math.floor((simulatedMsMax / yearMs(scene)) * 1000) / 1000;
    return refuse(actor, `How many years? Say a number up to ${yearsMax}, such as \`world simulate 5\`.`);
  }
  const simulated = simulate(scene, { by: { userId: actor.userId, characterId: actor.id }, gameMs });
  const span = Number(years) === 1 ? "A year passes" : `${Number(years)} years pass`;
  return {
    ...simulated,
    tell: (after) => toldOfTime(after, whenWords(`${actor.name} waves a hand. ${span} at once.`)),
  };
}

/** The clock jumps; what time brings about is made up for after it, as after a long sleep. */
export function simulate(
  { state, nowMs }: Scene,
  { by, gameMs }: Pick<InputOf<"simulate">, "by" | "gameMs">,
): Decision {
  const from = changedClock(state.clock, nowMs, {});
  const clock = { ...from, sinceGameMs: from.sinceGameMs + gameMs };
  return { events: [{ type: "simulated", clock, by, gameMs }], tell: () => [] };
}

/** `world reset Hearthvale`: whoever means it says the whole name. */
export function decideReset({ scene, actor }: Act, words: string): Decision {
  const { name } = scene.place;
  if (words.replaceAll('"', "").trim().toLowerCase() !== name.toLowerCase())
    return refuse(
      actor,
      `This takes ${name} back to its first morning. What lies on the ground, what was taken from the land, animals that were brought there, its weather and its years will be gone for ever; ` +
        `whoever is here stays, with all that he has. If you mean it, say \`world reset ${name}\`.`,
    );
  return {
    events: [resetEvent(scene, actor)],
    tell: (after) => toldOfTime(after, whenWords(`${actor.name} takes the world back to its first morning.`)),
  };
}

/** Pace and pause are kept. Ticks go on: they count real time. */
function resetEvent({ place, state, nowMs }: Scene, { userId, id: characterId }: Act["actor"]) {
  const now = changedClock(state.clock, nowMs, {});
  const clock = { ...now, sinceGameMs: firstMorningMs(place.spec), sinceGameNs: 0 };
  const backMs = gameTimeMs(now, nowMs) - clock.sinceGameMs;
  return { type: "reset", clock, backMs, by: { userId, characterId } } as const;
}

const whenWords =
  (what: string) =>
  (after: Scene, position: Act["actor"]["position"]): string =>
    `${what} ${describeDate(after, position)}`;
