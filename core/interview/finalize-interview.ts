import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import { assert } from "../lib/assert.ts";
import type { InterviewContext } from "./context.ts";
import { ownInterview } from "./keep.ts";
import { makeWorld } from "./make-world.ts";
import type { InterviewId, Made } from "./model.ts";
import { type InterviewView, viewOf } from "./view.ts";

/** `made`: the world, which is there already or is still being made, as `making` says. */
export type Finalized = Omit<InterviewView, "conversation"> & { readonly made: Made };

/**
 * Makes the world of an interview; of one that has begun to make it, or has made it, says which. Asked again it answers the same. Throws as
 * `makeWorld` does, and CONFLICT where the world could not be made.
 */
export async function finalizeInterview(
  ctx: InterviewContext,
  { principal, interviewId: id }: { readonly principal: Principal; readonly interviewId: InterviewId },
): Promise<Finalized> {
  const state = await ownInterview(ctx, principal, id);
  if (state.status === "abandoned") throw new AppError("CONFLICT", "This interview is over. Start another.");
  const done = await makeWorld(ctx, { principal, id }, state);
  const { conversation: _, ...view } = viewOf(id, done);
  const made = done.made ?? done.pending;
  if (made === null) throw new AppError("CONFLICT", view.question);
  assert(done.status === "completed" || view.making !== null, "a world is neither made nor being made");
  return { ...view, made: { worldId: made.worldId, specification: made.specification } };
}
