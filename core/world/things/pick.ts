import type { Item } from "../../protocol/life.ts";
import { kindOf } from "./kinds.ts";
import { nameOf, pluralOf } from "./names.ts";

/** What somebody's words ask for: `2.sword`, `3 coins`, `all`, `all.coin`, `the iron sword`. */
export type Wanted = {
  /** Lower case, without articles; empty for anything. */
  readonly words: string;
  readonly count: number | "all" | null;
  /** The how manieth of those that fit, from 1. */
  readonly nth: number | null;
};

export type Picked = { readonly item: Item; readonly count: number };

export function wantedIn(text: string): Wanted {
  const lower = withoutArticles(text.toLowerCase().replaceAll('"', " ").replaceAll(/\s+/gu, " ").trim());
  const all = /^(?:all|everything|each|every)(?:[.\s]+(?:of\s+)?(.*))?$/u.exec(lower);
  if (all) return { words: withoutArticles(all[1] ?? ""), count: "all", nth: null };
  const nth = /^(\d{1,4})\.\s*(.+)$/u.exec(lower);
  if (nth) return { words: withoutArticles(nth[2] ?? ""), count: null, nth: Number(nth[1]) };
  // The structured form of a command has its quantity last.
  const count = /^(?<count>\d{1,4})\s+(?<words>.+)$/u.exec(lower) ?? /^(?<words>.+)\s+(?<count>\d{1,4})$/u.exec(lower);
  if (count?.groups) {
    const { words = "", count: many } = count.groups;
    return { words: withoutArticles(words), count: Math.max(1, Number(many)), nth: null };
  }
  return { words: lower, count: null, nth: null };
}

/** What fits, and how much of each; or why not, in words for the player, after "there" as in "on the ground". */
export function pick(items: readonly Item[], wanted: Wanted): readonly Picked[] | { readonly lacking: number } {
  const fitting = wanted.words === "" && wanted.count === "all" ? items : matching(items, wanted);
  if (wanted.count === "all") return fitting.map((item) => ({ item, count: item.count }));
  if (wanted.nth !== null) return nthOf(fitting, wanted.nth);
  const [first] = fitting;
  if (first === undefined) return [];
  if (wanted.count === null) {
    const isPlural = wanted.words !== kindOf(first).name && isPluralOf(first, wanted.words);
    return [{ item: first, count: isPlural ? first.count : 1 }];
  }
  return gathered(
    fitting.filter(({ kind }) => kind === first.kind),
    wanted.count,
  );
}

/** "the coin", but of one thing only. */
export function pickOne(items: readonly Item[], text: string): Item | null {
  const wanted = wantedIn(text);
  const [found] = [pick(items, { ...wanted, count: null })].flatMap((each) => ("lacking" in each ? [] : each));
  return found?.item ?? null;
}

function nthOf(fitting: readonly Item[], nth: number): readonly Picked[] {
  let left = nth;
  for (const item of fitting) {
    if (left >= 1 && left <= item.count) return [{ item, count: 1 }];
    left -= item.count;
  }
  return [];
}

function gathered(fitting: readonly Item[], count: number): readonly Picked[] | { readonly lacking: number } {
  const picked: Picked[] = [];
  let left = count;
  for (const item of fitting) {
    const some = Math.min(left, item.count);
    if (some > 0) picked.push({ item, count: some });
    left -= some;
  }
  return left > 0 ? { lacking: left } : picked;
}

/** Best first: by the whole name, then its beginning, then its words in their order. */
function matching(items: readonly Item[], { words }: Wanted): Item[] {
  if (words === "") return [];
  return items
    .map((item, index) => ({ item, index, rank: rankOf(item, words) }))
    .filter(({ rank }) => rank < noMatch)
    .toSorted((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ item }) => item);
}

const noMatch = 3;

function rankOf(item: Item, words: string): number {
  const kind = kindOf(item);
  const names = [kind.name, pluralOf(kind)];
  if (names.includes(words)) return 0;
  if (names.some((name) => name.startsWith(words))) return 1;
  return names.some((name) => hasWords(name, words)) ? 2 : noMatch;
}

/** Each word begins one of the name's, and they come in the name's order: "ir sw" is an iron sword. */
function hasWords(name: string, words: string): boolean {
  let from = 0;
  const inName = name.split(" ");
  for (const word of words.split(" ")) {
    const found = inName.findIndex((each, index) => index >= from && each.startsWith(word));
    if (found === -1) return false;
    from = found + 1;
  }
  return true;
}

/** "swords" asks for a pile of them, "sword" for one. */
function isPluralOf(item: Item, words: string): boolean {
  const [one, many] = [nameOf({ kind: item.kind, count: 1 }), pluralOf(kindOf(item))];
  if (one === many) return false;
  const last = words.split(" ").at(-1) ?? "";
  return many.split(" ").includes(last) && !one.split(" ").includes(last);
}

const withoutArticles = (words: string): string => words.replace(/^(?:(?:the|a|an|some|my|of)\s+)+/u, "").trim();
