import { bonusOf, difficulties, type Difficulty, succeeds, xpFor } from "../character/check.ts";
import type { SkillName } from "../protocol/character.ts";
import { emptyLife } from "../protocol/life.ts";
import type { Rng } from "../sim/rng.ts";
import { d100 } from "./dice.ts";
import type { LearningEvent } from "./life-events.ts";
import type { Body } from "./model.ts";
import { type Scene, type Telling, telling } from "./scene.ts";

export type Try = { readonly skill: SkillName; readonly action: string; readonly difficulty: Difficulty };
export type Tried = {
  readonly isSuccess: boolean;
  /** What was learnt, however it went. */
  readonly event: Extract<LearningEvent, { type: "practised" }>;
  /** That a level was reached. */
  readonly told: readonly Telling[];
};

/** A check of a skill, and what it teaches. */
export function attempt(scene: Scene, body: Body, { skill, action, difficulty }: Try, dice: Rng): Tried {
  const { xp } = body.life ?? emptyLife;
  const bonus = body.attributes === null ? 0 : bonusOf(skill, body.attributes, xp);
  const isSuccess = succeeds(d100(dice), bonus, difficulties[difficulty]);
  return { isSuccess, ...lessonOf(scene, body, { skill, action, difficulty }, isSuccess) };
}

/** What doing it teaches, where how it went is known. */
export function lessonOf(
  { nowMs }: Pick<Scene, "nowMs">,
  body: Body,
  { skill, action, difficulty }: Try,
  isSuccess: boolean,
): Omit<Tried, "isSuccess"> {
  const lesson = { action, skill, against: difficulties[difficulty], isSuccess, atMs: nowMs };
  const { xp, reached } = xpFor(body.life ?? emptyLife, lesson);
  const text = `You have learnt: ${skill} is now at level ${reached}.`;
  return {
    event: { type: "practised", characterId: body.id, action, skill, xp, atMs: nowMs },
    told: reached === null ? [] : [telling(body.id, "system", text, { skill, level: reached })],
  };
}
