import { practised } from "../character/practice.ts";
import type { CharacterId } from "../lib/ids.ts";
import type { SkillName } from "../protocol/character.ts";
import { emptyLife } from "../protocol/life.ts";
import { clockTimeMs } from "./clock.ts";
import { lessonOf, type Tried } from "./learn.ts";
import type { Body, WorldEvent } from "./model.ts";
import type { Motion } from "./motion.ts";
import { isPerceptible, othersWithin, sightMaxM } from "./perception.ts";
import type { Scene, Telling } from "./scene.ts";
import { distanceM } from "./space.ts";

const taught: Partial<Readonly<Record<Motion, SkillName>>> = { swim: "Swimming", climb: "Climbing", sneak: "Stealth" };

/** Who has moved or learnt since the scene was what it is. */
type Since = ReadonlyMap<CharacterId, Body>;

/** What a step teaches: to swim and to climb by doing it, to sneak where there is somebody to hide from. */
export function lessonOfMoving(
  scene: Scene,
  body: Body,
  motion: Motion,
  since: Since = new Map(),
): Omit<Tried, "isSuccess"> | null {
  const skill = taught[motion];
  if (skill === undefined || body.role === "watcher") return null;
  if (motion === "sneak" && !isSomebodyNear(scene, body, since)) return null;
  return lessonOf(scene, body, { skill, action: motion, difficulty: "easy" }, true);
}

/** Whose link is broken sees nobody, and leaves at a moment that depends on how time is cut. */
function isSomebodyNear(scene: Scene, { id, position }: Body, since: Since): boolean {
  const looks = (other: Body): boolean => isPerceptible(other) && other.linkLostAtMs === null;
  if (othersWithin(scene, position, sightMaxM, id).some((other) => !since.has(other.id) && looks(other))) return true;
  return [...since.values()].some(
    (other) => other.id !== id && looks(other) && distanceM(scene.place.spec, position, other.position) <= sightMaxM,
  );
}

export type LegGone = { readonly atMs: number; readonly event: WorldEvent; readonly motion: Motion | null };

/** Each leg of a journey teaches what a step does, at its own moment. Of all journeys, in the order in which they happen. */
export function learnOnTheWay(
  scene: Scene,
  legs: readonly LegGone[],
): { readonly events: readonly WorldEvent[]; readonly told: readonly Telling[] } {
  const since = new Map<CharacterId, Body>();
  const events: WorldEvent[] = [];
  const told: Telling[] = [];
  for (const { atMs, event, motion } of legs) {
    events.push(event);
    if (event.type !== "moved" || motion === null) continue;
    const body = since.get(event.characterId) ?? scene.state.bodies.get(event.characterId)!;
    const then = { ...scene, gameMs: atMs, nowMs: clockTimeMs(scene.state.clock, atMs) };
    const lesson = lessonOfMoving(then, body, motion, since);
    const there = { ...body, position: event.position };
    since.set(body.id, lesson ? { ...there, life: practised(body.life ?? emptyLife, lesson.event) } : there);
    if (lesson === null) continue;
    events.push(lesson.event);
    told.push(...lesson.told);
  }
  return { events, told };
}
