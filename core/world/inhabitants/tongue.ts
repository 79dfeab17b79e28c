import { rng, type Rng } from "../../sim/rng.ts";

// Personal names out of syllables. A people speaks one of these tongues, and no two peoples of one world the same: their names can be told apart
// by ear. Which of the sounds of its tongue a people likes, and how its names end, follows from the world's seed.

type Sounds = {
  readonly onsets: readonly string[];
  readonly vowels: readonly string[];
  readonly codas: readonly string[];
  readonly endings: readonly string[];
  /** How often a syllable is closed. */
  readonly closed: number;
};

const split = (sounds: string): readonly string[] => sounds.split(" ");
const sounds = (onsets: string, vowels: string, codas: string, endings: string, closed: number): Sounds => ({
  onsets: split(onsets),
  vowels: split(vowels),
  codas: split(codas),
  endings: split(endings),
  closed,
});

/** At least as many as a world has peoples. */
const tongues: readonly Sounds[] = [
  sounds("l m n r v f s th el il", "a e i ia ie ea o", "l n r", "iel ien ara eth ith anor ela", 0.15),
  sounds("d b g k t br dr gr kr th", "a o u i e", "r n l rn rg ld", "in ur ak rim dek grid orn", 0.45),
  sounds("k g z sk gr kr gh r b sh", "a u o i", "r g k z sh rk", "ak ug osh arg ruk ash", 0.5),
  sounds("p t k l m n w h", "a e i o u ai ao", "n m", "oa ani ole ua iki alo", 0.05),
  sounds("s z sh ss x th v y", "a i e ee o", "s ss sh th", "iss ezh ashi oss yss", 0.25),
  sounds("h w m b l d wh br bl", "o oo u a ou e", "m mb ll nd", "umb oll owen ador ooma", 0.3),
  sounds("t k q n r y kh ch m", "e a i u", "t k n q", "et aq irit ekka unit", 0.35),
  sounds("c m g f l s d tr fl cl", "a e i o u", "n s r l", "io ara essa ello ina ando", 0.2),
  sounds("j r s m n sv st h f", "a o e y i", "r n v st ld", "eir olf unn ild arn vey", 0.35),
  sounds("p b d f t w tw pl dw tr", "i e o u", "p t dd nk ck", "kin wick ly pin ett ock", 0.3),
];

const onsetsPerPeople = 7;
const vowelsPerPeople = 4;
const endingsPerPeople = 4;

/** What readers expect of those they know from tales; an index into `tongues`. */
const expected: readonly (readonly [RegExp, number])[] = [
  [/\b(?:el(?:f|ves)|fair|fae|pixie|spirit|bird)/iu, 0],
  [/\b(?:dwar|stone|rock|minotaur)/iu, 1],
  [/\b(?:or[ck]|troll|goblin|undead|wolf)/iu, 2],
  [/\b(?:lizard|snake|insect|dragon|merfolk|vampire)/iu, 4],
  [/\b(?:giant|tree|ent|mushroom|centaur)/iu, 5],
  [/\b(?:machine|robot|android|automat|gnome)/iu, 6],
  [/\bhuman/iu, 8],
  [/\b(?:halfling|hobbit|cat)/iu, 9],
];

/** Which tongue each of these peoples speaks: its own, none twice while there are enough. */
function tonguesOf(seed: number, peoples: readonly string[]): readonly Sounds[] {
  const random = rng(seed, "tongues");
  const left = new Set(tongues.keys());
  const take = (index: number): Sounds => {
    left.delete(index);
    return tongues[index]!;
  };
  const wished = peoples.map((name) => {
    const wish = expected.find(([words, index]) => left.has(index) && words.test(name))?.[1];
    return wish === undefined ? null : take(wish);
  });
  return wished.map((tongue) => tongue ?? take([...left][random.int(Math.max(1, left.size))] ?? 0));
}

export type DrawName = (taken: ReadonlySet<string>) => string;

/**
 * For each people: draws names of 3 … 12 letters that can be said aloud, none that is `taken`. The same seed and peoples give the same names in
 * the same order.
 */
export function nameTongues(seed: number, peoples: readonly string[]): readonly DrawName[] {
  return tonguesOf(seed, peoples).map((all, index) => nameTongue(all, rng(seed, "names", index)));
}

function nameTongue(all: Sounds, random: Rng): DrawName {
  const some = (from: readonly string[], count: number): string[] => {
    const left = [...from];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(random.int(left.length), 1)[0]!);
  };
  const begin = some(all.onsets, onsetsPerPeople);
  const middle = some(all.vowels, vowelsPerPeople);
  const end = some(all.endings, endingsPerPeople);
  const one = (from: readonly string[]): string => from[random.int(from.length)]!;
  const syllable = (): string => one(begin) + one(middle) + (random.float() < all.closed ? one(all.codas) : "");
  return (taken) => {
    for (let length = 1; ; length++) {
      // After some tries the short names are used up.
      for (let attempt = 0; attempt < triesPerLength; attempt++) {
        const stem = Array.from({ length }, syllable).join("");
        const name = smooth(stem + (/[aeiouy]$/u.test(stem) ? one(begin) : "") + one(end));
        const spelt = name.charAt(0).toUpperCase() + name.slice(1);
        if (isPronounceable(spelt) && !taken.has(spelt)) return spelt;
      }
    }
  };
}
const triesPerLength = 24;
const lengthMin = 3;
const lengthMax = 12;

/** Without a letter three times, or two vowels of a kind where syllables meet. */
const smooth = (word: string): string => word.replaceAll(/(.)\1\1+/gu, "$1$1").replaceAll(/([aiuy])\1/gu, "$1");

/** No more than two vowels or three consonants meet, and it neither begins nor ends in a heap of them. */
export function isPronounceable(name: string): boolean {
  const word = name.toLowerCase();
  return (
    word.length >= lengthMin &&
    word.length <= lengthMax &&
    /[aeiouy]/u.test(word) &&
    !/[aeiouy]{3}|([hjqvwxy])\1/u.test(word) &&
    !/[^aeiouy]{4}/u.test(word) &&
    !/^[^aeiouy]{3}/u.test(word)
  );
}
