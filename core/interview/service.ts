import type { Principal } from "../account/model.ts";
import { activeInterview } from "./active-interview.ts";
import type { InterviewContext } from "./context.ts";
import { finalizeInterview } from "./finalize-interview.ts";
import type { InterviewId, Made } from "./model.ts";
import { startInterview } from "./start-interview.ts";
import { type TellInterview, tellInterview } from "./tell-interview.ts";
import type { InterviewView } from "./view.ts";

/** The verbs of interviews. REST and the statue in the lobby speak through the same ones. */
export type InterviewVerbs = {
  start(input: { readonly principal: Principal }): Promise<InterviewView>;
  active(input: { readonly principal: Principal }): Promise<InterviewView>;
  tell(input: TellInterview): Promise<InterviewView>;
  finalize(input: {
    readonly principal: Principal;
    readonly interviewId: InterviewId;
  }): Promise<InterviewView & { readonly made: Made }>;
};

export function inlineInterviews(ctx: InterviewContext): InterviewVerbs {
  return {
    start: (input) => startInterview(ctx, input),
    active: (input) => activeInterview(ctx, input),
    tell: (input) => tellInterview(ctx, input),
    finalize: (input) => finalizeInterview(ctx, input),
  };
}
