import type { PlanetSketch } from "../../protocol/world-specification.ts";
import { type Clause, isNegated, words } from "./fold.ts";

// What an adjective says of a whole planet. Numbers are those of the specification; English, German and Spanish, folded.

type Scale = "temperature_offset_c" | "moisture";
type Impression = { readonly scale: Scale; readonly pattern: RegExp; readonly value: number };

const impressions: readonly Impression[] = [
  cold(-25, "frozen|frigid|snowball|iced over|ice[- ]?bound|eternal (?:winter|ice|snow)|endless winter|ice (?:world|planet|ball)|eis(?:welt|planet)|ewige[rsnm]? (?:winter|eis|schnee)|(?:tief)?gefroren(?:e[rsnm]?)?|zugefroren(?:e[rsnm]?)?|vereist(?:e[rsnm]?)?|congelad[oa]s?|helad[oa]s?|(?:invierno|hielo|nieve) etern[oa]|mundo de hielo|planeta de hielo"), // prettier-ignore
  cold(-20, "icy|glacial|freezing|arctic|eisig(?:e[rsnm]?)?|eiskalt(?:e[rsnm]?)?|frostig(?:e[rsnm]?)?|arktisch(?:e[rsnm]?)?|glacial(?:es)?|gelid[oa]s?"), // prettier-ignore
  cold(-12, "cold|colder|kalt(?:e[rsnm]?)?|kalter(?:e[rsnm]?)?|fri[oa]s?|snowy|snow[- ]covered|verschneit(?:e[rsnm]?)?|nevad[oa]s?|ice age|eiszeit|edad de hielo|era glacial"), // prettier-ignore
  cold(-6, "chilly|cooler|kuhl(?:e[rsnm]?)?|kuhlere?[rsnm]?|fresc[oa]s?|cool (?:climate|world|planet|place|summers?)"),
  cold(0, "temperate|gemassigt(?:e[rsnm]?)?|templad[oa]s?"),
  cold(5, "warm(?:e[rsnm]?)?|warmer(?:e[rsnm]?)?|balmy|mild(?:e[rsnm]?)?|calid[oa]s?"),
  cold(8, "tropical(?:es)?|tropisch(?:e[rsnm]?)?"),
  cold(12, "hot|hotter|heiss(?:e[rsnm]?)?|heisser(?:e[rsnm]?)?|caliente|calientes|caluros[oa]s?"),
  cold(20, "scorching|scorched|blazing|searing|sweltering|broiling|boiling|burning|sun[- ]baked|sengend(?:e[rsnm]?)?|gluhend(?:e[rsnm]?)?|gluhendheiss(?:e[rsnm]?)?|abrasador(?:a|es|as)?|ardientes?|torrid[oa]s?|achicharrante"), // prettier-ignore
  wet(2.2, "(?:always|constantly|forever|never stops|endless(?:ly)?|eternal|perpetual) (?:rain(?:s|ing)?|downpour)|rains? (?:all the time|constantly|always|every day|without end|forever)|dauerregen|regnet (?:immer|standig|dauernd|jeden tag|ununterbrochen)|llueve (?:siempre|sin parar|todos los dias|constantemente)|siempre llueve|lluvia (?:eterna|constante|perpetua)|monsoons?|monsun(?:e)?|monzon(?:es)?"), // prettier-ignore
  wet(1.7, "jungles?|rain ?forests?|dschungel|urwald(?:er)?|regenwald(?:er)?|selvas?|junglas?"),
  wet(1.6, "wet|wetter|rainy|humid|soggy|damp|drenched|steamy|swamp(?:s|y)?|marsh(?:es|y)?|bogs?|tropical(?:es)?|nass(?:e[rsnm]?)?|feucht(?:e[rsnm]?)?|feuchtere?[rsnm]?|verregnet(?:e[rsnm]?)?|regnerisch(?:e[rsnm]?)?|sumpf(?:e|ig)?|tropisch(?:e[rsnm]?)?|humed[oa]s?|lluvios[oa]s?|pantan(?:os?|oso)"), // prettier-ignore
  wet(1.35, "lush|verdant|uppig(?:e[rsnm]?)?|exuberantes?|frondos[oa]s?"),
  wet(1, "temperate|gemassigt(?:e[rsnm]?)?|templad[oa]s?"),
  wet(0.4, "dry|drier|arid|parched|dusty|deserts|(?:vast|endless|great|mostly|all|one big) deserts?|trocken(?:e[rsnm]?)?|trockenere?[rsnm]?|durr(?:e[rsnm]?)?|staubig(?:e[rsnm]?)?|wusten|sec[oa]s?|arid[oa]s?|polvorient[oa]s?|desiertos"), // prettier-ignore
  wet(0.2, "desert (?:world|planet)|wusten(?:welt|planet)|(?:planeta|mundo) (?:desertico|desierto)|bone[- ]dry|knochentrocken(?:e[rsnm]?)?|reseco"), // prettier-ignore
  wet(0.15, "(?:never|hardly ever|barely|almost never|rarely) rains?|(?:hardly|barely|scarcely) any rain|regnet (?:nie|fast nie|kaum|selten)|(?:nunca|casi nunca|casi no|apenas) llueve"), // prettier-ignore
];

function cold(value: number, alternatives: string): Impression {
  return { scale: "temperature_offset_c", pattern: words(alternatives), value };
}

function wet(value: number, alternatives: string): Impression {
  return { scale: "moisture", pattern: words(alternatives), value };
}

/** What is said of these is not said of the planet. */
const partial =
  "peaks?|mountains?|hills?|highlands?|poles?|north(?:ern)?|south(?:ern)?|winters?|summers?|nights?|mornings?|caves?|rivers?|lakes?|springs?|wells?|coasts?|valleys?|" +
  "people|folk|hearts?|hearted|blooded|welcome|war|steel|iron|bread|soup|food|tea|stew|lava|steam|eyes|hands|light|gipfel|berge[ns]?|pole?n?|norden|suden|nachte?|hohlen|" +
  "flusse?|seen|taler|quellen|winter[ns]?|sommer[ns]?|menschen|herz(?:en)?|krieg|montanas?|cumbres?|picos?|polos?|norte|sur|noches?|inviernos?|veranos?|cuevas?|rios?|lagos?|corazon(?:es)?|guerra|gente";
const followedByPart = new RegExp(`^(?:[\\p{L}]+ )?(?:${partial})(?![\\p{L}])`, "u");
const precededByPart = new RegExp(
  `(?<![\\p{L}])(?:${partial})(?: (?:is|are|have|get|very|sind|ist|wird|werden|sehr|son|es|muy|estan|and|[\\p{L}]{1,4}))*$`,
  "u",
);
const aFew = words("some|a few|several|one|small|einige[rn]?|ein paar|manche|algun[oa]s?|unos|unas|pocos?");
const world = /^(?:climate|world|planet|place|air|klima|welt|ort|clima|mundo|planeta)/u;
const stronger = words(
  "very|extremely|bitterly|terribly|incredibly|unbearably|really|super|sehr|extrem|furchtbar|unglaublich|muy|extremadamente|bastante mas",
);
const weaker = words(
  "slightly|a bit|a little|somewhat|fairly|rather|mildly|etwas|leicht|ein wenig|ein bisschen|un poco|algo|ligeramente",
);

/** The climate in the words of a description; nothing where they contradict each other. */
export function readClimate(clauses: readonly Clause[]): Pick<PlanetSketch, Scale> {
  const found: Record<Scale, number[]> = { temperature_offset_c: [], moisture: [] };
  for (const { text } of clauses) {
    for (const { scale, pattern, value } of impressions) {
      for (const { index, 0: said } of text.matchAll(pattern)) {
        if (isNegated(text, index) || isOfAPart(text, index, index + said.length)) continue;
        found[scale].push(strengthened(scale, value, text.slice(0, index)));
      }
    }
  }
  const temperature = strongest(found.temperature_offset_c, 0);
  const moisture = strongest(found.moisture, 1);
  return {
    ...(temperature !== null && { temperature_offset_c: temperature }),
    ...(moisture !== null && { moisture }),
  };
}

function isOfAPart(text: string, index: number, end: number): boolean {
  const after = text.slice(end).replace(/^[\s-]+/u, "");
  if (world.test(after)) return false;
  const before = text.slice(0, index).trimEnd();
  const lastWords = before.split(" ").slice(-2).join(" ");
  return followedByPart.test(after) || precededByPart.test(before) || lastWords.search(aFew) >= 0;
}

function strengthened(scale: Scale, value: number, before: string): number {
  const near = before.trimEnd().split(" ").slice(-3).join(" ");
  const factor = near.search(stronger) >= 0 ? 1.4 : near.search(weaker) >= 0 ? 0.5 : 1;
  if (scale === "temperature_offset_c") return clamp(value * factor, -40, 30);
  return clamp(1 + (value - 1) * factor, 0.05, 2.8);
}

/** The farthest from what is usual; null where they lie on both sides of it, or nothing was said. */
function strongest(values: readonly number[], usual: number): number | null {
  if (values.length === 0) return null;
  const above = values.some((value) => value > usual);
  if (above && values.some((value) => value < usual)) return null;
  return values.reduce((most, value) => (Math.abs(value - usual) > Math.abs(most - usual) ? value : most));
}

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, round(value)));
const round = (value: number): number => Math.round(value * 100) / 100;
