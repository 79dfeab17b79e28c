import type { Puzzle } from "./model.ts";
import { fold, words } from "./reading/fold.ts";
import { type Step, topics, type Topic } from "./topics.ts";

/** What a message asks of the interview itself, in English, German or Spanish; everything else is an answer. */
export type Wish =
  | { readonly kind: "back" | "skip" | "startOver" | "quit" | "show" }
  /** `text` is empty where only the topic was named. */
  | { readonly kind: "change"; readonly topic: Topic | "name"; readonly text: string; readonly isAdded: boolean }
  | { readonly kind: "answer"; readonly text: string };

const alone: readonly (readonly [Exclude<Wish["kind"], "change" | "answer">, RegExp])[] = [
  [
    "back",
    /^(?:go |please )?back(?: please)?$|^(?:previous|undo|zuruck|geh zuruck|atras|volver|vuelve(?: atras)?|ve atras)$/u,
  ],
  [
    "skip",
    /^(?:skip|skip (?:it|this)|pass|no preference|uberspringen|uberspring das|auslassen|saltar|saltalo|omitir|paso)$/u,
  ],
  ["startOver", /^(?:start (?:over|again|anew)|restart|begin again|von vorne?|nochmal von vorne?|neu anfangen|neustart|empezar de (?:nuevo|cero)|reiniciar|de nuevo)$/u], // prettier-ignore
  [
    "quit",
    /^(?:quit|exit|stop|cancel|abort|never ?mind|i quit|abbrechen|beenden|aufhoren|schluss|salir|cancelar|terminar|abandonar)$/u,
  ],
  [
    "show",
    /^(?:show|show me|review|summary|zeigen|zeig(?: es)?(?: mir)?|ubersicht|mostrar|muestra(?:me)?|resumen|revisar)$/u,
  ],
];

const changing =
  /^(?:change|set|make|update|ändere?|aendere?|setze?|mache?|cambia(?:r)?|cambie|pon)\s+(?:the\s+|my\s+|its\s+|die\s+|den\s+|das\s+|el\s+|la\s+|los\s+|las\s+)?(?<what>.{2,40}?)(?:\s*[:=]\s*|\s+(?:to|into|zu|auf|in|a|por|en)\s+)(?<to>.+)$/isu;
const changingOnly =
  /^(?:change|redo|ändere?|aendere?|cambia(?:r)?)\s+(?:the\s+|my\s+|die\s+|den\s+|das\s+|el\s+|la\s+|los\s+|las\s+)?(?<what>.{2,40})$/isu;
/** "Make the planet smaller": without a "to". */
const shaping = /^(?:make|mache?|haz)\s+(?:the\s+|den\s+|el\s+)?(?<what>planet(?:en|a)?)\s+(?<to>.+)$/isu;
const adding =
  /^(?:add to|zu|añade a|agrega a)\s+(?:the\s+|my\s+|den\s+|der\s+|dem\s+|el\s+|la\s+|los\s+)?(?<what>[\p{L} ]{2,40}?)\s*:\s*(?<to>.+)$/isu;

const topicWords: Readonly<Record<Topic | "name", RegExp>> = {
  concept: words("concept|core concept|idea|theme|konzept|idee|thema|concepto|tema"),
  peoples: words(
    "peoples?|species|races?|inhabitants|volker|volk|spezies|arten|bewohner|pueblos?|especies?|razas?|habitantes",
  ),
  environment: words("environment|land|nature|geography|umwelt|umgebung|land(?:schaft)?|natur|entorno|ambiente|geografia|paisaje"), // prettier-ignore
  magic: words("magic|technology|tech|magic and technology|magie|technik|technologie|magia|tecnologia"),
  conflict: words("conflicts?|konflikte?|conflictos?"),
  age: words("age|geological age|alter|edad"),
  moons: words("moons?|monde?|lunas?"),
  simulation: words("simulation|simulated|what is simulated|simulacion|simulado"),
  factions: words("factions?|fraktionen|gruppen|facciones"),
  name: words("name|title|namen|nombre|titulo"),
};

/** Single things that belong to a topic: they are added to what was said of it, and stand over it. */
const details: readonly (readonly [Topic, RegExp])[] = [
  ["environment", words("climate|weather|klima|wetter|clima|tiempo|planet|planeten|planeta|water|sea|seas|ocean|temperature|rain|day|day length|year|size|radius|tilt|gravity|wasser|meer|temperatur|regen|tag|jahr|grosse|agua|mar|temperatura|lluvia|dia|ano|tamano|radio|gravedad")], // prettier-ignore
  ["concept", words("tone|mood|ton|stimmung|tono|animo")],
  ["conflict", words("fights?|fighting|pvp|kampfe?|kampfen|peleas?|combates?")],
];

export function understand(message: string): Wish {
  const text = message.trim();
  const folded = fold(text).replace(/[.!?]+$/u, "");
  const [kind] = alone.find(([, pattern]) => pattern.test(folded)) ?? [];
  if (kind !== undefined) return { kind };
  return changeIn(text) ?? { kind: "answer", text };
}

function changeIn(text: string): Wish | null {
  for (const [pattern, isAdded] of [
    [changing, false],
    [shaping, true],
    [adding, true],
    [changingOnly, false],
  ] as const) {
    const { what, to = "" } = pattern.exec(text)?.groups ?? {};
    if (what === undefined) continue;
    const folded = fold(what);
    const topic = [...topics, "name" as const].find((one) => folded.replace(topicWords[one], "").trim() === "");
    if (topic !== undefined) return { kind: "change", topic, text: to.trim(), isAdded };
    const detail = details.find(
      ([, names]) =>
        folded
          .replace(names, "")
          .replace(/^(?:of|length of) | length$/u, "")
          .trim() === "",
    );
    if (detail !== undefined && to === "") return { kind: "change", topic: detail[0], text: "", isAdded: true };
    if (detail !== undefined)
      return {
        kind: "change",
        topic: detail[0],
        text: `${what.trim()}: ${to.trim()}`.replace(":", " is"),
        isAdded: true,
      };
  }
  return null;
}

const opening = words(
  "hi|hello|hey|greetings|hallo|guten tag|servus|moin|gruss dich|hola|buenas|buenos dias|saludos|begin|start|continue|resume|beginnen?|fang an|weiter|empezar|empecemos|comenzar|continuar|statue|statua|estatua|interview|world|welt|mundo|please|bitte|por favor|create|make|new|(?:i )?(?:want|would like|wish) to|let us|let's|a|the|erschaffen?|mach(?:en)?|neue?|ich (?:will|mochte)|eine?|crear|hacer|nuevo|quiero|un|there|again",
);

/** A greeting, or a wish to begin: it opens a conversation and tells nothing of a world. */
export function opensOnly(text: string): boolean {
  const left = plain(text).replaceAll(opening, "");
  return /\p{L}/u.test(text) && left.replaceAll(/[\s!¡?¿,]+/gu, "") === "";
}

const yes =
  /^(?:y|yes|yep|yeah|sure|ok|okay|confirm|confirmed|create(?: it)?|make it(?: so)?|do it|so be it|perfect|that is it|that's it|good|go|go ahead|ja|jawohl|gut|passt|bestatigen|erschaffe (?:sie|es)|mach es|los|si|vale|de acuerdo|confirmar|confirmo|crear|crea(?:lo|la)|adelante|perfecto)(?: please| bitte| por favor)?$/u;
const no = /^(?:n|no|nope|not yet|wait|nein|noch nicht|warte|todavia no|espera)$/u;
const nameNow =
  /^(?:1|name|name it|name (?:it |the world )?now|now|done|enough|finish(?:ed)?|that is all|that's all|name jetzt|benennen|jetzt(?: benennen)?|fertig|genug|nombre|nombrar(?:lo)?|nombrar ahora|ahora|ya|listo|basta)$/u;
const goOn =
  /^(?:2|more|go on|continue|further|on|keep going|tell more|mehr|weiter|weitermachen|mas|seguir|sigue|continuar|continua)$/u;

const plain = (text: string): string =>
  fold(text)
    .replace(/[.!?,]+/gu, "")
    .trim();
const assent = /^(?:yes|yeah|ok|okay|sure|ja|gut|si|vale) /u;
export const isYes = (text: string): boolean => yes.test(plain(text)) || yes.test(plain(text).replace(assent, ""));
export const isNo = (text: string): boolean => no.test(plain(text));
export const wantsName = (text: string): boolean => nameNow.test(plain(text)) || yes.test(plain(text));
/** In words: where a name is asked for, a number is one of those that were suggested. */
export const saysMore = (text: string): boolean => wantsMore(text) && /\p{L}/u.test(text);
export const wantsMore = (text: string): boolean => goOn.test(plain(text));

const vague =
  /^(?:i |me |ich |yo )?(?:idk|don't know|do not know|dunno|no idea|not sure|whatever|anything|something|stuff|things|you (?:decide|choose|pick)|up to you|surprise me|don't care|no clue|maybe|hm+|uh+|um+|er+|eh+|weiss (?:ich )?(?:es )?nicht|keine ahnung|egal|ist mir egal|irgendwas|irgendetwas|entscheide du|uberrasch mich|vielleicht|was du willst|no se|ni idea|lo que sea|cualquier cosa|da igual|me da igual|decide tu|sorprendeme|quiza|quizas|tal vez|algo)(?: (?:really|honestly|ehrlich|really|tbh|pues))?$/u;
/** Where a "no" or a "yes" tells nothing. */
const needsMore: readonly Step[] = ["concept", "peoples", "environment", "age"];
const mashed =
  /^(?:asdf\w*|qwert\w*|sdfg\w*|hjkl\w*|jklö?\w*|lorem ipsum.*|test(?:ing)?|blah?(?: blah?)*|foo|foobar)$/u;

/** What is the matter with an answer; null where nothing is. */
export function puzzleOf(message: string, step: Step): Puzzle | null {
  const text = plain(message);
  if (!/[\p{L}\p{N}\p{So}]/u.test(text)) return "empty";
  if (vague.test(text) || (needsMore.includes(step) && (yes.test(text) || no.test(text)))) return "vague";
  // A name may be any sound.
  return step !== "name" && isNonsense(text) ? "nonsense" : null;
}

function isNonsense(text: string): boolean {
  if (mashed.test(text)) return true;
  const letters = [...text].filter((sign) => /\p{L}/u.test(sign));
  if (/^(.{1,3})\1{3,}$/u.test(text.replaceAll(" ", ""))) return true;
  if (letters.length < text.replaceAll(" ", "").length * 0.3 && !/\d/u.test(text)) return true;
  // Only of Latin letters is it known what a word looks like.
  const latin = text.split(" ").filter((word) => /^[a-z]{4,}$/u.test(word));
  const unspeakable = latin.filter((word) => !/[aeiouy]/u.test(word) || /[bcdfghjklmnpqrstvwxz]{6,}/u.test(word));
  return latin.length > 0 && unspeakable.length > latin.length / 2;
}

const called =
  /^(?:i(?:'d| would)? (?:call|name) it|(?:let's |let us )?(?:call|name) (?:it|her|him|the world)|(?:its|the|her) name (?:is|shall be|should be)|it is called|it's called|nenn(?:e|en)? (?:sie|es|wir sie|ich sie)|sie heißt|sie heisst|(?:der |ihr )?name ist|ll[aá]m(?:a|e|emos)lo|ll[aá]mala|se llama|(?:su|el) nombre es)\s*:?\s+/iu;
const choice =
  /^(?:the )?(?:number )?(1|2|3|first|second|third|(?:das |die |der )?erste|zweite|dritte|(?:el |la )?primer[oa]?|segund[oa]|tercer[oa]?)(?: one)?$/u;
const places: Readonly<Record<string, number>> = { "1": 0, first: 0, erste: 0, primero: 0, primera: 0, primer: 0, "2": 1, second: 1, zweite: 1, segundo: 1, segunda: 1, "3": 2, third: 2, dritte: 2, tercero: 2, tercera: 2, tercer: 2 }; // prettier-ignore

/** The name in what was said: without "call it", without quotes, or one of those that were suggested. */
export function nameIn(message: string, suggestions: readonly string[]): string {
  const place = choice.exec(plain(message))?.[1]?.split(" ").at(-1);
  const suggested = place === undefined ? undefined : suggestions[places[place] ?? -1];
  return (
    suggested ??
    message
      .trim()
      .replace(called, "")
      .replaceAll(/^["'“„«‘]+|["'”“»’.!]+$/gu, "")
      .trim()
  );
}
