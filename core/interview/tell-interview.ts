import type { Principal } from "../account/model.ts";
import { withinLimit } from "../account/within-limit.ts";
import { AppError } from "../lib/errors.ts";
import { plainText } from "../lib/text.ts";
import { askNext } from "./ask-next.ts";
import type { InterviewContext } from "./context.ts";
import { decide, nameToCheck } from "./decide.ts";
import { extract } from "./extract.ts";
import { keep, overtaken, ownInterview } from "./keep.ts";
import { makeWorld, settlePending } from "./make-world.ts";
import { type Interview, type InterviewId, messageCharsMax } from "./model.ts";
import { isYes } from "./understand.ts";
import { type InterviewView, viewOf } from "./view.ts";

export type TellInterview = {
  readonly principal: Principal;
  readonly interviewId: InterviewId;
  readonly text: string;
  /** Names the message: the same again is taken once, and answered with where the interview stands. */
  readonly messageId?: string;
};

/**
 * One message of the player's, and what the statue says to it. What was said is kept before any model is asked: whatever happens then, nothing
 * is lost. Throws NOT_FOUND, INVALID_INPUT, RATE_LIMITED, and CONFLICT where the interview is over or another message was quicker.
 */
export async function tellInterview(ctx: InterviewContext, tell: TellInterview): Promise<InterviewView> {
  const { principal, interviewId: id, messageId } = tell;
  await withinLimit(ctx, ctx.interviewPolicy.messagesPerUser, principal.userId);
  const before = await ownInterview(ctx, principal, id);
  if (before.status === "completed" || (messageId !== undefined && before.messageIds.includes(messageId)))
    return viewOf(id, before);
  if (before.status === "abandoned") throw new AppError("CONFLICT", "This interview is over. Start another.");

  const text = plainText(tell.text).trim();
  if (text.length > messageCharsMax)
    throw new AppError(
      "INVALID_INPUT",
      `Say it in at most ${messageCharsMax} characters; more fits into the next message.`,
    );
  const state = await settlePending(ctx, { principal, id }, before, isYes(text));
  if (state.status === "completed") return viewOf(id, state);

  const name = nameToCheck(state, text);
  const isNameFree = name === null || (await ctx.worldNames.isFree(name));
  const said = { text, ...(messageId !== undefined && { messageId }) };
  const { events, isConfirmed } = decide(state, said, { isNameFree });
  const told = await keep(ctx, id, state, events);
  if (told === null) throw overtaken();
  if (isConfirmed) return confirmed(ctx, principal, id, told);
  return answered(ctx, principal, id, told);
}

async function answered(
  ctx: InterviewContext,
  principal: Principal,
  id: InterviewId,
  told: Interview,
): Promise<InterviewView> {
  const { userId } = principal;
  const state = await specified(ctx, principal, id, told);
  const asked = await askNext({ llm: ctx.llm, names: ctx.worldNames }, userId, state);
  // Whoever was quicker has asked something newer.
  const kept = await keep(ctx, id, state, [asked]);
  return viewOf(id, kept ?? (await ownInterview(ctx, principal, id)));
}

/** At the review everything is shown as it is going to be. */
async function specified(
  ctx: InterviewContext,
  principal: Principal,
  id: InterviewId,
  state: Interview,
): Promise<Interview> {
  if (state.status !== "open" || state.step !== "review" || state.sketch !== null) return state;
  const made = await extract(ctx, { userId: principal.userId, answers: state.answers });
  return (await keep(ctx, id, state, [{ type: "specified", ...made }])) ?? (await ownInterview(ctx, principal, id));
}

async function confirmed(
  ctx: InterviewContext,
  principal: Principal,
  id: InterviewId,
  told: Interview,
): Promise<InterviewView> {
  try {
    return viewOf(id, await makeWorld(ctx, { principal, id }, told));
  } catch (error) {
    if (!(error instanceof AppError) || error.code === "CONFLICT" || error.code === "RATE_LIMITED") throw error;
    ctx.log.warn({ error, interviewId: id }, "a world could not be made; its interview goes on");
    return answered(ctx, principal, id, await ownInterview(ctx, principal, id));
  }
}
