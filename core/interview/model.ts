import type { UserId, WorldId } from "../lib/ids.ts";
import type { SpecificationSketch, WorldSpecification } from "../protocol/world-specification.ts";
import type { Answers } from "./reading/read-answers.ts";
import { shapingWords } from "./shaping-words.ts";
import { type Step, steps, type Topic, topics } from "./topics.ts";

declare const brand: unique symbol;
/** On the wire it is the `session_id` of the interview; not that of a login. */
export type InterviewId = string & { readonly [brand]: "InterviewId" };

/** Who phrased it: a model, or the words that are always there. */
export type Voice = "model" | "script";
/** Why an answer was asked about once more. */
export type Puzzle = "greeting" | "empty" | "vague" | "nonsense" | "unclear";
/** "unmakeable": it was begun, and its planet could not be made. */
export type Failure = "name-taken" | "refused" | "unmakeable" | "unavailable";

export type InterviewEvent =
  | { readonly type: "started"; readonly userId: UserId; readonly seed: number; readonly messageId?: string }
  | { readonly type: "asked"; readonly text: string; readonly voice: Voice; readonly suggestions?: readonly string[] }
  /** Every word, as it came; what follows from it are the events after it. */
  | { readonly type: "said"; readonly text: string; readonly messageId?: string }
  | { readonly type: "noted"; readonly topic: Topic; readonly text: string; readonly isAdded: boolean }
  | { readonly type: "skipped"; readonly topic: Topic }
  | { readonly type: "puzzled"; readonly why: Puzzle }
  | { readonly type: "moved"; readonly to: Step; readonly isBack?: boolean }
  /** To a topic whose answer is wanted anew, and from there back to where the interview was. */
  | { readonly type: "reopened"; readonly topic: Topic; readonly returnTo: Step }
  | { readonly type: "named"; readonly name: string }
  | { readonly type: "nameRefused"; readonly name: string; readonly why: string }
  | { readonly type: "specified"; readonly sketch: SpecificationSketch; readonly voice: Voice }
  | { readonly type: "startedOver" }
  | { readonly type: "resumed" }
  | {
      readonly type: "creationBegun";
      readonly worldId: WorldId;
      readonly specification: WorldSpecification;
      readonly atMs: number;
    }
  /** How far it is, as its player is told; `share` of the whole, 0 … 1. */
  | { readonly type: "shaping"; readonly stage: string; readonly share: number; readonly atMs: number }
  | { readonly type: "creationFailed"; readonly why: Failure }
  | { readonly type: "completed"; readonly worldId: WorldId; readonly specification: WorldSpecification }
  | { readonly type: "quit" };

export type Line = { readonly role: "statue" | "player"; readonly text: string };

/** What the statue's next words are an answer to. */
export type Happening =
  | Extract<InterviewEvent, { type: "started" | "noted" | "skipped" | "puzzled" | "named" | "nameRefused" | "startedOver" | "resumed" | "creationFailed" | "quit" }>
  | { readonly type: "wentBack" }
  | { readonly type: "shown" }; // prettier-ignore

export type Made = { readonly worldId: WorldId; readonly specification: WorldSpecification };

export type Shaping = Omit<Extract<InterviewEvent, { type: "shaping" }>, "type">;

export type Interview = {
  /** Of its last event; 0 before the first. */
  readonly version: number;
  readonly status: "none" | "open" | "completed" | "abandoned";
  readonly userId: UserId | null;
  readonly seed: number;
  readonly step: Step;
  readonly answers: Answers;
  /** Left to the defaults. */
  readonly skipped: readonly Topic[];
  /** Whether the answer at this step was asked about already. */
  readonly isPuzzled: boolean;
  /** Where to go on after a topic that was opened again. */
  readonly returnTo: Step | null;
  readonly name: string | null;
  readonly suggestions: readonly string[];
  /** What was last made of the answers; null when they have changed since. */
  readonly sketch: SpecificationSketch | null;
  /** The statue's last words, unless something was said since. */
  readonly question: string | null;
  readonly lastHappening: Happening | null;
  /** How often something was asked: words vary by it. */
  readonly askedCount: number;
  readonly saidCount: number;
  readonly messageIds: readonly string[];
  readonly conversation: readonly Line[];
  /** A world of which it is not known whether it is there; made since `atMs`, or, where that is null, by nobody any more. */
  readonly pending: (Made & { readonly atMs: number | null }) | null;
  /** How far that one is, as far as it was told. */
  readonly shaping: Shaping | null;
  /** Whether this interview was let make a world: it is counted once, however often it has to try. */
  readonly isAdmitted: boolean;
  readonly made: Made | null;
};

/** Its world is on its way, and somebody sees to it. */
export const isBeingMade = ({ status, pending }: Interview): boolean =>
  status === "open" && pending !== null && pending.atMs !== null;

export const saidMax = 400;
export const messageCharsMax = 2_000;
const messageIdsMax = 32;

export const emptyInterview: Interview = {
  version: 0,
  status: "none",
  userId: null,
  seed: 0,
  step: steps[0]!,
  answers: {},
  skipped: [],
  isPuzzled: false,
  returnTo: null,
  name: null,
  suggestions: [],
  sketch: null,
  question: null,
  lastHappening: null,
  askedCount: 0,
  saidCount: 0,
  messageIds: [],
  conversation: [],
  pending: null,
  shaping: null,
  isAdmitted: false,
  made: null,
};

export function evolve(state: Interview, event: InterviewEvent): Interview {
  return { ...changed(state, event), version: state.version + 1 };
}

function changed(state: Interview, event: InterviewEvent): Interview {
  switch (event.type) {
    case "started":
      return begun(state, event);
    case "asked":
      return {
        ...state,
        question: event.text,
        askedCount: state.askedCount + 1,
        suggestions: event.suggestions ?? state.suggestions,
        conversation: [...state.conversation, { role: "statue", text: event.text }],
      };
    case "said":
      return {
        ...state,
        question: null,
        saidCount: state.saidCount + 1,
        messageIds:
          event.messageId === undefined
            ? state.messageIds
            : [...state.messageIds, event.messageId].slice(-messageIdsMax),
        conversation: [...state.conversation, { role: "player", text: event.text }],
        lastHappening: { type: "shown" },
      };
    case "noted": {
      const before = event.isAdded ? state.answers[event.topic] : undefined;
      const text = before === undefined ? event.text : `${before}\n${event.text}`;
      const answers = { ...state.answers, [event.topic]: text };
      const skipped = state.skipped.filter((topic) => topic !== event.topic);
      return { ...state, answers, skipped, sketch: null, lastHappening: event };
    }
    case "skipped": {
      const { [event.topic]: _, ...answers } = state.answers;
      const skipped = topics.filter((topic) => topic === event.topic || state.skipped.includes(topic));
      return { ...state, answers, skipped, sketch: null, lastHappening: event };
    }
    case "puzzled":
      return { ...state, isPuzzled: state.isPuzzled || event.why !== "greeting", lastHappening: event };
    case "moved":
      return {
        ...state,
        step: event.to,
        isPuzzled: false,
        returnTo: null,
        lastHappening: event.isBack === true ? { type: "wentBack" } : state.lastHappening,
      };
    case "reopened":
      return {
        ...state,
        step: event.topic,
        isPuzzled: false,
        returnTo: event.returnTo,
        lastHappening: { type: "wentBack" },
      };
    case "named":
      return { ...state, name: event.name, lastHappening: event };
    case "nameRefused":
      return { ...state, lastHappening: event };
    case "specified":
      return { ...state, sketch: event.sketch };
    default:
      return turned(state, event);
  }
}

function begun(state: Interview, event: Extract<InterviewEvent, { type: "started" }>): Interview {
  const { userId, seed, messageId } = event;
  const messageIds = messageId === undefined ? [] : [messageId];
  return { ...state, status: "open", userId, seed, messageIds, lastHappening: event };
}

type Turn = Extract<
  InterviewEvent,
  { type: "startedOver" | "resumed" | "creationBegun" | "shaping" | "creationFailed" | "completed" | "quit" }
>;

/** What changes the course of the whole interview. */
function turned(state: Interview, event: Turn): Interview {
  switch (event.type) {
    case "startedOver": {
      const { version, status, userId, seed, askedCount, saidCount, messageIds, conversation, isAdmitted } = state;
      const kept = { version, status, userId, seed, askedCount, saidCount, messageIds, conversation, isAdmitted };
      return { ...emptyInterview, ...kept, lastHappening: event };
    }
    case "resumed":
      return { ...state, question: null, lastHappening: event };
    case "creationBegun": {
      const { worldId, specification, atMs } = event;
      const pending = { worldId, specification, atMs };
      return { ...state, step: "review", question: null, isAdmitted: true, pending, shaping: null };
    }
    case "shaping": {
      const { stage, share, atMs } = event;
      const line: Line = { role: "statue", text: shapingWords(stage) };
      return { ...state, shaping: { stage, share, atMs }, conversation: [...state.conversation, line] };
    }
    case "creationFailed": {
      // An answer that did not come leaves open whether there is a world.
      if (event.why === "unavailable") {
        const pending = state.pending && { ...state.pending, atMs: null };
        return { ...state, question: null, pending, lastHappening: event };
      }
      return {
        ...state,
        question: null,
        pending: null,
        shaping: null,
        lastHappening: event,
        ...(event.why === "name-taken" && { step: "name", name: null, isPuzzled: false }),
      };
    }
    case "completed": {
      const { worldId, specification } = event;
      return {
        ...state,
        status: "completed",
        question: null,
        pending: null,
        shaping: null,
        made: { worldId, specification },
      };
    }
    case "quit":
      return { ...state, status: "abandoned", question: null, lastHappening: event };
  }
}
