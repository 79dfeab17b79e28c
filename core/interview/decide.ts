import { AppError } from "../lib/errors.ts";
import { checkWorldName } from "../world/world-name.ts";
import { type Interview, type InterviewEvent, type Puzzle, saidMax } from "./model.ts";
import { isTopic, mainTopics, furtherTopics, type Step, steps, type Topic } from "./topics.ts";
import { isNo, isYes, nameIn, opensOnly, puzzleOf, saysMore, understand, wantsMore, wantsName } from "./understand.ts";

/** What the outside has to say before something can be decided. */
export type Facts = { readonly isNameFree: boolean };

export type Decision = {
  readonly events: readonly InterviewEvent[];
  /** The world is to be made now. */
  readonly isConfirmed: boolean;
};

type Said = { readonly text: string; readonly messageId?: string };

/** What follows from a message. Pure; the first event is always what was said. */
export function decide(state: Interview, said: Said, facts: Facts): Decision {
  const record: InterviewEvent = { type: "said", ...said };
  const { events, isConfirmed = false } = follow(state, said.text, facts);
  return { events: [record, ...events], isConfirmed };
}

/** Of a message that names the world, the name in a form that may be; null for every other message. */
export function nameToCheck(state: Interview, text: string): string | null {
  const wish = understand(text);
  if (wish.kind === "change") return wish.topic === "name" && wish.text !== "" ? wellFormed(wish.text) : null;
  if (state.step !== "name" || wish.kind !== "answer" || saysMore(text) || puzzleOf(text, "name") !== null)
    return fallbackName(state, text);
  return wellFormed(nameIn(text, state.suggestions));
}

/** Whoever does not know is given a name, the second time. */
function fallbackName(state: Interview, text: string): string | null {
  const isLost = state.step === "name" && state.isPuzzled && understand(text).kind === "answer";
  return isLost ? (state.suggestions[0] ?? null) : null;
}

function wellFormed(raw: string): string | null {
  try {
    return checkWorldName(raw);
  } catch {
    return null;
  }
}

type Outcome = { readonly events: readonly InterviewEvent[]; readonly isConfirmed?: boolean };
const only = (...events: InterviewEvent[]): Outcome => ({ events });

function follow(state: Interview, text: string, facts: Facts): Outcome {
  const wish = understand(text);
  switch (wish.kind) {
    case "quit":
      return only({ type: "quit" });
    case "startOver":
      return only({ type: "startedOver" });
    case "show":
      return only();
    case "back":
      return back(state);
    case "skip":
      return skip(state);
    case "change":
      return change(state, wish, facts);
    case "answer":
      if (state.saidCount >= saidMax && !(state.step === "review" && isYes(text)))
        throw new AppError(
          "CONFLICT",
          "We have talked for so long that I can take no more. Confirm the world, start over, or quit.",
        );
      return answer(state, wish.text, facts);
  }
}

function back(state: Interview): Outcome {
  if (state.returnTo !== null) return only({ type: "moved", to: state.returnTo, isBack: true });
  const wasFurther = furtherTopics.some((topic) => state.answers[topic] !== undefined || state.skipped.includes(topic));
  const before = steps
    .slice(0, steps.indexOf(state.step))
    .findLast((step) => wasFurther || !furtherTopics.some((one) => one === step));
  return before === undefined ? only() : only({ type: "moved", to: before, isBack: true });
}

function skip(state: Interview): Outcome {
  const { step } = state;
  if (isTopic(step)) return only({ type: "skipped", topic: step }, ...onFrom(state, step));
  if (step === "choice") return only({ type: "moved", to: "name" });
  // A world has a name, and nothing is made unasked.
  return only({ type: "puzzled", why: "unclear" });
}

type Change = Extract<ReturnType<typeof understand>, { kind: "change" }>;

function change(state: Interview, { topic, text, isAdded }: Change, facts: Facts): Outcome {
  if (topic === "name") {
    if (text === "") return only({ type: "moved", to: "name" });
    return named(state, text, facts);
  }
  if (text === "") return only({ type: "reopened", topic, returnTo: state.step });
  const why = puzzleOf(text, topic);
  if (why !== null) return only({ type: "reopened", topic, returnTo: state.step }, { type: "puzzled", why });
  const noted: InterviewEvent = { type: "noted", topic, text, isAdded };
  return state.step === topic ? only(noted, ...onFrom(state, topic)) : only(noted);
}

function answer(state: Interview, text: string, facts: Facts): Outcome {
  const { step } = state;
  if (isTopic(step)) return answerTopic(state, step, text);
  if (step === "choice") return choose(state, text);
  if (step === "name") return answerName(state, text, facts);
  if (isYes(text)) return { events: [], isConfirmed: true };
  return isNo(text) ? only({ type: "puzzled", why: "vague" }) : only({ type: "puzzled", why: "unclear" });
}

function answerTopic(state: Interview, topic: Topic, text: string): Outcome {
  if (opensOnly(text)) return only({ type: "puzzled", why: "greeting" });
  const why = puzzleOf(text, topic);
  if (why === null) return only({ type: "noted", topic, text, isAdded: false }, ...onFrom(state, topic));
  if (!state.isPuzzled) return only({ type: "puzzled", why });
  // Asked about once: what was told before stands, and what was not is left to the defaults.
  const left: InterviewEvent[] = state.answers[topic] === undefined ? [{ type: "skipped", topic }] : [];
  return only(...left, ...onFrom(state, topic));
}

function choose(state: Interview, text: string): Outcome {
  if (wantsMore(text)) return only({ type: "moved", to: furtherTopics[0] });
  if (wantsName(text) || state.isPuzzled) return only({ type: "moved", to: "name" });
  return only({ type: "puzzled", why: "unclear" });
}

function answerName(state: Interview, text: string, facts: Facts): Outcome {
  if (saysMore(text)) return only({ type: "moved", to: furtherTopics[0] });
  const why: Puzzle | null = puzzleOf(text, "name");
  const suggested = state.suggestions[0];
  if (why !== null && !(state.isPuzzled && suggested !== undefined)) return only({ type: "puzzled", why });
  return named(state, why === null ? nameIn(text, state.suggestions) : suggested!, facts);
}

function named(state: Interview, raw: string, { isNameFree }: Facts): Outcome {
  let name: string;
  try {
    name = checkWorldName(raw);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return only({ type: "nameRefused", name: raw.slice(0, 100), why: error.message });
  }
  if (!isNameFree) return only({ type: "nameRefused", name, why: `There is a world called ${name} already.` });
  const to: InterviewEvent[] = state.step === "name" ? [{ type: "moved", to: "review" }] : [];
  return only({ type: "named", name }, ...to);
}

/** From an answered or skipped topic to the next step. */
function onFrom(state: Interview, topic: Topic): InterviewEvent[] {
  return [{ type: "moved", to: state.returnTo ?? stepAfter(topic, state) }];
}

function stepAfter(topic: Topic, { name }: Interview): Step {
  const next = steps[steps.indexOf(topic) + 1]!;
  // The name was given before somebody went back.
  if (next === "name" && name !== null) return "review";
  return topic === mainTopics.at(-1) ? "choice" : next;
}
