import { expect, test } from "vitest";
import { evolve } from "../character/biography/evolve.ts";
import { type Biography, noBelongings } from "../character/biography/model.ts";
import type { ItemId } from "../lib/ids.ts";
import { emptyLife, type Item, type Life, slots } from "../protocol/life.ts";
import { rng } from "../sim/rng.ts";
import { belongingsOf, changesOfBelongings } from "./belongings-told.ts";

const stacksMost = 8;
const countMost = 3;
const seedsRun = 100;
const stepsRun = 20;

const item = (kind: string, count: number, more: Partial<Item> = {}): Item => ({
  id: `${kind}:${count}` as ItemId,
  kind,
  count,
  ...more,
});

test("what is in a bag and what is worn counts, and what the same pile is divided into does not change it", () => {
  const one: Life = { ...emptyLife, items: [item("coin", 5), item("pouch", 1, { contents: [] })] };
  const other: Life = { ...emptyLife, items: [item("coin", 2), item("pouch", 1, { contents: [item("coin", 3)] })] };
  expect(changesOfBelongings(one, other)).toEqual([]);
  const hat: Life = { ...other, items: [...other.items, item("hat", 1, { slot: "head" })] };
  expect(changesOfBelongings(other, hat)).toEqual([
    { type: "gained", items: { hat: 1 } },
    { type: "equipped", slot: "head", kind: "hat" },
  ]);
  expect(changesOfBelongings(hat, undefined)).toEqual([
    { type: "lost", items: { coin: 5, pouch: 1, hat: 1 } },
    { type: "equipped", slot: "head", kind: null },
  ]);
});

test("a level is told once, when it is reached", () => {
  const with_ = (xp: number): Life => ({ ...emptyLife, xp: { Climbing: xp } });
  expect(changesOfBelongings(with_(99), with_(99.9))).toEqual([]);
  expect(changesOfBelongings(with_(99), with_(101))).toEqual([{ type: "learnt", skill: "Climbing", level: 1 }]);
  expect(changesOfBelongings(with_(101), with_(120))).toEqual([]);
});

test("whatever happens to a life, its stream comes to what it has", () => {
  for (let seed = 1; seed <= seedsRun; seed++) {
    const random = rng(seed, "belongings");
    const kinds = ["coin", "knife", "hat", "rope", "pouch"];
    const anItem = (isInside: boolean): Item => {
      const slot = slots[random.int(slots.length)]!;
      const more: Partial<Item> = isInside
        ? {}
        : random.float() < 0.3
          ? { slot }
          : random.float() < 0.3
            ? { contents: [anItem(true), anItem(true)] }
            : {};
      return item(kinds[random.int(kinds.length)]!, 1 + random.int(countMost), more);
    };
    let life: Life | undefined;
    let told = { belongings: noBelongings } as Biography;
    for (let step = 0; step < stepsRun; step++) {
      const items = Array.from({ length: random.int(stacksMost) }, () => anItem(false));
      const xp = { Mining: Math.max(life?.xp.Mining ?? 0, random.int(3000)) };
      const next: Life = { ...emptyLife, items, xp };
      for (const event of changesOfBelongings(life, next)) told = evolve(told, event, { atMs: step });
      life = next;
      expect(told.belongings, `seed ${seed}, step ${step}`).toEqual(belongingsOf(life));
    }
  }
});
