import { type PeopleSketch, specifiedPeoplesMax } from "../../protocol/world-specification.ts";
import { attributeNames } from "../../protocol/character.ts";
import { type Clause, fold, has, isDenied, isNegated, words } from "./fold.ts";
import { knownPeoples, lookLeanings } from "./known-peoples.ts";
import { readCulture } from "./read-culture.ts";

/** Peoples that were said to be there, in the order in which they were named, and those said not to be. */
export type PeoplesRead = { readonly peoples: readonly PeopleSketch[]; readonly isNobody: boolean };

type Mention = {
  readonly name: string;
  readonly leaning: PeopleSketch["attributes"];
  readonly index: number;
  readonly sentence: Clause;
};

const nobody = words(
  "no (?:people|peoples|species|sentient|intelligent|one|inhabitants|civili[sz]ations?)|nobody|uninhabited|only animals|just animals|" +
    "keine? (?:volker|menschen und|spezies|bewohner|intelligenten)|niemand|unbewohnt(?:e[rsnm]?)?|nur tiere|" +
    "nadie|deshabitad[oa]|sin (?:pueblos|habitantes|especies)|solo animales",
);

export function readPeoples(sentences: readonly Clause[], isAsked: boolean): PeoplesRead {
  const mentions = sentences.flatMap((sentence) => mentionsIn(sentence, isAsked));
  const first = mentions.filter(
    ({ name }, index) => mentions.findIndex((other) => sameName(other.name, name)) === index,
  );
  const peoples = first.slice(0, specifiedPeoplesMax).map((mention) =>
    describe(
      mention,
      mentions.filter(({ name }) => sameName(name, mention.name)),
      sentences,
      first,
    ),
  );
  const isNobody = isAsked && peoples.length === 0 && sentences.some(({ text }) => has(text, nobody));
  return { peoples, isNobody };
}

export const sameName = (one: string, other: string): boolean => fold(one) === fold(other);

function mentionsIn(sentence: Clause, isAsked: boolean): Mention[] {
  const known = knownPeoples.flatMap(({ name, forms, leaning }) => {
    const [match] = [...sentence.text.matchAll(words(forms))].filter(({ index }) => !isNegated(sentence.text, index));
    const isExcluded = isDenied(sentence.text, words(forms));
    return match === undefined || isExcluded ? [] : [{ name, leaning, index: match.index, sentence }];
  });
  const invented = isAsked
    ? inventedIn(sentence).filter(({ name }) => !known.some((other) => sameName(other.name, name)))
    : [];
  return [...known, ...invented].toSorted((one, other) => one.index - other.index);
}

const called =
  /(?<![\p{L}])(?:called|named|namens|genannt|heißen|heissen|nennen sich|call themselves|llamad[oa]s?|se llaman|known as|[Tt]he|[Dd]ie|[Ll]os|[Ll]as)\s+(?:the\s+|die\s+|los\s+|las\s+)?"?(\p{Lu}[\p{L}'’-]{2,}(?:\s\p{Lu}[\p{L}'’-]{2,})?)"?/gu;
const inventedKind =
  /(?<![\p{L}])([\p{L}]{3,}(?:folk|kin|born)|[\p{L}]{3,}(?: people)|[\p{L}]{3,}(?:volk|wesen|menschen)|(?<=(?:talking|speaking|sprechende[nr]?)\s)[\p{L}]{4,}|[\p{L}]{4,}(?=\s+parlantes?))(?![\p{L}])/giu;
const notANameWords =
  "the|these|those|some|other|only|most|many|all|are|such|small|tall|blue|green|old|wise|proud|peaceful|nomadic|different|common|two|three|four|five|several|young|good|our|their|" +
  "earth|moon|north|south|east|west|empire|kingdom|great|erde|mond|norden|suden|tierra|luna|norte|sur|humans?|elves|dwarves|orcs?|meinen|meisten|ander[a-z]*|lebewesen|wesen|volk|folk|people|peoples|sentient|intelligent";
const notAName = new RegExp(`^(?:${notANameWords})$`, "u");
// In German every noun has a capital, so that only what is called something is a name.
const german = words("der|das|und|ist|sind|ein|eine|mit|nicht|leben|volk|volker|sie");

function inventedIn(sentence: Clause): Mention[] {
  const isGerman = has(sentence.text, german);
  const names = [...sentence.raw.matchAll(called)]
    .filter(([whole]) => !isGerman || !/^die\s/iu.test(whole))
    .map(({ 1: name = "", index }) => ({ name, index }));
  const kinds = [...sentence.raw.matchAll(inventedKind)].map(({ 1: name = "", index }) => ({
    name: capitalised(name),
    index,
  }));
  return [...names, ...kinds]
    .filter(
      ({ name, index }) =>
        !notAName.test(fold(name).split(" ")[0]!) && !isKnown(name) && !isNegated(sentence.text, index),
    )
    .filter(({ name }, i, all) => all.findIndex((other) => sameName(other.name, name)) === i)
    .map(({ name, index }) => ({ name: name.slice(0, 50), leaning: {}, index, sentence }));
}

const isKnown = (name: string): boolean => knownPeoples.some(({ forms }) => has(fold(name), words(forms)));
const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const looksMax = 400;

/** All that is said of one people: in the sentences that name it, and, where it is the only one, in all. */
function describe(
  people: Mention,
  mentions: readonly Mention[],
  sentences: readonly Clause[],
  all: readonly Mention[],
): PeopleSketch {
  const about =
    all.length === 1
      ? sentences
      : sentences.filter((sentence) => mentions.some((mention) => mention.sentence === sentence));
  const text = about.map((sentence) => partAbout(sentence, people, all)).filter((part) => part !== "");
  const looks = text
    .filter((part) => part.split(" ").length >= 3)
    .join(". ")
    .slice(0, looksMax);
  const folded = fold(text.join(", "));
  return {
    name: people.name,
    ...(looks !== "" && { looks }),
    ...attributesOf(people, folded),
    ...readCulture(about.map(({ raw }) => ({ raw, text: fold(raw) }))),
  };
}

/** Of a sentence about several, what stands between this one's name and the next. */
function partAbout({ raw, text }: Clause, { name }: Mention, all: readonly Mention[]): string {
  const others = all.filter((other) => !sameName(other.name, name) && has(text, formsOf(other.name)));
  if (others.length === 0) return raw;
  const parts = raw.split(/\s*[,;]\s*|\s+(?:and|und|y|e)\s+/u).filter((part) => part !== "");
  const from = parts.findIndex((part) => has(fold(part), formsOf(name)));
  if (from < 0) return "";
  const until = parts.findIndex(
    (part, index) => index > from && others.some((other) => has(fold(part), formsOf(other.name))),
  );
  return parts
    .slice(from, until < 0 ? undefined : until)
    .join(", ")
    .replace(/^(?:and|und|y|e)\s+/iu, "");
}

function formsOf(name: string): RegExp {
  const known = knownPeoples.find((people) => sameName(people.name, name));
  return words(known?.forms ?? fold(name).replaceAll(/[^\p{L}\p{N} ]/gu, "."));
}

function attributesOf({ leaning }: Mention, text: string): Pick<PeopleSketch, "attributes"> {
  const looks = lookLeanings.filter(([alternatives]) =>
    [...text.matchAll(words(alternatives))].some(({ index }) => !isNegated(text, index)),
  );
  const changed = attributeNames.filter(
    (name) => leaning?.[name] !== undefined || looks.some(([, by]) => by[name] !== undefined),
  );
  if (changed.length === 0) return {};
  return {
    attributes: Object.fromEntries(
      changed.map((name) => {
        const moved = looks.reduce((sum, [, by]) => sum + (by[name] ?? 50) - 50, leaning?.[name] ?? 50);
        return [name, Math.min(100, Math.max(1, moved))];
      }),
    ),
  };
}
