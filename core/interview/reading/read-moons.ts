import type { PlanetSketch } from "../../protocol/world-specification.ts";
import { specifiedMoonsMax } from "../../protocol/world-specification.ts";
import { type Clause, has, words } from "./fold.ts";
import { numberFrom, numberPattern } from "./quantities.ts";

type Moons = NonNullable<PlanetSketch["moons"]>;

const moon = "(?:moon(?:lets?)?s?|satellites?|mond(?:e[ns]?)?|monden|lunas?|satelites?)";
const adjectives = "(?: [\\p{L}-]+){0,2}?";
const counted = new RegExp(
  `(?<![\\p{L}\\d])(${numberPattern}|a|no|kein(?:e[n]?)?|sin|ninguna) ?(?:pair of |parejas? de |of )?(${adjectives}) ?${moon}(?![\\p{L}])`,
  "gu",
);
const summed = new RegExp(
  `(?<![\\p{L}])(${numberPattern})((?: [\\p{L}-]+){1,2}?)(?: ${moon})? (?:and|und|y) (${numberPattern})((?: [\\p{L}-]+){1,2}?)?(?: ${moon})(?![\\p{L}])`,
  "u",
);
const none = words("moonless|mondlos(?:e[rsnm]?)?|without (?:a |any )?moons?|no moons?|kein(?:en|e)? monde?|ohne monde?|sin (?:luna|lunas)|ninguna luna|no hay lunas?|no tiene lunas?"); // prettier-ignore
const many = words(`(?:many|lots of|a lot of|countless|dozens of|viele|unzahlige|dutzende|muchas|incontables) ${moon}`);
const idiom = words(
  "many moons (?:ago|later)|vor vielen monden|hace muchas lunas|honeymoon|full moons?|new moons?|vollmond|luna (?:llena|nueva)",
);
const partOfThem = words(
  "(?:one|two|three|eine?r?|zwei|una|dos) (?:of|von|der|de) (?:the|them|these|ihnen|monde|ellas|las)",
);
const pair = /\b(?:a pair of|a couple of|ein paar|un par de) /gu;
const correction = words(
  "actually|no wait|wait|i mean|make that|rather|instead|doch lieber|eigentlich|ich meine|nein|mejor|mejor dicho|en realidad|quiero decir|perdon",
);
const bare = new RegExp(
  `^(?:just |only |exactly |maybe |nur |genau |solo |unos? )?(${numberPattern}|none|no|nein|keine[nr]?|ninguna)$`,
  "u",
);
const manyMoons = 4;

/** How many there are and what is known of them; null where nothing was said. `isAsked`: a bare "three" is an answer. */
export function readMoons(clauses: readonly Clause[], isAsked: boolean): Moons | null {
  let found: Moons | null = null;
  let isCorrecting = false;
  for (const clause of clauses) {
    isCorrecting ||= has(clause.text, correction);
    const said = moonsIn(clause.text, isAsked);
    if (said === null) continue;
    if (found === null || isCorrecting || said.length > found.length) found = said;
    isCorrecting = false;
  }
  return found === null ? null : named(found, clauses, isAsked);
}

function moonsIn(text: string, isAsked: boolean): Moons | null {
  const plain = text.replaceAll(idiom, " ").replaceAll(pair, "two ");
  if (has(plain, partOfThem)) return null;
  if (has(plain, none)) return [];
  const both = summed.exec(plain);
  if (both !== null) {
    const [, first = "", firstLook = "", second = "", secondLook = ""] = both;
    return [...several(numberFrom(first), firstLook), ...several(numberFrom(second), secondLook)].slice(
      0,
      specifiedMoonsMax,
    );
  }
  for (const [, number = "", look = ""] of plain.matchAll(counted)) {
    const count = number === "a" ? 1 : numberFrom(number);
    if (Number.isFinite(count) && count >= 0) return several(count, look);
  }
  if (has(plain, many)) return several(manyMoons, "");
  const match = isAsked ? bare.exec(plain) : null;
  if (match === null) return null;
  const count = numberFrom(match[1]!);
  return several(Number.isFinite(count) ? count : 0, "");
}

/** Of the Moon's mass times the planet's, which is not known here: the defaults keep the proportion. */
const small = words("small|tiny|little|klein(?:e[rsnm]?)?|winzig(?:e[rsnm]?)?|pequen[oa]s?|diminut[oa]s?");
const large = words(
  "big|large|huge|giant|enormous|massive|gross(?:e[rsnm]?)?|riesig(?:e[rsnm]?)?|grandes?|gigantes?|enormes?",
);

function several(count: number, look: string): Moons {
  const mass = has(look, small) ? 0.05 : has(look, large) ? 3 : null;
  const one = mass === null ? {} : { mass_lunas: mass };
  return Array.from({ length: Math.min(specifiedMoonsMax, Math.round(count)) }, () => ({ ...one }));
}

const naming =
  /\b(?:called|named|namens|genannt|heißen|heissen|heißt|llamad[oa]s?|se llaman?|llaman?)\s+((?:"?\p{Lu}[\p{L}'-]+"?(?:\s*,\s*|\s+(?:and|und|y|e)\s+|\s+)?)+)/u;

/** "Two moons, Ana and Bel": as many names as there are moons, and nothing else. */
function listedAfter(whole: string, count: number): string {
  const rest = /(?:moons?|monde?n?|lunas?)\s*[,:(–-]\s*([^.;)]+)/iu.exec(whole)?.[1] ?? "";
  const names = rest.split(/\s*,\s*|\s+(?:and|und|y|e)\s+/u).filter((name) => name !== "");
  return names.length === count && names.every((name) => /^\p{Lu}[\p{L}'-]+$/u.test(name.trim())) ? rest.trim() : "";
}

/** Names in the order in which they were given, if somebody says "moons called Ana and Bel". */
function named(moons: Moons, clauses: readonly Clause[], isAsked: boolean): Moons {
  const whole = clauses.map(({ raw }) => raw).join(", ");
  const around = isAsked ? whole : (/(?:moons?|monde?n?|lunas?)[^.]*$/iu.exec(whole)?.[0] ?? "");
  const names = (naming.exec(around)?.[1] ?? (isAsked ? listedAfter(whole, moons.length) : ""))
    .split(/\s*,\s*|\s+(?:and|und|y|e)\s+|\s+/u)
    .map((name) => name.replaceAll('"', ""));
  const given = names.filter((name) => /^\p{Lu}/u.test(name));
  return moons.map((one, index) => ({ ...one, ...(given[index] !== undefined && { name: given[index] }) }));
}
