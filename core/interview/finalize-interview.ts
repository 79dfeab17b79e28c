import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import { assert } from "../lib/assert.ts";
import { scripted } from "./ask-next.ts";
import type { InterviewContext } from "./context.ts";
import { keep, ownInterview } from "./keep.ts";
import { makeWorld } from "./make-world.ts";
import type { InterviewId, Made } from "./model.ts";
import { type InterviewView, viewOf } from "./view.ts";

/** Makes the world of an interview; of one that has made its world, says which. Asked again it answers the same. Throws as `makeWorld` does. */
export async function finalizeInterview(
  ctx: InterviewContext,
  { principal, interviewId: id }: { readonly principal: Principal; readonly interviewId: InterviewId },
): Promise<InterviewView & { readonly made: Made }> {
  const state = await ownInterview(ctx, principal, id);
  if (state.status === "abandoned") throw new AppError("CONFLICT", "This interview is over. Start another.");
  const done = await makeWorld(ctx, { principal, id }, state);
  const kept = done.question === null ? await keep(ctx, id, done, [scripted(done)]) : null;
  const { made } = done;
  assert(made !== null, "an interview was completed without a world");
  return { ...viewOf(id, kept ?? done), made };
}
