import type { SkillName } from "../protocol/character.ts";
import { lessonOf, type Tried } from "./learn.ts";
import type { Body } from "./model.ts";
import type { Motion } from "./motion.ts";
import { isPerceptible, othersWithin, sightMaxM } from "./perception.ts";
import type { Scene } from "./scene.ts";

const taught: Partial<Readonly<Record<Motion, SkillName>>> = { swim: "Swimming", climb: "Climbing", sneak: "Stealth" };

/** What a step teaches: to swim and to climb by doing it, to sneak where there is somebody to hide from. */
export function lessonOfMoving(scene: Scene, body: Body, motion: Motion): Omit<Tried, "isSuccess"> | null {
  const skill = taught[motion];
  if (skill === undefined || body.role === "watcher") return null;
  if (motion === "sneak" && !othersWithin(scene, body.position, sightMaxM, body.id).some(isPerceptible)) return null;
  return lessonOf(scene, body, { skill, action: motion, difficulty: "easy" }, true);
}
