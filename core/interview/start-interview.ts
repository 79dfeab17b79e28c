import type { Principal } from "../account/model.ts";
import { withinLimit } from "../account/within-limit.ts";
import { scripted } from "./ask-next.ts";
import type { InterviewContext } from "./context.ts";
import { keep, ownInterview } from "./keep.ts";
import { emptyInterview, evolve, isBeingMade, type InterviewEvent, type InterviewId } from "./model.ts";
import { toStored } from "./stored.ts";
import { type InterviewView, viewOf } from "./view.ts";

/** Begins an interview, or goes on with the one that is open, in words that show where it was. */
export async function startInterview(
  ctx: InterviewContext,
  { principal, messageId }: { readonly principal: Principal; readonly messageId?: string },
): Promise<InterviewView> {
  const { userId } = principal;
  const open = await ctx.interviews.openOf(userId);
  if (open !== null) return resume(ctx, principal, open);
  await withinLimit(ctx, ctx.interviewPolicy.startsPerUser, userId);

  const id = ctx.entropy.uuid() as InterviewId;
  const started: InterviewEvent = {
    type: "started",
    userId,
    seed: ctx.entropy.uint32(),
    ...(messageId !== undefined && { messageId }),
  };
  const asked = scripted(evolve(emptyInterview, started));
  const atMs = ctx.clock.nowMs();
  const before = await ctx.interviews.begin(
    { id, userId, atMs },
    [started, asked].map((event) => toStored(event, atMs)),
  );
  if (before !== null) return resume(ctx, principal, before);
  return viewOf(id, [started, asked].reduce(evolve, emptyInterview));
}

async function resume(ctx: InterviewContext, principal: Principal, id: InterviewId): Promise<InterviewView> {
  const state = await ownInterview(ctx, principal, id);
  // Asked twice in a row where it stands, it has said so already.
  const isNews = state.saidCount > 0 && !(state.lastHappening?.type === "resumed" && state.question !== null);
  if (!isNews || state.status !== "open" || isBeingMade(state)) return viewOf(id, state);
  const resumed = evolve(state, { type: "resumed" });
  const kept = await keep(ctx, id, state, [{ type: "resumed" }, scripted(resumed)]);
  return viewOf(id, kept ?? (await ownInterview(ctx, principal, id)));
}
