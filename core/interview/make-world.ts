import type { Principal } from "../account/model.ts";
import { withinLimit } from "../account/within-limit.ts";
import { AppError } from "../lib/errors.ts";
import type { WorldId } from "../lib/ids.ts";
import { completeSpecification } from "./complete-specification.ts";
import type { InterviewContext } from "./context.ts";
import { extract } from "./extract.ts";
import { keep, overtaken, ownInterview } from "./keep.ts";
import type { Failure, Interview, Made, InterviewEvent, InterviewId } from "./model.ts";
import { worldSpecOf } from "./world-of.ts";

type Whose = { readonly principal: Principal; readonly id: InterviewId };

/**
 * Makes the world of an interview that has everything it needs, and completes the interview: the interview first says which world it is going
 * to make, then the world is created under that id with its name, which is where the name is taken, and then the interview is over. Cut off anywhere,
 * or asked again, it goes on from there, and makes no second world. On every failure the interview stays open and has kept why; then throws
 * CONFLICT where there is no name yet, WORLD_NAME_TAKEN, RATE_LIMITED, or what creating has thrown.
 *
 * Whoever generates the planet and tells of its progress begins where `create` has resolved, and announces the world at the end.
 */
export async function makeWorld(ctx: InterviewContext, whose: Whose, state: Interview): Promise<Interview> {
  if (state.status === "completed") return state;
  const begun = await beginCreation(ctx, whose, state);
  if (begun.status === "completed") return begun;
  const { worldId, specification } = begun.pending!;
  try {
    await ctx.worldVerbs.create({
      principal: whose.principal,
      requestId: worldId,
      name: specification.name,
      spec: worldSpecOf(specification),
    });
  } catch (error) {
    await keep(ctx, whose.id, begun, [{ type: "creationFailed", why: failureOf(error) }]);
    throw error;
  }
  return complete(ctx, whose, begun, { worldId, specification });
}

async function beginCreation(ctx: InterviewContext, whose: Whose, state: Interview): Promise<Interview> {
  const { principal, id } = whose;
  if (state.pending !== null) return state;
  if (state.name === null) throw new AppError("CONFLICT", "The world has no name yet. Answer the statue first.");
  const made = state.sketch === null ? await extract(ctx, { userId: principal.userId, answers: state.answers }) : null;
  const sketch = made?.sketch ?? state.sketch!;
  const specification = completeSpecification(sketch, { name: state.name, seed: state.seed });
  const specified: InterviewEvent[] = made === null ? [] : [{ type: "specified", ...made }];
  const begun: InterviewEvent = {
    type: "creationBegun",
    worldId: ctx.entropy.uuid() as WorldId,
    specification,
    atMs: ctx.clock.nowMs(),
  };
  // Last before it is kept: what fails before does not count.
  if (!state.isAdmitted) await withinLimit(ctx, ctx.interviewPolicy.worldsPerUser, principal.userId);
  const kept = await keep(ctx, id, state, [...specified, begun]);
  if (kept !== null) return kept;
  // Asked twice at once: whoever was first has said which world it is.
  const now = await ownInterview(ctx, principal, id);
  if (now.status === "completed" || now.pending !== null) return now;
  throw overtaken();
}

async function complete(
  ctx: InterviewContext,
  { principal, id }: Whose,
  state: Interview,
  { worldId, specification }: Made,
): Promise<Interview> {
  const completed: InterviewEvent = { type: "completed", worldId, specification };
  const kept = await keep(ctx, id, state, [completed]);
  if (kept !== null) return kept;
  const now = await ownInterview(ctx, principal, id);
  if (now.status === "completed") return now;
  // Something was said meanwhile; the world is there all the same.
  const after = await keep(ctx, id, now, [completed]);
  if (after === null) throw overtaken();
  return after;
}

/** As long as creating takes at most, and some more. */
export const creationMsMax = 10_000;

/**
 * Where it is not known whether a world came to be, looks for it before anything else is done with its interview: it may be there after all.
 * Throws CONFLICT while somebody may still be making it. `isRetry`: it is to be tried again, as the same world.
 */
export async function settlePending(
  ctx: InterviewContext,
  whose: Whose,
  state: Interview,
  isRetry: boolean,
): Promise<Interview> {
  const { pending } = state;
  if (pending === null) return state;
  const world = await ctx.worlds.get(pending.worldId);
  if (world !== null && world.ownerId === whose.principal.userId) return complete(ctx, whose, state, pending);
  if (isRetry) return state;
  if (pending.atMs !== null && ctx.clock.nowMs() < pending.atMs + creationMsMax)
    throw new AppError("CONFLICT", "I am shaping your world. Give me a moment.", { retryAfterS: 1 });
  const kept = await keep(ctx, whose.id, state, [{ type: "creationFailed", why: "refused" }]);
  return kept ?? ownInterview(ctx, whose.principal, whose.id);
}

/** What a refusal says is surely not there; of everything else nobody knows. */
function failureOf(error: unknown): Failure {
  if (!(error instanceof AppError)) return "unavailable";
  if (error.code === "WORLD_NAME_TAKEN") return "name-taken";
  return error.code === "INVALID_INPUT" || error.code === "FORBIDDEN" ? "refused" : "unavailable";
}
