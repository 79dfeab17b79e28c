import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { InterviewContext } from "./context.ts";
import { ownInterview } from "./keep.ts";
import { type InterviewView, viewOf } from "./view.ts";

/** The interview that is open. Throws NOT_FOUND where there is none. Changes nothing, and asks no model. */
export async function activeInterview(
  ctx: Pick<InterviewContext, "interviews" | "clock">,
  { principal }: { readonly principal: Principal },
): Promise<InterviewView> {
  const id = await ctx.interviews.openOf(principal.userId);
  if (id === null) throw new AppError("NOT_FOUND", "There is no interview going on. Start one.");
  return viewOf(id, await ownInterview(ctx, principal, id));
}
