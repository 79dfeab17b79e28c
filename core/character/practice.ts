import type { SkillName } from "../protocol/character.ts";
import type { Life, Practice } from "../protocol/life.ts";

/** Of real time: a world that runs a hundred times as fast is no better school. */
export const practiceWindowMs = 60_000;
/** Actions whose last time is remembered; more cannot be done in a minute at that many a second for long. */
export const practiceMax = 24;

const shares = [1, 0.8, 0.5, 0.1] as const;

/** What of its XP an action earns after what was done lately: the first time all, then 0.8, 0.5, and from then on a tenth. */
export function shareOf(practice: readonly Practice[], action: string, nowMs: number): number {
  const last = practice.find((each) => each.action === action);
  if (last === undefined || nowMs - last.atMs >= practiceWindowMs) return shares[0];
  return shares[Math.min(last.times, shares.length - 1)] ?? 0;
}

export function practised(
  life: Life,
  { action, skill, xp, atMs }: { action: string; skill: SkillName; xp: number; atMs: number },
): Life {
  const lately = life.practice.filter((each) => atMs - each.atMs < practiceWindowMs);
  const times = (lately.find((each) => each.action === action)?.times ?? 0) + 1;
  const others = lately.filter((each) => each.action !== action);
  return {
    ...life,
    xp: { ...life.xp, [skill]: roundXp((life.xp[skill] ?? 0) + xp) },
    practice: [...others, { action, times, atMs }].slice(-practiceMax),
  };
}

/** To the tenth, so that sums have no last bits. */
export const roundXp = (xp: number): number => Math.round(xp * 10) / 10;
