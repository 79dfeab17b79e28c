import { expect, test } from "vitest";
import { type FoodWeb, stepFoodWeb } from "./food-web.ts";
import { rng } from "./rng.ts";

const web: FoodWeb = {
  prey: [{ growthPerDay: 0.02 }, { growthPerDay: 0.1 }],
  hunters: [{ eats: [0, 1], takePerDay: 0.008, gainPerDay: 0.006, hungerPerDay: 0.002 }],
};

function after(days: number, from: readonly number[], { of = web, stepDays = 5, food = [1, 1] } = {}): number[] {
  const shares = Float64Array.from(from);
  for (let day = 0; day < days; day += stepDays) stepFoodWeb(of, shares, food, stepDays);
  return [...shares];
}

function randomWeb(seed: number): FoodWeb {
  const random = rng(seed, "web");
  const prey = Array.from({ length: 1 + random.int(8) }, () => ({ growthPerDay: 0.005 + random.float() / 4 }));
  const hunters = Array.from({ length: random.int(6) }, () => {
    const hungerPerDay = 0.0005 + random.float() / 50;
    const eats = prey.map((_, index) => index).filter(() => random.int(2) === 0);
    return {
      eats: eats.length === 0 ? [0] : eats,
      takePerDay: random.float() / 4,
      gainPerDay: 3 * hungerPerDay,
      hungerPerDay,
    };
  });
  return { prey, hunters };
}

test("prey alone grows to what there is to live on, whether it begins below or above that", () => {
  for (const first of [0.01, 0.3, 1]) {
    const [one, other] = after(3600, [first, first, 0], { food: [0.7, 1] });
    expect(
      [one!, other!].map((share) => Math.round(share * 1e6) / 1e6),
      String(first),
    ).toEqual([0.7, 1]);
  }
});

test("hunters without prey starve, and none come of nothing", () => {
  expect(after(3600, [0, 0, 0.5])[2]).toBeLessThan(0.01);
  expect(after(3600, [0, 0.5, 0]).map((share) => share === 0)).toEqual([true, false, true]);
});

test("where there are hunters there is less prey, and where there is more to live on there are more hunters", () => {
  const poor = after(36_000, [0.5, 0.5, 0.5], { food: [0.5, 0.5] });
  const rich = after(36_000, [0.5, 0.5, 0.5]);
  expect(rich[0]!).toBeLessThan(0.99);
  expect(rich[2]!).toBeGreaterThan(poor[2]!);
  expect(poor[2]!).toBeGreaterThan(0.02);
});

test("steps of five days come as near to steps of an hour as a first-order step can", () => {
  const exact = after(360, [0.2, 0.9, 0.4], { stepDays: 1 / 24 });
  const error = (stepDays: number): number =>
    Math.max(...after(360, [0.2, 0.9, 0.4], { stepDays }).map((share, i) => Math.abs(share - exact[i]!)));
  expect(error(5)).toBeLessThan(0.03);
  expect(error(1)).toBeLessThan(error(5) / 3);
});

test("in any web, at any length of step, from anywhere, shares stay between nothing and all that the land feeds", () => {
  for (let seed = 0; seed < 100; seed++) {
    const of = randomWeb(seed);
    const random = rng(seed, "from");
    const shares = Float64Array.from([...of.prey, ...of.hunters], () => random.float());
    for (let step = 0; step < 300; step++) {
      const food = of.prey.map(() => 0.3 + 0.7 * random.float());
      stepFoodWeb(of, shares, food, [0.1, 5, 90, 10_000][step % 4]!);
      const outside = shares.find((share) => !(share >= 0 && share <= 1));
      if (outside !== undefined) throw new Error(`seed ${seed}, step ${step}: ${outside}`);
    }
  }
});

test("a step of no time changes nothing", () => {
  const shares = Float64Array.of(0.3, 0.7, 0.2);
  stepFoodWeb(web, shares, [0.5, 0.5], 0);
  expect([...shares]).toEqual([0.3, 0.7, 0.2]);
});

test("hunters that could not live in a land full of prey are refused", () => {
  const of = { prey: web.prey, hunters: [{ ...web.hunters[0]!, hungerPerDay: 0.005 }] };
  expect(() => after(5, [1, 1, 1], { of })).toThrow("hunters that starve");
});
