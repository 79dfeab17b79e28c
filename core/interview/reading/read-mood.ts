import { readFights } from "./read-fights.ts";
import type {
  MagicLevel,
  SimulatedThing,
  SpecificationSketch,
  TechnologyLevel,
  Tone,
} from "../../protocol/world-specification.ts";
import { listItemsMax, simulatedThings } from "../../protocol/world-specification.ts";
import { type Clause, clausesOf, findSaid, fold, has, isDenied, isSaid, sentencesOf, words } from "./fold.ts";

type Table<Name extends string> = readonly (readonly [Name, string])[];

const toneWords: Table<Tone> = [
  ["grim", "grim(?:dark)?|brutal(?:e[rsnm]?|es)?|merciless|bleak|hopeless|duster(?:e[rsnm]?)?|grausam(?:e[rsnm]?)?|gnadenlos(?:e[rsnm]?)?|trostlos(?:e[rsnm]?)?|hoffnungslos(?:e[rsnm]?)?|despiadad[oa]s?|desolad[oa]s?|cruel(?:es)?"], // prettier-ignore
  ["dark", "(?<!in the |after )dark|gothic|sinister|horror|nightmarish|finster(?:e[rsnm]?)?|dunkel|dunkle[rsnm]?|unheimlich(?:e[rsnm]?)?|oscur[oa]s?|siniestr[oa]s?|gotic[oa]s?|terror"], // prettier-ignore
  ["comic", "funny|comic(?:al)?|silly|absurd(?:e[rsnm]?)?|humorous|ridiculous|lustig(?:e[rsnm]?)?|witzig(?:e[rsnm]?)?|albern(?:e[rsnm]?)?|divertid[oa]s?|gracios[oa]s?|absurd[oa]s?|comic[oa]s?"], // prettier-ignore
  ["whimsical", "whimsical|cosy|cozy|cute|playful|fairy[- ]?tale|dreamy|dreamlike|marchenhaft(?:e[rsnm]?)?|vertraumt(?:e[rsnm]?)?|verspielt(?:e[rsnm]?)?|gemutlich(?:e[rsnm]?)?|de cuento|caprichos[oa]s?|acogedor(?:a|es)?|onirico"], // prettier-ignore
  ["hopeful", "hopeful|bright|cheerful|joyful|alegres?|frohlich(?:e[rsnm]?)?|optimistic|peaceful|gentle|hoffnungsvoll(?:e[rsnm]?)?|friedlich(?:e[rsnm]?)?|heiter(?:e[rsnm]?)?|esperanzador(?:a|es)?|pacific[oa]s?|luminos[oa]s?|optimista"], // prettier-ignore
  [
    "epic",
    "epic|heroic|legendary|mythic(?:al)?|episch(?:e[rsnm]?)?|heldenhaft(?:e[rsnm]?)?|epic[oa]s?|heroic[oa]s?|mitic[oa]s?",
  ],
  ["mysterious", "mysterious|mystical|enigmatic|eerie|strange|geheimnisvoll(?:e[rsnm]?)?|ratselhaft(?:e[rsnm]?)?|mystisch(?:e[rsnm]?)?|misterios[oa]s?|enigmatic[oa]s?|mistic[oa]s?"], // prettier-ignore
  ["melancholy", "melanchol(?:y|ic)|sad|wistful|lonely|forlorn|melancholisch(?:e[rsnm]?)?|traurig(?:e[rsnm]?)?|wehmutig(?:e[rsnm]?)?|einsam(?:e[rsnm]?)?|melancolic[oa]s?|tristes?|solitari[oa]s?"], // prettier-ignore
  ["romantic", "romantic|romantisch(?:e[rsnm]?)?|romantic[oa]s?"],
];

const technologyWords: Table<TechnologyLevel> = [
  ["futuristic", "futuristic|space(?:ships?|faring)|starships?|cyberpunk|lasers?|sci-?fi|high[- ]?tech|hologra\\w+|futuristisch(?:e[rsnm]?)?|raumschiffe?n?|zukunft|futurista|naves espaciales|alta tecnologia|ciencia ficcion"], // prettier-ignore
  ["industrial", "industrial|steampunk|steam(?:[- ](?:engines?|powered|trains?))|railways?|factories|victorian|industriell(?:e[rsnm]?)?|dampfmaschinen?|dampf|fabriken|eisenbahn(?:en)?|viktorianisch(?:e[rsnm]?)?|vapor|maquinas de vapor|fabricas|ferrocarril(?:es)?|victorian[oa]"], // prettier-ignore
  ["modern", "modern(?:e[rsnm]?)?|present[- ]day|cars|computers?|electricity|autos|strom|elektrizitat|modern[oa]s?|actual|coches|electricidad"], // prettier-ignore
  ["renaissance", "renaissance|gunpowder|cannons?|muskets?|printing press|clockwork|schiesspulver|kanonen|musketen|buchdruck|uhrwerk(?:e)?|renacimiento|renacentista|polvora|canones|mosquetes|imprenta|relojeria"], // prettier-ignore
  ["medieval", "medieval|mediaeval|castles|knights|middle ages|feudal|mittelalter(?:lich(?:e[rsnm]?)?)?|ritter|burgen|castillos|caballeros|edad media"], // prettier-ignore
  ["stone", "stone age|stone tools|prehistoric|primitive|cave(?:men| dwellers)|steinzeit(?:lich(?:e[rsnm]?)?)?|primitiv(?:e[rsnm]?)?|prahistorisch|edad de piedra|primitiv[oa]s?|prehistoric[oa]s?|no technology|keine technik|sin tecnologia"], // prettier-ignore
  ["bronze", "bronze(?: ?age)?|bronzezeit(?:lich(?:e[rsnm]?)?)?|edad del? bronce|bronce"],
  [
    "iron",
    "iron age|roman(?:s)?|vikings?|eisenzeit(?:lich(?:e[rsnm]?)?)?|wikinger|romer|edad del? hierro|vikingos?|romanos",
  ],
];

const noMagic = words("no magic|without magic|magic (?:does not|doesn't) exist|magic is (?:dead|gone)|keine magie|ohne magie|keinerlei magie|keine zauberei|sin magia|no (?:hay|existe) magia|nada de magia|la magia no existe"); // prettier-ignore
const magicWords: Table<MagicLevel> = [
  ["pervasive", "magic (?:is )?everywhere|everyone (?:can )?(?:uses?|has|knows?|casts?)(?: \\w+)? magic|full of magic|soaked in magic|saturated with magic|(?:all|every)\\w* (?:is )?magical|magie (?:ist )?uberall|uberall (?:ist )?magie|voller magie|jeder kann zaubern|magia (?:esta )?(?:por todas partes|en todas partes|en todo)|todos (?:usan|tienen|saben)(?: \\w+)? magia|lleno de magia|llena de magia|high magic"], // prettier-ignore
  ["rare", "(?:rare|little|some|forgotten|secret|subtle|scarce|hidden|lost|a bit of|old) magic|magic is (?:very )?(?:rare|forbidden|dangerous|forgotten|secret|hidden|scarce|feared)|only (?:a )?few (?:\\w+ ){0,3}(?:magic|cast|spells)|low magic|(?:wenig|seltene|ein wenig|etwas|verbotene|vergessene|geheime|kaum) magie|magie ist (?:sehr )?(?:selten|verboten|gefahrlich|vergessen|geheim)|nur wenige (?:\\w+ ){0,3}(?:zaubern|magie)|(?:poca|algo de) magia|magia (?:es |esta |muy )*(?:rara|escasa|prohibida|olvidada|secreta|peligrosa|oculta)"], // prettier-ignore
  ["common", "magic(?:al|k)?|wizards?|mages?|sorcer(?:y|ers?|ess)|witches|spells?|enchant(?:ed|ment)s?|magie|zauber(?:er|ei|n)?|hexen|magisch(?:e[rsnm]?)?|magia|magos?|hechicer[oa]s?|brujas?|hechizos?|magic[oa]s?"], // prettier-ignore
];

const simulatedWords: Table<SimulatedThing> = [
  ["weather", "weather|climate|storms?|wetter|klima|sturme|clima|tiempo atmosferico|tormentas"],
  ["geology", "geology|tectonics?|volcano(?:e?s)|erosion|geologie|vulkane|erdbeben|geologia|volcanes"],
  ["wildlife", "wildlife|animals?|ecolog(?:y|ies)|ecosystems?|evolution|nature|plants|tiere?|okologie|okosysteme?|pflanzen|natur|animales|fauna|flora|ecosistemas?|ecologia|naturaleza|evolucion"], // prettier-ignore
  ["peoples", "people|peoples|villagers?|npcs?|societ(?:y|ies)|population|families|menschen|bewohner|gesellschaft(?:en)?|leute|volker|bevolkerung|gente|habitantes|sociedad(?:es)?|pueblos|poblacion"], // prettier-ignore
  [
    "economy",
    "econom(?:y|ies|ics)|trade|markets?|prices|wirtschaft|handel|markte|preise|economia|comercio|mercados?|precios",
  ],
  ["politics", "politics?|intrigue|diplomacy|kingdoms|government|politik|intrigen|diplomatie|regierung|politica|intrigas?|diplomacia|gobiernos?"], // prettier-ignore
  ["religion", "religions?|faiths?|gods|cults|religion(?:en)?|glauben?|gotter|kulte|religion(?:es)?|dioses|cultos|fe"],
  ["war", "wars?|battles?|armies|conflicts?|kriege?n?|schlachten|armeen|guerras?|batallas?|ejercitos?"],
  ["disease", "diseases?|plagues?|sickness|illness|krankheiten|seuchen|pest|enfermedad(?:es)?|plagas?|peste"],
];
const everything = words(
  "everything|all(?: of (?:it|them|that))?|alles|todo|the lot|as much as possible|so viel wie moglich|todo lo posible",
);
const nothing = words("nothing|none|nichts|nada|only what is needed");

export function readTone(clauses: readonly Clause[]): Tone | null {
  return firstOf(toneWords, clauses);
}

export function readTechnology(clauses: readonly Clause[]): TechnologyLevel | null {
  return firstOf(technologyWords, clauses);
}

export function readMagic(clauses: readonly Clause[]): MagicLevel | null {
  if (clauses.some(({ text }) => has(text, noMagic))) return "none";
  const level = firstOf(magicWords, clauses);
  if (level !== null) return level;
  return clauses.some(({ text }) => isDenied(text, words(magicWords.at(-1)![1]))) ? "none" : null;
}

const allBut = words("(?:everything|all|alles|todo) (?:but|except|apart from|ausser|bis auf|menos|excepto|salvo)");

export function readSimulated(answer: string): SimulatedThing[] | null {
  const [exception] = [...fold(answer).matchAll(allBut)];
  if (exception !== undefined) {
    const rest = fold(answer).slice(exception.index + exception[0].length);
    const without = simulatedWords.filter(([, found]) => has(rest, words(found))).map(([name]) => name);
    return simulatedThings.filter((thing) => !without.includes(thing));
  }
  const clauses = clausesOf(answer);
  const denied = simulatedWords
    .filter(([, found]) => clauses.some(({ text }) => isDenied(text, words(found))))
    .map(([name]) => name);
  if (clauses.some(({ text }) => isSaid(text, everything)))
    return simulatedThings.filter((thing) => !denied.includes(thing));
  const wanted = simulatedWords
    .filter(([, found]) => clauses.some(({ text }) => isSaid(text, words(found))))
    .map(([name]) => name);
  const things = wanted.filter((thing) => !denied.includes(thing));
  if (things.length > 0) return things;
  return clauses.some(({ text }) => has(text, nothing)) ? [] : null;
}

const likeWhat = /(?<![\p{L}])(?:inspired by|reminiscent of|in the (?:spirit|style) of|something like|a bit like|(?:like|as) in|think|inspiriert von|im stil von|so wie in|wie in|inspirad[oa] (?:en|por)|al estilo de|como en|parecido a)\s+(?:"([^"]+)"|((?:the |der |die |das |el |la |los |las )?\p{Lu}[\p{L}'’-]*(?: +(?:(?:of|the|and|der|die|des|und|von|de|del|la|los|y|to|in) +)*\p{Lu}[\p{L}'’-]*| +\d+)*))/gu; // prettier-ignore

/** Titles and names that the world is to be like. */
export function readInspirations(text: string): string[] {
  const found = [...text.matchAll(likeWhat)].map(([, quoted, named]) => (quoted ?? named ?? "").trim().slice(0, 200));
  return [...new Set(found.flatMap((title) => title.split(/\s+(?:meets|trifft)\s+/u)))]
    .filter((title) => title !== "")
    .slice(0, listItemsMax);
}

const unusual = words(
  "float(?:ing)?|flying (?:islands?|cities|whales?)|glow(?:ing|s)?|luminescent|bioluminescent|crystals?|giant (?:mushrooms?|trees?|bones?|insects?)|rings?|two suns|twin suns|three suns|" +
    "living (?:stone|forests?|islands?|mountains?|cities)|upside[- ]down|singing|talking (?:trees|animals|stones)|petrified|tidally locked|hollow|underground (?:cities|seas?|oceans?)|" +
    "schweb(?:en|ende[rsnm]?)|leuchtend(?:e[rsnm]?)?|leuchten|kristall(?:e|en|wald|walder)?|riesenpilze|riesige (?:pilze|baume)|ringe|zwei sonnen|hohl(?:e[rsnm]?)?|singend(?:e[rsnm]?)?|" +
    "flotantes?|flotan|voladoras?|brillan(?:tes)?|luminiscentes?|cristal(?:es)?|hongos gigantes|arboles gigantes|anillos|dos soles|huec[oa]|cantan",
);

/** What no ordinary world has, in the words in which it was said. */
export function readUnusual(clauses: readonly Clause[]): string[] {
  const found = clauses.filter(({ text }) => isSaid(text, unusual)).map(({ raw }) => raw.slice(0, 200));
  return [...new Set(found)].slice(0, listItemsMax);
}

const peace = words("no (?:conflicts?|wars?|fighting|enemies)|none|peace(?:ful)?|keine(?:n)? (?:konflikte?|kriege?|krieg)|friedlich|frieden|sin (?:conflictos?|guerras?)|ningun[oa]?|paz|en paz"); // prettier-ignore

/** Each sentence is one, but for what is said of fights between players; an empty list where there is said to be none. */
export function readConflicts(answer: string): string[] | null {
  const sentences = sentencesOf(answer).filter((sentence) => readFights([sentence]) === null);
  if (sentences.length === 0) return null;
  const isPeace =
    sentences.some(({ text }) => has(text, peace)) &&
    !sentences.some(({ text }) => isSaid(text, words("but|aber|pero|until|bis|hasta")));
  if (isPeace) return [];
  return sentences.map(({ raw }) => raw.slice(0, 200)).slice(0, listItemsMax);
}

const noFactions = words("no factions?|none|no groups|keine(?: fraktionen)?|sin facciones|ninguna");
const factionName =
  /(?:(?:the|der|die|das|den|el|la|los|las)\s+)?((?:\p{Lu}[\p{L}'’-]+)(?:\s+(?:(?:of|the|der|des|von|de|del|la|los)\s+)*\p{Lu}[\p{L}'’-]+)*)/u;

export function readFactions(answer: string): NonNullable<SpecificationSketch["factions"]> | null {
  const sentences = sentencesOf(answer);
  if (sentences.length === 0) return null;
  if (sentences.length === 1 && has(sentences[0]!.text, noFactions)) return [];
  const parts = sentences.flatMap(({ raw }) =>
    raw.split(/\s*,\s*(?:and |und |y )?|\s+(?:and|und|y)\s+(?=(?:the|die|der|das|el|la|los|las)\s)/u),
  );
  const factions = parts.flatMap((part) => {
    const name = (factionName.exec(part)?.[1] ?? "").replace(/^(?:The|Der|Die|Das|El|La|Los|Las)\s+/u, "");
    const words_ = part.split(" ");
    if (name === "" && words_.length < 2) return [];
    const called = name.length > 2 ? name : words_.slice(0, 6).join(" ");
    return [{ name: called.slice(0, 100), goal: part === called ? "" : part.slice(0, 200) }];
  });
  return factions.length === 0 ? null : factions.slice(0, listItemsMax);
}

/** Of several the one said first in the order of the table's own weight: what is more particular stands before what is more common. */
function firstOf<Name extends string>(table: Table<Name>, clauses: readonly Clause[]): Name | null {
  const found = table.flatMap(([name, alternatives]) => {
    const at = clauses.findIndex(({ text }) => findSaid(text, words(alternatives)) !== null);
    return at < 0 ? [] : [{ name, at }];
  });
  return found[0]?.name ?? null;
}
