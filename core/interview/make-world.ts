import type { Principal } from "../account/model.ts";
import { withinLimit } from "../account/within-limit.ts";
import { AppError } from "../lib/errors.ts";
import type { WorldId } from "../lib/ids.ts";
import { completeSpecification } from "./complete-specification.ts";
import type { InterviewContext } from "./context.ts";
import { extract } from "./extract.ts";
import { keep, overtaken, ownInterview } from "./keep.ts";
import { type Failure, type Interview, type InterviewEvent, type InterviewId, isBeingMade } from "./model.ts";
import { settle } from "./settle.ts";
import { worldSpecOf } from "./world-of.ts";

type Whose = { readonly principal: Principal; readonly id: InterviewId };

/** Whoever asks for a world waits so long for its planet, most of which are made by then; after that he is told when it is there. */
export const madeWithinMs = 6_000;
const lookAgainMs = 200;

/**
 * Makes the world of an interview that has everything it needs: the interview first says which world it is going to make, then the world is
 * created under that id, which is where its name is taken, then its owner makes its planet, and then the interview is over. Cut off anywhere, or
 * asked again, it goes on from there (`keepInterviews` does so by itself), and makes no second world. Answers with an interview whose world is
 * still being made where that takes longer than `madeWithinMs`. On every failure the interview stays open and has kept why; then throws
 * CONFLICT where there is no name yet or there are too many worlds, WORLD_NAME_TAKEN, RATE_LIMITED, or what creating has thrown.
 */
export async function makeWorld(ctx: InterviewContext, whose: Whose, state: Interview): Promise<Interview> {
  if (state.status === "completed") return state;
  const begun = await beginCreation(ctx, whose, state);
  if (begun.status === "completed") return begun;
  return untilMade(ctx, whose, await create(ctx, whose, begun));
}

/** The world that an interview has said it is going to make. The same again is the same world. */
export async function create(ctx: InterviewContext, { principal, id }: Whose, state: Interview): Promise<Interview> {
  const { worldId, specification } = state.pending!;
  try {
    await ctx.worldVerbs.create({
      principal,
      requestId: worldId,
      name: specification.name,
      spec: worldSpecOf(specification, ctx.interviewPolicy.planetClimate),
    });
    return state;
  } catch (error) {
    await keep(ctx, id, state, [{ type: "creationFailed", why: failureOf(error) }]);
    throw error;
  }
}

async function untilMade(ctx: InterviewContext, { principal, id }: Whose, begun: Interview): Promise<Interview> {
  const { userId } = principal;
  const untilMs = ctx.clock.monotonicMs() + madeWithinMs;
  let state = await settle(ctx, { userId, id }, begun);
  while (isBeingMade(state) && ctx.clock.monotonicMs() < untilMs) {
    await ctx.clock.sleep(lookAgainMs);
    state = await settle(ctx, { userId, id }, await ownInterview(ctx, principal, id));
  }
  return state;
}

async function beginCreation(ctx: InterviewContext, whose: Whose, state: Interview): Promise<Interview> {
  const { principal, id } = whose;
  if (isBeingMade(state)) return state;
  const atMs = ctx.clock.nowMs();
  const { specification, worldId, events } =
    state.pending === null ? await newWorld(ctx, whose, state) : { ...state.pending, events: [] };
  const kept = await keep(ctx, id, state, [...events, { type: "creationBegun", worldId, specification, atMs }]);
  if (kept !== null) return kept;
  // Asked twice at once: whoever was first has said which world it is.
  const now = await ownInterview(ctx, principal, id);
  if (now.status === "completed" || isBeingMade(now)) return now;
  throw overtaken();
}

async function newWorld(ctx: InterviewContext, { principal }: Whose, state: Interview) {
  if (state.name === null) throw new AppError("CONFLICT", "The world has no name yet. Answer the statue first.");
  const made = state.sketch === null ? await extract(ctx, { userId: principal.userId, answers: state.answers }) : null;
  const sketch = made?.sketch ?? state.sketch!;
  const specification = completeSpecification(sketch, { name: state.name, seed: state.seed });
  const events: InterviewEvent[] = made === null ? [] : [{ type: "specified", ...made }];
  await notTooMany(ctx, principal);
  // Last before it is kept: what fails before does not count.
  if (!state.isAdmitted) await withinLimit(ctx, ctx.interviewPolicy.worldsPerUser, principal.userId);
  return { worldId: ctx.entropy.uuid() as WorldId, specification, events };
}

async function notTooMany({ worlds, interviewPolicy }: InterviewContext, { userId }: Principal): Promise<void> {
  const { worldsMax } = interviewPolicy;
  if ((await worlds.newestOf(userId, worldsMax)).length < worldsMax) return;
  throw new AppError(
    "CONFLICT",
    `You have ${worldsMax} worlds, and nobody keeps more. Delete one of them; this interview waits.`,
  );
}

/** As long as creating takes at most, and some more. */
export const creationMsMax = 10_000;

/**
 * Where a world was begun, sees what has become of it before anything else is done with its interview: it may be there by now. Throws CONFLICT
 * while it is being made. `isRetry`: it is to be tried again, as the same world.
 */
export async function settlePending(
  ctx: InterviewContext,
  { principal, id }: Whose,
  before: Interview,
  isRetry: boolean,
): Promise<Interview> {
  const state = await settle(ctx, { userId: principal.userId, id }, before);
  if (state.pending === null || isRetry) return state;
  const { worldId, atMs } = state.pending;
  const isThere = (await ctx.worlds.get(worldId)) !== null;
  if (isThere || (atMs !== null && ctx.clock.nowMs() < atMs + creationMsMax))
    throw new AppError("CONFLICT", "I am shaping your world. Give me a moment.", { retryAfterS: 2 });
  const kept = await keep(ctx, id, state, [{ type: "creationFailed", why: "refused" }]);
  return kept ?? ownInterview(ctx, principal, id);
}

/** What a refusal says is surely not there; of everything else nobody knows. */
function failureOf(error: unknown): Failure {
  if (!(error instanceof AppError)) return "unavailable";
  if (error.code === "WORLD_NAME_TAKEN") return "name-taken";
  return error.code === "INVALID_INPUT" || error.code === "FORBIDDEN" ? "refused" : "unavailable";
}
