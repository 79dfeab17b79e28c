import type { CharacterId, NpcId } from "../../lib/ids.ts";

// What those who live in a world remember of whoever spoke to them: the last words, and of the last people only.

export type Exchange = { readonly words: string; readonly answer: string };

/** By `pairOf`; whoever was spoken with last is last. */
export type Acquaintances = ReadonlyMap<string, readonly Exchange[]>;

/** Exchanges that somebody remembers of somebody. */
export const exchangesMax = 3;
/** Pairs that a world remembers. */
export const acquaintancesMax = 256;
/** Of the words of each side that are remembered. */
export const rememberedCharsMax = 200;

type Pair = { readonly characterId: CharacterId; readonly npcId: NpcId };

export function rememberExchange(
  acquaintances: Map<string, readonly Exchange[]>,
  pair: Pair,
  exchange: Exchange,
): void {
  const key = pairOf(pair);
  const before = acquaintances.get(key) ?? [];
  acquaintances.delete(key);
  acquaintances.set(key, [...before.slice(1 - exchangesMax), shortened(exchange)]);
  if (acquaintances.size > acquaintancesMax) acquaintances.delete(acquaintances.keys().next().value!);
}

/** What was said between the two, the oldest first. */
export function exchangesOf(acquaintances: Acquaintances | undefined, pair: Pair): readonly Exchange[] {
  return acquaintances?.get(pairOf(pair)) ?? [];
}

const pairOf = ({ characterId, npcId }: Pair): string => `${characterId} ${npcId}`;

const shortened = ({ words, answer }: Exchange): Exchange => ({
  words: words.slice(0, rememberedCharsMax),
  answer: answer.slice(0, rememberedCharsMax),
});
