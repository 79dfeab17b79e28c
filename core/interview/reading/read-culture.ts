import { listItemsMax, type PeopleSketch } from "../../protocol/world-specification.ts";
import { type Clause, isSaid, words } from "./fold.ts";

type Culture = Pick<PeopleSketch, "occupations" | "values" | "politics" | "economy" | "faiths" | "taboos">;
type Named = readonly (readonly [name: string, alternatives: string])[];

const occupations: Named = [
  ["farmer", "farm(?:er|ers|ing)|peasants?|bauern?|landwirte?|granjer[oa]s?|campesin[oa]s?|agricultor(?:es)?"],
  ["fisher", "fish(?:er|ers|ermen|erfolk|ing)|fischer|pescador(?:es|as)?"],
  ["hunter", "hunt(?:er|ers|ing)|jager|cazador(?:es|as)?"],
  ["miner", "min(?:er|ers|ing)|bergleute|bergarbeiter|miner[oa]s?"],
  ["smith", "(?:black)?smiths?|schmiede?|herrer[oa]s?"],
  ["sailor", "sailors?|seafar(?:er|ers|ing)|seefahrer|seeleute|matrosen|mariner[oa]s?|navegantes?"],
  ["trader", "trad(?:er|ers|ing)|merchants?|handler|kaufleute|comerciantes?|mercader(?:es)?"],
  ["scholar", "scholars?|scientists?|librarians?|gelehrte[rn]?|forscher|erudit[oa]s?|cientific[oa]s?|sabios"],
  ["warrior", "warriors?|soldiers?|krieger|soldaten|guerrer[oa]s?|soldados?"],
  ["herder", "herd(?:er|ers)|shepherds?|hirten?|pastor(?:es)?"],
  ["weaver", "weavers?|weber|tejedor(?:es|as)?"],
  ["builder", "builders?|masons?|architects?|baumeister|steinmetze|constructor(?:es)?|arquitect[oa]s?"],
  ["inventor", "inventors?|engineers?|tinker(?:er|ers|s)?|erfinder|ingenieure?|inventor(?:es|as)?|ingenier[oa]s?"],
  ["priest", "priests?|monks?|shamans?|priester(?:innen)?|monche|schamanen|sacerdotes?|monjes?|chaman(?:es)?"],
  ["pirate", "pirates?|piraten|piratas?"],
  ["nomad", "nomads?|nomadic|nomaden|nomadas?"],
  ["healer", "healers?|herbalists?|heiler|curander[oa]s?|sanador(?:es|as)?"],
  ["bard", "bards?|singers?|musicians?|barden|sanger|musiker|bardos?|cantantes?|music[oa]s?"],
];

const politics: Named = [
  [
    "a monarchy",
    "king(?:s|doms?)?|queens?|monarch(?:y|ies)|konig(?:e|in|innen|reich|reiche)?|monarchie|rey(?:es)?|reinas?|reinos?|monarquia",
  ],
  ["an empire", "empires?|emperors?|empress|kaiser(?:in|reich)?|imperium|imperios?|emperador(?:es)?|emperatriz"],
  [
    "a republic",
    "republics?|democra(?:cy|tic|cies)|elected|republik(?:en)?|demokrati(?:e|sch)|republicas?|democracias?",
  ],
  ["tribes and clans", "trib(?:es|al)|clans?|stamme?|clans|sippen|tribus?|clanes"],
  ["a theocracy", "theocrac(?:y|ies)|ruled by priests|gottesstaat|theokratie|teocracia"],
  ["a council", "councils?|elders|rat der|altestenrat|consejos?|ancianos"],
  ["city-states", "city[- ]states?|stadtstaaten|ciudades?[- ]estado"],
  ["no rulers", "anarch(?:y|ists?)|no rulers?|no kings|anarchie|keine herrscher|anarquia|sin gobernantes"],
  ["guilds", "ruled by guilds|guilds rule|zunfte herrschen|gremios gobiernan"],
];

const economies: Named = [
  ["trade", "trade routes?|live (?:by|off) trade|trading|handel(?:n|srouten)?|comercio"],
  ["barter", "barter(?:ing)?|tauschhandel|trueque"],
  ["farming", "farming|agriculture|ackerbau|landwirtschaft|agricultura"],
  ["fishing", "fishing|fischfang|pesca"],
  ["mining", "mining|bergbau|mineria"],
  ["herding", "herding|viehzucht|ganaderia"],
  ["gifts", "gift (?:economy|giving)|no money|kein geld|schenkwirtschaft|sin dinero|economia del regalo"],
  ["raiding", "raid(?:s|ing)|plunder(?:ing)?|piracy|raub(?:zuge)?|plunderung|saqueos?|pirateria"],
];

const faith = /(?<![\p{L}])(?:worship(?:s|ping|ped)?|pray(?:s|ing)? to|believe[sd]? in|revere[sd]?|venerate[sd]?|verehren|beten (?:\S+ )?an|beten zu|glauben an|anbeten|adoran(?: a)?|veneran(?: a)?|creen en|rezan a)\s+((?:(?!\b(?:and|und|y|but|aber|pero)\b)[^,.;!?])+)/giu; // prettier-ignore
const taboo = /(?<![\p{L}])(?:(?:it is |is )?(?:taboo|forbidden)(?: to)?|must never|may never|never (?=eat|speak|kill|touch|lie|enter|use|cross)|(?:ist )?(?:verboten|tabu)|dürfen nie(?:mals)?|(?:está )?prohibido|tabú|nunca (?=comen|hablan|matan|tocan|mienten|entran))\s*:?\s*((?:[^,.;!?])+)/giu; // prettier-ignore
const value = /(?<![\p{L}])(?:value[sd]?|prize[sd]?|cherish(?:es)?|care (?:most )?about|schätzen|ehren|legen wert auf|valoran|aprecian|honran)\s+((?:[^,.;!?])+)/giu; // prettier-ignore

/** How a people lives, as far as words for it are said in these sentences. */
export function readCulture(sentences: readonly Clause[]): Culture {
  const work = namesIn(occupations, sentences);
  const [rule] = namesIn(politics, sentences);
  const means = namesIn(economies, sentences);
  const faiths = captured(faith, sentences);
  const taboos = captured(taboo, sentences);
  const values = captured(value, sentences).flatMap((found) => found.split(/\s+(?:and|und|y|e)\s+/u));
  return {
    ...(work.length > 0 && { occupations: work }),
    ...(rule !== undefined && { politics: rule }),
    ...(means.length > 0 && { economy: means.join(", ") }),
    ...(faiths.length > 0 && { faiths }),
    ...(taboos.length > 0 && { taboos }),
    ...(values.length > 0 && { values: values.slice(0, listItemsMax) }),
  };
}

function namesIn(table: Named, sentences: readonly Clause[]): string[] {
  return table
    .filter(([, alternatives]) => sentences.some(({ text }) => isSaid(text, words(alternatives))))
    .map(([name]) => name)
    .slice(0, listItemsMax);
}

function captured(pattern: RegExp, sentences: readonly Clause[]): string[] {
  return sentences
    .flatMap(({ raw }) => [...raw.matchAll(pattern)].map((match) => match[1]!.trim().slice(0, 200)))
    .filter((found) => found !== "")
    .slice(0, listItemsMax);
}
