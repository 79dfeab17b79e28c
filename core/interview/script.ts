import { rng } from "../sim/rng.ts";
import { completeSpecification } from "./complete-specification.ts";
import { listed, reviewOf, shortened, understood } from "./describe-specification.ts";
import { pick } from "./invent-name.ts";
import { type Happening, type Interview, isBeingMade, type Puzzle } from "./model.ts";
import { questions } from "./questions.ts";
import { shapingWords } from "./shaping-words.ts";
import { readAnswers } from "./reading/read-answers.ts";
import { isTopic, topicNames, topics } from "./topics.ts";

/**
 * What the statue says next, without a model: an answer to what has just happened, and the question of the step it is at. Varied, and the same
 * for the same interview.
 */
export function scriptedWords(state: Interview): string {
  if (state.status === "completed") return completedWords(state);
  if (state.status === "abandoned") return farewell;
  if (isBeingMade(state)) return makingWords(state);
  return [answerTo(state), scriptedQuestion(state)].filter((part) => part !== "").join("\n");
}

const farewell = "Then the stone falls silent. Nothing is built. Come back whenever a world wants to be told.";

export function completedWords({ made }: Interview): string {
  const name = made?.specification.name ?? "the world";
  return `It is done. ${name} turns in its own light now, and an arch of this room opens on it. Say \`enter ${name}\` to go and see it.`;
}

function makingWords({ pending, shaping }: Interview): string {
  const begun = `I am shaping ${pending?.specification.name}.`;
  if (shaping === null) return `${begun} It takes a few moments; I shall tell you when it is done.`;
  return `${begun} ${shapingWords(shaping.stage)} (${Math.round(shaping.share * 100)} %)`;
}

export function scriptedQuestion(state: Interview): string {
  const { step } = state;
  if (isTopic(step)) return pickFor(state, step, questions[step](state.sketch ?? readAnswers(state.answers)));
  if (step === "choice") return choiceWords(state);
  return step === "name" ? nameWords(state) : reviewWords(state);
}

function choiceWords(state: Interview): string {
  return pickFor(state, "choice", [
    "I could breathe life into it as it is. Say “name” to give it its name now, or “more” to go on to its moons, to what is simulated, and to its factions.",
    "That is enough for a world. Shall it have its name? Then say “name”. If there is more to tell of moons, of what goes on by itself, and of factions, say “more”.",
  ]);
}

function nameWords({ suggestions, name }: Interview): string {
  const offered =
    suggestions.length === 0
      ? ""
      : ` If none comes to you: ${listed(suggestions.map((one, index) => `${index + 1}. ${one}`))}.`;
  return name === null
    ? `What is it called?${offered}`
    : `It is called ${name}. What shall it be called instead?${offered}`;
}

const reviewHint =
  "Say “yes”, and I make it; “show”, and I tell it once more; or for instance “change environment to …”.";

function reviewWords(state: Interview): string {
  // Nobody wants to hear all of it again because he was not understood.
  if (state.lastHappening?.type === "puzzled") return reviewHint;
  const sketch = state.sketch ?? readAnswers(state.answers);
  const review = reviewOf(
    completeSpecification(sketch, { name: state.name ?? "(no name yet)", seed: state.seed }),
    sketch,
  );
  return `This is your world.\n${review}\nShall I make it? Say “yes”, or for instance “change environment to …”.`;
}

/** What there is to say to what has just happened. */
export function answerTo(state: Interview): string {
  const happening = state.lastHappening;
  if (happening === null) return "";
  switch (happening.type) {
    case "started":
      return "The marble warms, and its eyes open. You may say “back”, “skip”, “start over” or “quit” at any time.";
    case "noted":
      return noted(state, happening);
    case "skipped":
      return pickFor(state, "skipped", [`I shall dream up ${topicNames[happening.topic]} myself.`, `Then I leave ${topicNames[happening.topic]} to chance and custom.`]);
    case "puzzled":
      return puzzled(state, happening.why);
    case "named":
      return `${happening.name}. I like how it sounds on stone.`;
    case "nameRefused":
      return `“${shortened(happening.name)}” cannot be. ${happening.why}`;
    case "startedOver":
      return "All is dust again, and nothing has been said.";
    case "resumed":
      return resumed(state);
    case "creationFailed":
      return failed(happening);
    case "wentBack":
      return wentBack(state);
    case "shown":
    case "quit":
      return "";
  }
} // prettier-ignore

function noted(state: Interview, { topic, text }: Extract<Happening, { type: "noted" }>): string {
  const facts = understood(readAnswers({ [topic]: text }));
  if (facts.length > 0) return pickFor(state, "noted", [`I see it: ${listed(facts)}.`, `So be it: ${listed(facts)}.`, `I carve it in: ${listed(facts)}.`]);
  return pickFor(state, "noted", [`${quoted(text)}: I shall keep that.`, "I hear you, and the stone remembers.", `${quoted(text)}: so be it.`]);
} // prettier-ignore

const gentle: Readonly<Record<Puzzle, readonly string[]>> = {
  greeting: ["Well met. I am listening."],
  empty: ["I heard only the wind. Say it in your own words; a single sentence is plenty."],
  vague: [
    "You need not know it all. The first picture that comes to you is good enough; or say “skip”, and I choose.",
    "Take your time. A colour, a smell, a single word would help me; or say “skip”, and I choose.",
  ],
  nonsense: ["Stone ears are slow, and I did not understand that. Would you say it once more, in other words?"],
  unclear: ["Forgive me, I did not follow."],
};

function puzzled(state: Interview, why: Puzzle): string {
  if (state.step === "name" && why === "vague") return "Then take one of these, or any word that sounds right to you.";
  if (state.step === "review" && why === "vague") return "What shall be otherwise? Say for instance “change environment to icy, with two seas”.";
  return pickFor(state, `puzzled ${why}`, gentle[why]);
} // prettier-ignore

function resumed(state: Interview): string {
  const told = topics.filter((topic) => state.answers[topic] !== undefined);
  const last = told.map((topic) => `of ${topicNames[topic]} you said ${quoted(state.answers[topic]!)}`).at(-1);
  const so = last === undefined ? "You had only just begun." : `So far ${last}.`;
  return `Welcome back. I have kept every word. ${so}`;
} // prettier-ignore

function failed({ why }: Extract<Happening, { type: "creationFailed" }>): string {
  if (why === "name-taken") return "Somebody has just given that name to a world of their own. Nothing else is lost.";
  if (why === "refused") return "That could not be made into a world. Nothing you said is lost; change what you like, and try again.";
  if (why === "unmakeable") return "It would not hold together under my hands, and I had to let it go. Nothing you said is lost; change what you like, or say “yes”, and I try again.";
  return "Something broke while I was shaping it. Nothing you said is lost. Say “yes”, and I try again.";
} // prettier-ignore

function wentBack(state: Interview): string {
  const { step } = state;
  const before = isTopic(step) ? state.answers[step] : undefined;
  return before === undefined ? "As you wish." : `You had said ${quoted(before)}. Tell it anew.`;
}

/** Its own full stop would stand before another one. */
const quoted = (text: string): string => `“${shortened(text.replace(/[.,;:\s]+$/u, ""))}”`;

function pickFor(state: Interview, purpose: string, ways: readonly string[]): string {
  return pick(rng(state.seed, "statue", purpose, state.askedCount), ways);
}
