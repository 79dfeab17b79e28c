import type { PlanetSketch } from "../../protocol/world-specification.ts";
import { type Clause, findSaid, has, isNegated, isSaid, words } from "./fold.ts";
import { type Quantity, quantitiesOf, sharesOf } from "./quantities.ts";

// Numbers with their units, and words that stand for numbers. Each reader answers null where its clause says nothing of its matter.

type Reader = (clause: string) => number | null;
export type PlanetNumber = Exclude<keyof PlanetSketch, "moons">;

const planet = "(?:[\\p{L}]*planet(?:en|s)?|planeta|world|[\\p{L}]*welt|mundo|globe|globus)";
const kilometres = "km|kilomet(?:er|re)s?|kilometern|kilometros?";
const miles = "mi|miles?|meilen?|millas?";
const hourUnits = "hours?|hrs?|h|stunden?|horas?";
const dayUnits = "days?|tagen?|tage|dias?";
const dayWord = words("days?|tag(?:e[ns]?)?|dias?|noon|mittag");
const nightWord = words("nights?|nacht(?:e)?|noches?");
const yearWord = words("years?|jahr(?:e[ns]?)?|anos?");
const degrees = "°|degrees?|deg|grad|grados?";

const radius: Reader = (text) => {
  const lengths = [
    ...quantitiesOf(text, kilometres),
    ...quantitiesOf(text, miles).map((found) => ({ ...found, value: found.value * 1.609344 })),
  ];
  const [length] = lengths;
  if (length !== undefined) {
    if (has(text, words("radius|radio"))) return length.value;
    if (has(text, words("diameter|durchmesser|diametro|across"))) return length.value / 2;
    if (has(text, words("circumference|umfang|circunferencia|around the equator"))) return length.value / (2 * Math.PI);
  }
  return null;
};

const radiusInWords: Reader = (text) => namedSize(text) ?? sizeInWords(text);

const earth = "(?:the |die |la )?(?:earth|erde|tierra)";
const bodies: readonly (readonly [string, number])[] = [
  [earth, 6371],
  ["(?:the |our |der |la )?(?:moon|mond|luna)", 1737],
  ["(?:the |der )?mars|marte", 3390],
  ["venus", 6052],
];

function namedSize(text: string): number | null {
  for (const [name, km] of bodies) {
    const like = words(
      `(?:the size of|as (?:big|large|small) as|so gross wie|so klein wie|del tamano de|(?:tan )?(?:grande|pequen[oa]) como) (?:${name})`,
    );
    const at = findSaid(text, like);
    const than = findSaid(
      text,
      words(`(?:(?:bigger|larger|size) (?:than|of)|gross wie|grosser als|de grande que) (?:${name})`),
    );
    const times = factorIn(text);
    if (times !== null && (at ?? than) !== null) return km * times;
    if (at !== null) return km;
  }
  if (isSaid(text, words(`earth-?(?:sized?|like)|erdgross|erdahnlich(?:e[rsnm]?)?`))) return 6371;
  if (isSaid(text, words(`moon-?sized?|mondgross`))) return 1737;
  return null;
}

function factorIn(text: string): number | null {
  if (has(text, words("half|halb|mitad"))) return 0.5;
  if (has(text, words("twice|double|doppelt|doble"))) return 2;
  const [times] = quantitiesOf(text, "times|mal|veces|x");
  return times?.value ?? null;
}

const sizes: readonly (readonly [string, number])[] = [
  ["tiny|minuscule|wee|pocket-?sized?|winzig(?:e[rsnm]?)?|diminut[oa]|minuscul[oa]|chiquit[oa]", 300],
  ["small|little|klein(?:e[rsnm]?)?|pequen[oa]", 2_000],
  ["big|large|gross(?:e[rsnm]?)?|grande|gran", 9_000],
  ["huge|giant|enormous|gigantic|massive|vast|colossal|riesig(?:e[rsnm]?)?|gigantisch(?:e[rsnm]?)?|gigante|enorme|inmens[oa]|colosal", 12_000], // prettier-ignore
];

function sizeInWords(text: string): number | null {
  for (const [adjective, km] of sizes) {
    const before = words(`(?:${adjective})(?: [\\p{L}-]+){0,2}? ${planet}`);
    const after = words(`${planet} (?:is |ist |es |muy |very |quite |sehr )*(?:${adjective})`);
    if (isSaid(text, before) || isSaid(text, after)) return km;
  }
  return has(text, words("riesenwelt|riesenplanet")) ? 12_000 : null;
}

const dayLength: Reader = (text) => {
  const hours = quantitiesOf(text, hourUnits);
  if (has(text, words("(?:stunden|hour)[ -](?:tag|day)s?")) || (has(text, dayWord) && !has(text, nightWord))) {
    return hours[0]?.value ?? null;
  }
  return null;
};

const dayInWords: Reader = (text) => {
  if (has(text, dayWord) && quantitiesOf(text, hourUnits).length === 0) {
    if (isSaid(text, words("long days|days are (?:very )?long|lange[nr]? tagen?|dias (?:muy )?largos"))) return 36;
    if (isSaid(text, words("short days|days are (?:very )?short|kurze[nr]? tagen?|dias (?:muy )?cortos"))) return 16;
  }
  return null;
};

const yearLength: Reader = (text) => {
  if (!has(text, yearWord)) return null;
  const year = "(?:year|jahr|ano)s?";
  const [days] = [
    ...quantitiesOf(text, dayUnits),
    ...quantitiesOf(text, "weeks?|wochen?|semanas?").map((found) => ({ ...found, value: found.value * 7 })),
    ...quantitiesOf(text, "months?|monaten?|monate|mes(?:es)?").map((found) => ({ ...found, value: found.value * 30 })),
  ];
  if (days === undefined || isMereFrequency(text, days)) return null;
  return has(text, words(year)) || has(text, words("(?:day|tage)-(?:year|jahr)")) ? days.value : null;
};

/** "it rains ten days a year" is not a year of ten days. */
function isMereFrequency(text: string, { index, end }: Quantity): boolean {
  const isPerYear = /^ (?:a|per|every|im|pro|al|por) (?:year|jahr|ano)/u.test(text.slice(end));
  return (
    isPerYear && !has(text.slice(0, index), words("has|have|with|there are|are|hat|haben|mit|gibt es|tiene|hay|con"))
  );
}

const tilt: Reader = (text) => {
  if (has(text, words("tilt(?:ed)?|obliquity|achs(?:en)?neigung|geneigt|neigung|inclinacion|inclinad[oa]"))) {
    const [angle] = quantitiesOf(text, degrees);
    if (angle !== undefined) return angle.value;
  }
  return null;
};

const tiltInWords: Reader = (text) => {
  if (has(text, words("tilt(?:ed)?|achs(?:en)?neigung|inclinacion"))) {
    if (isSaid(text, words("no (?:axial )?tilt|upright|keine neigung|sin inclinacion"))) return 0;
  }
  if (has(text, words("no seasons|without seasons|eternal (?:spring|summer)|keine jahreszeiten|ohne jahreszeiten|ewiger? (?:fruhling|sommer)|sin estaciones|(?:primavera|verano) etern[oa]"))) return 0; // prettier-ignore
  if (isSaid(text, words("(?:extreme|harsh|violent|wild|brutal|strong) seasons|(?:extreme|starke|harte|heftige) jahreszeiten|estaciones (?:extremas|brutales|violentas|duras)"))) return 45; // prettier-ignore
  if (isSaid(text, words("(?:mild|gentle|weak) seasons|(?:milde|sanfte|schwache) jahreszeiten|estaciones suaves")))
    return 10;
  return null;
};

const water = words("water|waters|oceans?|seas?|wassers?|ozeane?n?|meere?n?s?|aguas?|oceanos?|mar(?:es)?");
const land = words(
  "(?:dry )?land|continents?|ground|landmasse?|kontinente?n?|festland|trockenes land|tierra(?: firme)?|continentes?",
);

const landShare: Reader = (text) => {
  for (const share of sharesOf(text)) {
    const after = text.slice(share.end, share.end + 40);
    const before = text.slice(Math.max(0, share.index - 40), share.index);
    const what = nearest(after, before);
    if (what === "water") return 1 - share.value;
    if (what === "land") return share.value;
  }
  return null;
};

/** Water or land, whichever stands next after a share, else next before it. */
function nearest(after: string, before: string): "water" | "land" | null {
  const [wetAfter, dryAfter] = [after.search(water), after.search(land)];
  if (wetAfter >= 0 || dryAfter >= 0) return dryAfter < 0 || (wetAfter >= 0 && wetAfter < dryAfter) ? "water" : "land";
  if (has(before, water)) return "water";
  return has(before, land) ? "land" : null;
}

const lands: readonly (readonly [number, string])[] = [
  [0.1, "(?:almost|nearly|practically) (?:all|only|nothing but) (?:water|ocean|sea)|fast (?:nur|alles|ganz|nichts als) (?:wasser|meer|ozean)|casi (?:todo|solo) (?:agua|mar|oceano)"], // prettier-ignore
  [0, "no land|all (?:water|ocean|sea)|only (?:water|ocean|sea)|nothing but (?:water|ocean|sea)|kein land|nur (?:wasser|meer|ozean)|nichts als (?:wasser|meer)|solo (?:agua|mar|oceano)|sin tierra|nada mas que (?:agua|mar)"], // prettier-ignore
  [0.05, "(?:water|ocean|sea)[ -]?(?:world|planet)|wasser(?:welt|planet)|ozean(?:welt|planet)|(?:mundo|planeta) (?:de agua|oceanico|acuatico|marino)"], // prettier-ignore
  [0.15, "archipelagos?|archipelagoes|islands|isles|inseln|inselwelt|archipel|islas|archipielagos?"],
  [0.2, "(?:mostly|largely|mainly|covered in|covered with) (?:water|ocean|oceans|sea|seas)|(?:grosstenteils|meist|uberwiegend|vor allem) (?:wasser|meer|ozean)|(?:casi todo|mayormente|sobre todo) (?:agua|mar|oceano)"], // prettier-ignore
  [
    0.45,
    "(?:super|mega)-?continents?|pangaea|pangea|superkontinent|supercontinente|one (?:vast|huge|giant|great|single) continent",
  ],
  [0.6, "mostly (?:dry )?land|largely land|grosstenteils land|meist land|mayormente tierra|casi todo tierra"],
  [0.8, "desert (?:world|planet)|wusten(?:welt|planet)|(?:mundo|planeta) (?:desertico|desierto)"],
  [0.95, "no (?:oceans?|seas?)|without (?:oceans?|seas?)|kein(?:e)? (?:meere?|ozeane?)|ohne (?:meere?|ozeane?)|sin (?:mar|mares|oceanos?)"], // prettier-ignore
];

const landInWords: Reader = (text) => {
  for (const [share, alternatives] of lands) {
    const pattern = words(alternatives);
    const [match] = [...text.matchAll(pattern)];
    if (match === undefined) continue;
    // Those that begin with a "no" say it themselves.
    if (share > 0 && share < 0.95 && isNegated(text, match.index)) continue;
    if (
      share === 0.15 &&
      has(text.slice(0, match.index), words("few|some|floating|einige|paar|schwebende|algunas|unas|flotantes"))
    )
      continue;
    return share;
  }
  return null;
};

const seaLevel: Reader = (text) => {
  if (!has(text, words("sea levels?|seas?|oceans?|meeres?spiegel|meere?|nivel del mar|mares|mar"))) return null;
  const isFalling = has(
    text,
    words(
      "fallen|falling|lower|dropped|sunk|receded|retreated|gesunken|niedriger|gefallen|tiefer|bajado|mas bajo|baja",
    ),
  );
  const isRising = has(text, words("risen|rising|higher|rose|gestiegen|hoher|subido|mas alto|sube"));
  if (!isFalling && !isRising) return null;
  const [metres] = quantitiesOf(text, "m|met(?:er|re)s?|metern|metros?");
  const [feet] = quantitiesOf(text, "ft|feet|fuss|pies");
  const byM = Math.abs(metres?.value ?? (feet === undefined ? 80 : feet.value * 0.3048));
  return isFalling ? -byM : byM;
};

const temperature: Reader = (text) => {
  const [celsius] = quantitiesOf(text, `(?:${degrees}) ?(?:c|celsius|centigrade|centigrados|f|fahrenheit)?`);
  if (
    celsius === undefined ||
    has(text, words("tilt(?:ed)?|geneigt|neigung|achsneigung|inclinad[oa]|inclinacion|latitude|breite|latitud"))
  )
    return null;
  const isFahrenheit = /f(?:ahrenheit)?$/u.test(text.slice(celsius.index, celsius.end));
  const after = text.slice(celsius.end);
  if (has(after, words("colder|cooler|kalter|kuhler|mas fri[oa]")))
    return -Math.abs(celsius.value) * (isFahrenheit ? 5 / 9 : 1);
  if (has(after, words("warmer|hotter|heisser|mas (?:calid[oa]|caliente|calor)")))
    return Math.abs(celsius.value) * (isFahrenheit ? 5 / 9 : 1);
  if (!has(text, words("average|mean|on average|durchschnitt(?:lich)?|im mittel|mitteltemperatur|media|promedio")))
    return null;
  return (isFahrenheit ? ((celsius.value - 32) * 5) / 9 : celsius.value) - earthMeanC;
};
/** NASA's Earth fact sheet: 288 K. */
const earthMeanC = 15;

const gravity: Reader = (text) => {
  if (!has(text, words("gravity|schwerkraft|gravitation|gravedad|weigh(?:s|t)? (?:half|less|more|twice)"))) {
    return quantitiesOf(text, "g")[0]?.value ?? null;
  }
  const times = quantitiesOf(text, "g|times|mal|veces")[0]?.value ?? null;
  if (times !== null) return times;
  if (has(text, words("half|halbe|mitad|low|lower|weak|light|gering(?:e[rsnm]?)?|niedrig(?:e[rsnm]?)?|schwach(?:e[rsnm]?)?|baja|debil|poca"))) return 0.5; // prettier-ignore
  if (has(text, words("twice|double|doppelte?|doble"))) return 2;
  return has(text, words("high|heavy|strong|crushing|hohe[rsnm]?|stark(?:e[rsnm]?)?|alta|fuerte|mucha")) ? 1.6 : null;
};

const activity: Reader = (text) => {
  if (has(text, words("no (?:volcanoes|earthquakes)|geologically dead|tectonically dead|keine (?:vulkane|erdbeben)|geologisch tot|sin (?:volcanes|terremotos)"))) return 0.1; // prettier-ignore
  return isSaid(
    text,
    words(
      "volcanic|volcano(?:e?s)|earthquakes?|quakes|vulkan(?:e|en|isch(?:e[rsnm]?)?)|erdbeben|volcan(?:es|ic[oa]s?)|terremotos?",
    ),
  )
    ? 1.8
    : null;
};

const ages: readonly (readonly [number, string])[] = [
  [0.3, "newborn|primordial|molten|infant|neugeboren(?:e[rsnm]?)?|recien nacid[oa]|primigeni[oa]"],
  [0.8, "young|youthful|jung(?:e[rsnm]?)?|joven"],
  [4.5, "middle-?aged?|mature|like (?:the )?earth|mittelalt|wie die erde|edad media|madur[oa]|como la tierra"],
  [9, "very (?:old|ancient)|dying|uralt(?:e[rsnm]?)?|sehr alt(?:e[rsnm]?)?|muy (?:viej[oa]|antigu[oa])|moribund[oa]"],
  [8, "ancient|old|alt(?:e[rsnm]?)?|antigu[oa]|viej[oa]|ancian[oa]"],
];

/** `isAsked`: it is the answer to how old the world is, where a bare "young" is enough. */
export function readAge(text: string, isAsked: boolean): number | null {
  const [billions] = quantitiesOf(text, "(?:de )?(?:years?|yrs?|jahren?|jahre|anos)|gy|gyr|ga");
  if (billions !== undefined && (isAsked || has(text, words("old|alt|edad|age")))) {
    const isShort = /^(?:gy|gyr|ga)$/u.test(
      text
        .slice(billions.index, billions.end)
        .split(/[\d\s.,-]+/u)
        .at(-1) ?? "",
    );
    const gy = isShort ? billions.value : billions.value / 1e9;
    if (gy > 0) return gy;
  }
  for (const [gy, alternatives] of ages) {
    const near = isAsked
      ? words(alternatives)
      : words(
          `(?:${alternatives})(?: [\\p{L}-]+)? ${planet}|${planet} (?:is |ist |es |muy |very |sehr )*(?:${alternatives})`,
        );
    if (isSaid(text, near)) return gy;
  }
  return null;
}

type Readers = Readonly<Partial<Record<PlanetNumber, Reader>>>;
const exact: Readers = {
  radius_km: radius,
  day_hours: dayLength,
  year_days: yearLength,
  axial_tilt_degrees: tilt,
  land_share: landShare,
  temperature_offset_c: temperature,
};
const inWords: Readers = {
  radius_km: radiusInWords,
  gravity_g: gravity,
  day_hours: dayInWords,
  axial_tilt_degrees: tiltInWords,
  land_share: landInWords,
  sea_level_m: seaLevel,
  tectonic_activity: activity,
};

export type PlanetNumbers = Partial<Record<PlanetNumber, number>>;

/** What clauses say of the planet; what is said later stands. A number with its unit is `exact`, and stands over words. */
export function readPlanetNumbers(
  clauses: readonly Clause[],
  isAge: boolean,
): { readonly exact: PlanetNumbers; readonly inWords: PlanetNumbers } {
  const found = { exact: numbersIn(clauses, exact), inWords: numbersIn(clauses, inWords) };
  const age = clauses.map(({ text }) => readAge(text, isAge)).findLast((value) => value !== null);
  return age === undefined || age === null ? found : { ...found, exact: { ...found.exact, age_gy: age } };
}

function numbersIn(clauses: readonly Clause[], readers: Readers): PlanetNumbers {
  const found: PlanetNumbers = {};
  for (const { text } of clauses) {
    for (const [field, read] of Object.entries(readers)) {
      const value = read(text);
      if (value !== null && Number.isFinite(value)) found[field as PlanetNumber] = value;
    }
  }
  return found;
}
