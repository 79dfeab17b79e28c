import { compiled, words } from "./fold.ts";

// Numbers as people write them: digits with a point or a comma, words in English, German and Spanish, fractions, and units.

const wordValues: Readonly<Record<string, number>> = {
  zero: 0, none: 0, null: 0, cero: 0, keine: 0, keinen: 0, ninguna: 0, ninguno: 0,
  one: 1, single: 1, ein: 1, eine: 1, einen: 1, einem: 1, einer: 1, eins: 1, un: 1, una: 1, uno: 1,
  two: 2, twin: 2, zwei: 2, dos: 2, both: 2, pair: 2, couple: 2,
  three: 3, triple: 3, drei: 3, tres: 3,
  four: 4, vier: 4, cuatro: 4,
  five: 5, funf: 5, cinco: 5,
  six: 6, sechs: 6, seis: 6,
  seven: 7, sieben: 7, siete: 7,
  eight: 8, acht: 8, ocho: 8,
  nine: 9, neun: 9, nueve: 9,
  ten: 10, zehn: 10, diez: 10,
  eleven: 11, elf: 11, once: 11,
  twelve: 12, dozen: 12, zwolf: 12, dutzend: 12, doce: 12, docena: 12,
  fifteen: 15, funfzehn: 15, quince: 15, sixteen: 16, sechzehn: 16, eighteen: 18, achtzehn: 18, dieciocho: 18,
  twenty: 20, zwanzig: 20, veinte: 20, thirty: 30, dreissig: 30, treinta: 30, forty: 40, vierzig: 40, cuarenta: 40,
  fifty: 50, funfzig: 50, cincuenta: 50, sixty: 60, sechzig: 60, sesenta: 60, seventy: 70, siebzig: 70, setenta: 70,
  eighty: 80, achtzig: 80, ochenta: 80, ninety: 90, neunzig: 90, noventa: 90,
  hundred: 100, hundert: 100, cien: 100, cientos: 100, thousand: 1000, tausend: 1000, mil: 1000,
  half: 0.5, halb: 0.5, halbe: 0.5, halben: 0.5, media: 0.5, medio: 0.5,
}; // prettier-ignore

const multipliers: Readonly<Record<string, number>> = {
  thousand: 1e3, tausend: 1e3, mil: 1e3,
  million: 1e6, millions: 1e6, millionen: 1e6, millon: 1e6, millones: 1e6,
  billion: 1e9, billions: 1e9, milliarde: 1e9, milliarden: 1e9, "mil millones": 1e9, "thousand million": 1e9,
}; // prettier-ignore

const digits = String.raw`\d+(?:[.,]\d+)*`;
const wordPattern = Object.keys(wordValues)
  .toSorted((a, b) => b.length - a.length)
  .join("|");
const multiplierPattern = Object.keys(multipliers)
  .toSorted((a, b) => b.length - a.length)
  .join("|");

/** A number, perhaps negative, perhaps times a million; to be put into other patterns. `numberFrom` reads it. */
export const numberPattern = String.raw`(?:(?:minus |menos |-)?(?:${digits}|(?<![\p{L}\p{N}])(?:${wordPattern})(?![\p{L}\p{N}])(?!-))(?: (?:and a half|einhalb|y medi[oa]))?(?: ?(?:${multiplierPattern})(?![\p{L}]))?)`;

/** What `numberPattern` has found; NaN for what is none. */
export function numberFrom(text: string): number {
  const match = new RegExp(
    `^(minus |menos |-)?(${digits}|[\\p{L}]+)( (?:and a half|einhalb|y medi[oa]))?(?: ?(${multiplierPattern}))?$`,
    "u",
  ).exec(text.trim());
  if (match === null) return Number.NaN;
  const [, sign, value = "", andHalf, multiplier] = match;
  const plain = /^\d/u.test(value) ? digitsToNumber(value) : (wordValues[value] ?? Number.NaN);
  const whole =
    (plain + (andHalf === undefined ? 0 : 0.5)) * (multiplier === undefined ? 1 : (multipliers[multiplier] ?? 1));
  return sign === undefined ? whole : -whole;
}

/** "6,371" and "6.371" are thousands, "1,5" and "1.5" are not; "12.345,6" is told by its last sign. */
function digitsToNumber(text: string): number {
  const signs = text.replaceAll(/\d/gu, "");
  if (signs === "") return Number(text);
  if (/^[1-9]\d{0,2}([.,]\d{3})+$/u.test(text) && new Set(signs).size === 1)
    return Number(text.replaceAll(/[.,]/gu, ""));
  const last = Math.max(text.lastIndexOf("."), text.lastIndexOf(","));
  return Number(`${text.slice(0, last).replaceAll(/[.,]/gu, "")}.${text.slice(last + 1)}`);
}

export type Quantity = { readonly value: number; readonly index: number; readonly end: number };

/** Every number that is followed by one of these units, perhaps with a dash between them. */
export function quantitiesOf(text: string, units: string): Quantity[] {
  const pattern = compiled(`(?<![\\p{L}\\d])(${numberPattern})[ -]?(?:${units})(?![\\p{L}])`);
  return [...text.matchAll(pattern)]
    .map((match) => ({ value: numberFrom(match[1]!), index: match.index, end: match.index + match[0].length }))
    .filter(({ value }) => Number.isFinite(value));
}

const fractions: readonly (readonly [RegExp, number])[] = [
  [words("two thirds|zwei drittel|dos tercios"), 2 / 3],
  [words("three quarters|drei viertel|dreiviertel|tres cuartos|tres cuartas partes"), 0.75],
  [words("(?:a|one) third|ein drittel|un tercio"), 1 / 3],
  [words("(?:a|one) quarter|ein viertel|un cuarto|una cuarta parte"), 0.25],
  [words("half|halb|halfte|zur halfte|mitad"), 0.5],
];

/** Shares of a whole, 0 … 1: in per cent, or as fractions in words. */
export function sharesOf(text: string): Quantity[] {
  const perCents = quantitiesOf(text, "%|per ?cent|prozent|por ?ciento").map((found) => ({
    ...found,
    value: found.value / 100,
  }));
  const inWords = fractions.flatMap(([pattern, value]) =>
    [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({ value, index, end: index + length })),
  );
  // "three quarters" holds "a quarter" no more than "two thirds" a third: the longer one, which is listed first, stands.
  const apart = inWords.filter(({ index }, i) => inWords.findIndex((other) => other.index === index) === i);
  return [...perCents, ...apart].filter(({ value }) => value >= 0 && value <= 1);
}
