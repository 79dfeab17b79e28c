import { expect, test } from "vitest";
import type { CharacterId, NpcId } from "../../lib/ids.ts";
import {
  acquaintancesMax,
  type Exchange,
  exchangesMax,
  exchangesOf,
  rememberedCharsMax,
  rememberExchange,
} from "./acquaintance.ts";

const pair = (n: number) => ({ characterId: `c${n}` as CharacterId, npcId: "n" as NpcId });
const exchange = (n: number): Exchange => ({ words: `words ${n}`, answer: `answer ${n}` });

test("the last exchanges of a pair are remembered, the oldest first, and shortened", () => {
  const all = new Map<string, readonly Exchange[]>();
  for (let n = 0; n < exchangesMax + 2; n++) rememberExchange(all, pair(1), exchange(n));
  expect(exchangesOf(all, pair(1))).toEqual([2, 3, 4].map(exchange));
  expect(exchangesOf(all, pair(2))).toEqual([]);
  rememberExchange(all, pair(2), { words: "w".repeat(1000), answer: "a".repeat(1000) });
  const [{ words, answer }] = exchangesOf(all, pair(2)) as [Exchange];
  expect([words.length, answer.length]).toEqual([rememberedCharsMax, rememberedCharsMax]);
});

test("whoever was not spoken with for the longest time is forgotten first", () => {
  const all = new Map<string, readonly Exchange[]>();
  for (let n = 0; n < acquaintancesMax; n++) rememberExchange(all, pair(n), exchange(n));
  rememberExchange(all, pair(0), exchange(1000));
  rememberExchange(all, pair(acquaintancesMax), exchange(1));
  expect(all.size).toBe(acquaintancesMax);
  expect(exchangesOf(all, pair(0))).toHaveLength(2);
  expect(exchangesOf(all, pair(1))).toEqual([]);
});
