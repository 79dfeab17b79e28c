import { phraseQuestion, suggestWorldNames } from "../llm/prompts/interview.ts";
import { plainText, singleLine } from "../lib/text.ts";
import type { UserId } from "../lib/ids.ts";
import type { Llm } from "../ports/models.ts";
import type { WorldNames } from "../ports/worlds.ts";
import { checkWorldName } from "../world/world-name.ts";
import type { Interview, InterviewEvent } from "./model.ts";
import { answerTo, scriptedQuestion, scriptedWords } from "./script.ts";
import { suggestNames } from "./suggest-names.ts";
import { isTopic, topicNames } from "./topics.ts";

type Ctx = { readonly llm: Llm | null; readonly names: WorldNames };
type Asked = Extract<InterviewEvent, { type: "asked" }>;

/** A player waits. Whoever is slower than this is not waited for: the scripted words come instead. */
export const phraseMsMax = 8_000;
const questionCharsMax = 600;

/**
 * The statue's next words: by the model where it phrases a question about a topic, else as scripted. What carries instructions, a choice, a
 * name, a review, is always scripted, and so is everything where there is no model. Never fails for want of a model.
 */
export async function askNext({ llm, names }: Ctx, userId: UserId, state: Interview): Promise<Asked> {
  if (state.status !== "open") return scripted(state);
  if (state.step === "name") {
    const suggestions = await suggestNames(names, state, llm === null ? [] : await namesByModel(llm, userId, state));
    return { ...scripted({ ...state, suggestions }), suggestions };
  }
  const phrased = llm === null || !isPhrased(state) ? null : await phraseByModel(llm, userId, state);
  return phrased === null ? scripted(state) : { type: "asked", text: phrased, voice: "model" };
}

export function scripted(state: Interview): Asked {
  return { type: "asked", text: plainText(scriptedWords(state)), voice: "script" };
}

/** Welcomes and warnings say what is there to be known, so that they are said as they are. */
function isPhrased({ step, lastHappening }: Interview): boolean {
  const happening = lastHappening?.type;
  return isTopic(step) && (happening === "noted" || happening === "skipped");
}

async function phraseByModel(llm: Llm, userId: UserId, state: Interview): Promise<string | null> {
  const { step, conversation } = state;
  const plainWords = `${answerTo(state)} ${scriptedQuestion(state)}`;
  const topic = isTopic(step) ? topicNames[step] : step;
  const answer = await llm.ask({
    ...phraseQuestion({ conversation, topic, plainWords }),
    userId,
    waitMsMax: phraseMsMax,
  });
  if (answer.status === "degraded") return null;
  const text = wordsOf(answer.json, "question");
  const isSaidBefore = conversation.some((line) => line.role === "statue" && line.text === text);
  return typeof text !== "string" || text.length < 10 || !text.includes("?") || isSaidBefore ? null : text;
}

async function namesByModel(llm: Llm, userId: UserId, { answers, name }: Interview): Promise<string[]> {
  if (name !== null) return [];
  const answer = await llm.ask({
    ...suggestWorldNames({ told: Object.values(answers) }),
    userId,
    waitMsMax: phraseMsMax,
  });
  const found = answer.status === "answered" ? (answer.json as { names?: unknown } | undefined)?.names : undefined;
  return Array.isArray(found) ? found.flatMap((one) => wellFormed(one)).slice(0, 5) : [];
}

function wellFormed(name: unknown): string[] {
  try {
    return typeof name === "string" ? [checkWorldName(name)] : [];
  } catch {
    return [];
  }
}

function wordsOf(json: unknown, field: string): string | null {
  const value = json !== null && typeof json === "object" ? (json as Record<string, unknown>)[field] : undefined;
  return typeof value === "string" ? singleLine(value).slice(0, questionCharsMax) : null;
}
