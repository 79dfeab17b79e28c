import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { SessionId, WorldId } from "../lib/ids.ts";
import type { Bus } from "../ports/bus.ts";
import type { InterviewMaking } from "../ports/interviews.ts";
import { worldGenerating } from "../protocol/subjects.ts";
import type { InterviewContext } from "./context.ts";
import { keep, ownInterview } from "./keep.ts";
import { create, creationMsMax } from "./make-world.ts";
import { isBeingMade } from "./model.ts";
import { settle } from "./settle.ts";
import { shapingWords } from "./shaping-words.ts";
import { speak } from "./speak.ts";
import { viewOf } from "./view.ts";

export type KeepInterviewsContext = InterviewContext & { readonly bus: Bus };

/** How long a world that is there waits at most for its maker to be told. */
export const lookOutMs = 1_000;
const afterFailureMs = 5_000;
/** Interviews that are looked at in one round. */
export const makingMax = 200;
/** Nobody is told more often than this how far his world is. */
export const shapingEveryMs = 700;

/**
 * From now on worlds that were begun are seen to the end, whoever began them and died since, and their makers are told how far they are. Any
 * number of processes may do it at once: what is told follows from the interviews' events, of which each is appended by one. Ends once what is
 * under way is done.
 */
export function keepInterviews(ctx: KeepInterviewsContext): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;
  const known = new Map<WorldId, InterviewMaking>();
  let telling = Promise.resolve();
  const unsubscribe = ctx.bus.subscribe(worldGenerating, ({ worldId, stage, share }) => {
    const making = known.get(worldId as WorldId);
    if (making === undefined) return;
    telling = telling
      .then(() => tellProgress(ctx, making, { stage, share }))
      .catch((error: unknown) => ctx.log.warn({ error, worldId }, "a player was not told how far his world is"));
  });
  const chore = (async () => {
    while (!signal.aborted) {
      let pauseMs = lookOutMs;
      try {
        await lookAfterAll(ctx, known);
      } catch (error) {
        pauseMs = afterFailureMs;
        ctx.log.warn({ error }, "nobody knows which worlds are being made; trying again");
      }
      await ctx.clock.sleep(pauseMs, signal);
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      unsubscribe();
      await Promise.all([chore, telling]);
    },
  };
}

async function lookAfterAll(ctx: KeepInterviewsContext, known: Map<WorldId, InterviewMaking>): Promise<void> {
  const all = await ctx.interviews.making(makingMax);
  known.clear();
  for (const making of all) known.set(making.worldId, making);
  for (const making of all)
    await lookAfter(ctx, making).catch((error: unknown) =>
      ctx.log.warn({ error, ...making }, "an interview waits for its world; trying again"),
    );
}

/** What somebody began and did not finish goes on. */
async function lookAfter(ctx: KeepInterviewsContext, { id, userId }: InterviewMaking): Promise<void> {
  const state = await settle(ctx, { userId, id }, await ownInterview(ctx, { userId }, id));
  if (!isBeingMade(state)) return;
  const { worldId, atMs } = state.pending!;
  if (ctx.clock.nowMs() < atMs! + creationMsMax || (await ctx.worlds.get(worldId)) !== null) return;
  const account = await ctx.accounts.byId(userId);
  if (account === null) return;
  const principal: Principal = { userId, sessionId: "" as SessionId, username: account.username, role: account.role };
  try {
    await create(ctx, { principal, id }, state);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const text = viewOf(id, await ownInterview(ctx, principal, id)).question;
    await speak(ctx, userId, { id: `failed:${worldId}`, text, interviewId: id, isFirst: false, isCompleted: false });
  }
}

type Progress = { readonly stage: string; readonly share: number };

async function tellProgress(
  ctx: KeepInterviewsContext,
  { id, userId }: InterviewMaking,
  { stage, share }: Progress,
): Promise<void> {
  const state = await ownInterview(ctx, { userId }, id);
  const atMs = ctx.clock.nowMs();
  if (!isBeingMade(state) || state.shaping?.stage === stage || (state.shaping?.share ?? -1) >= share) return;
  if (state.shaping !== null && atMs - state.shaping.atMs < shapingEveryMs) return;
  // Whoever is quicker tells it.
  if ((await keep(ctx, id, state, [{ type: "shaping", stage, share, atMs }])) === null) return;
  const speech = { text: shapingWords(stage), interviewId: id, isFirst: false, isCompleted: false };
  await speak(ctx, userId, { id: `shaping:${state.pending!.worldId}:${stage}`, ...speech });
}
