import type { AttributeName, SecondaryName } from "#core/protocol/character.ts";

// What raising attributes costs, as the server will reckon it; `point-buy.test.ts` holds the two together.

export const pointsToSpend = 100;
export const raiseMax = 30;

type Raises = Readonly<Record<string, number>>;

/** 1 a point up to 10, 2 up to 20, 3 up to 30. */
export const costOf = (raise: number): number => raise + Math.max(0, raise - 10) + Math.max(0, raise - 20);

export const spentOn = (raises: Raises): number => Object.values(raises).reduce((sum, raise) => sum + costOf(raise), 0);

/** How far this one can be raised with what the others leave. */
export function highestRaise(raises: Raises, name: string): number {
  const left = pointsToSpend - spentOn({ ...raises, [name]: 0 });
  let raise = 0;
  while (raise < raiseMax && costOf(raise + 1) <= left) raise += 1;
  return raise;
}

/** What follows from the attributes. */
export function secondaryOf(primary: Readonly<Record<AttributeName, number>>): Record<SecondaryName, number> {
  return {
    HP: 10 * primary.Vitality,
    Stamina: 7 * primary.Endurance + 3 * primary.Might,
    Focus: 6 * primary.Intellect + 4 * primary.Willpower,
    Mana: 6 * primary.Intuition + 4 * primary.Willpower,
    Nerve: 5 * primary.Willpower + 3 * primary.Presence + 2 * primary.Reflexes,
  };
}
