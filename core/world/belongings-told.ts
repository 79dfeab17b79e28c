import { type Belongings, type BiographyEvent, type Counts, noBelongings } from "../character/biography/model.ts";
import { levelOf } from "../character/skills.ts";
import type { SkillName } from "../protocol/character.ts";
import type { Life, Slot } from "../protocol/life.ts";
import { countsOf } from "./things/holdings.ts";

/** What somebody has with him and can do, as his stream tells it. */
export function belongingsOf(life: Life | undefined): Belongings {
  if (life === undefined) return noBelongings;
  const worn = life.items.flatMap(({ slot, kind }) => (slot === undefined ? [] : [[slot, kind]]));
  const levels = Object.entries(life.xp)
    .map(([skill, xp]): [string, number] => [skill, levelOf(xp)])
    .filter(([, level]) => level > 0);
  return {
    carried: Object.fromEntries(countsOf(life.items)),
    worn: Object.fromEntries(worn),
    levels: Object.fromEntries(levels),
  };
}

/**
 * Told by what one has before and after, not by how it came about: whatever moves things, now or in later releases, nothing is gained or lost
 * without its event.
 */
export function changesOfBelongings(before: Life | undefined, after: Life | undefined): BiographyEvent[] {
  if (before === after) return [];
  const [was, is] = [belongingsOf(before), belongingsOf(after)];
  const [gained, lost] = [more(is.carried, was.carried), more(was.carried, is.carried)];
  return [
    ...(gained === null ? [] : [{ type: "gained", items: gained } as const]),
    ...(lost === null ? [] : [{ type: "lost", items: lost } as const]),
    ...keysOf<Slot>(was.worn, is.worn)
      .filter((slot) => was.worn[slot] !== is.worn[slot])
      .map((slot) => ({ type: "equipped", slot, kind: is.worn[slot] ?? null }) as const),
    ...keysOf<SkillName>(is.levels, {})
      .filter((skill) => is.levels[skill] !== was.levels[skill])
      .map((skill) => ({ type: "learnt", skill, level: is.levels[skill] ?? 0 }) as const),
  ];
}

function more(counts: Counts, than: Counts): Counts | null {
  const found = Object.entries(counts)
    .map(([kind, count]): [string, number] => [kind, count - (than[kind] ?? 0)])
    .filter(([, count]) => count > 0);
  return found.length === 0 ? null : Object.fromEntries(found);
}

const keysOf = <Key extends string>(one: object, other: object): Key[] =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])] as Key[];
