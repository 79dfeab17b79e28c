import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { CharacterId, WorldId } from "../lib/ids.ts";
import type { InterviewContext } from "./context.ts";
import { ownInterview } from "./keep.ts";
import type { Interview, InterviewId } from "./model.ts";
import { doneId, speak, type Speech } from "./speak.ts";
import { startInterview } from "./start-interview.ts";
import { tellInterview } from "./tell-interview.ts";
import { opensOnly, puzzleOf, understand } from "./understand.ts";
import { type InterviewView, viewOf } from "./view.ts";

/** What somebody has said to the statue in the lobby. */
export type StatueWords = {
  readonly principal: Principal;
  readonly characterId: CharacterId;
  readonly worldId: WorldId;
  readonly text: string;
  /** A reply goes on, and begins nothing. */
  readonly isReply: boolean;
  /** It begins or resumes, whatever was asked last. */
  readonly isOpening?: boolean;
  /** The same again is taken once, and answered again. */
  readonly messageId: string;
};

/**
 * Takes what somebody said to the statue, and lets him hear what it says to that: begins an interview, resumes the one that is open, or goes on
 * with it. Whoever is cut off asks again with the same words. Rejects only with what may be gone the next time: UNAVAILABLE and TIMEOUT.
 */
export async function converse(ctx: InterviewContext, words: StatueWords): Promise<void> {
  await speak(ctx, words.principal.userId, await speechOf(ctx, words), words);
}

async function speechOf(ctx: InterviewContext, words: StatueWords): Promise<Speech> {
  try {
    return await answer(ctx, words);
  } catch (error) {
    const isKnown = error instanceof AppError && error.code !== "INTERNAL";
    if (isKnown && (error.code === "UNAVAILABLE" || error.code === "TIMEOUT")) throw error;
    if (!isKnown) ctx.log.error({ error, messageId: words.messageId }, "the statue could not answer");
    const text = isKnown ? error.message : "Forgive me, I lost the thread. Say that once more.";
    return { id: words.messageId, text, interviewId: null, isFirst: false, isCompleted: false };
  }
}

const nothingToldNow = "Nothing is being told just now. Say `tell statue hello`, and we begin.";

const isFarewell = (text: string): boolean => understand(text).kind === "quit";

/** It begins an interview, and is no answer to its first question. */
const tellsNothing = (text: string): boolean =>
  opensOnly(text) || understand(text).kind !== "answer" || puzzleOf(text, "concept") !== null;

/** "More" is an answer where that was asked, and "New World" is a name. */
const isGreeting = ({ step }: Interview, text: string): boolean =>
  step !== "choice" && step !== "name" && opensOnly(text);

/** Another message of the same player may be quicker, from another device. */
const attemptsMax = 3;

async function answer(ctx: InterviewContext, words: StatueWords, attempt = 1): Promise<Speech> {
  const { principal, text, messageId } = words;
  const id = await ctx.interviews.latestOf(principal.userId);
  const state = id === null ? null : await ownInterview(ctx, principal, id);
  const said = (view: InterviewView, isFirst: boolean): Speech => ({
    id: view.status === "completed" ? doneId(view.id) : messageId,
    text: view.question,
    interviewId: view.id,
    isFirst,
    isCompleted: view.status !== "open",
  });
  // Taken before, perhaps as the last words of an interview that is over.
  if (id !== null && state !== null && state.messageIds.includes(messageId)) return said(viewOf(id, state), false);
  const isNew = state?.status !== "open";
  if (isNew && (words.isReply || isFarewell(text)))
    return { id: messageId, text: nothingToldNow, interviewId: null, isFirst: false, isCompleted: false };
  if (words.isOpening === true || (isNew ? tellsNothing(text) : !words.isReply && isGreeting(state, text)))
    return said(await startInterview(ctx, { principal, messageId }), true);
  const interviewId: InterviewId = isNew ? (await startInterview(ctx, { principal })).id : id!;
  try {
    return said(await tellInterview(ctx, { principal, interviewId, text, messageId }), isNew);
  } catch (error) {
    const isOvertaken = error instanceof AppError && error.code === "CONFLICT" && attempt < attemptsMax;
    if (!isOvertaken || error.retryAfterS !== undefined) throw error;
    return answer(ctx, words, attempt + 1);
  }
}
