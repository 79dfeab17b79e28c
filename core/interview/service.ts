import type { Principal } from "../account/model.ts";
import { activeInterview } from "./active-interview.ts";
import { type Answer, answerMsMax, answerSoon } from "./answer-soon.ts";
import type { InterviewContext } from "./context.ts";
import { converse, type StatueWords } from "./converse.ts";
import { finalizeInterview, type Finalized } from "./finalize-interview.ts";
import type { InterviewId } from "./model.ts";
import type { Bus } from "../ports/bus.ts";
import { interviewAnswer, interviewFinalize } from "../protocol/interview-subjects.ts";
import { startInterview } from "./start-interview.ts";
import { type TellInterview, tellInterview } from "./tell-interview.ts";
import type { InterviewView } from "./view.ts";

/** The verbs of interviews. REST and the statue in the lobby speak through the same ones. */
export type InterviewVerbs = {
  start(input: { readonly principal: Principal }): Promise<InterviewView>;
  active(input: { readonly principal: Principal }): Promise<InterviewView>;
  tell(input: TellInterview): Promise<InterviewView>;
  /** As `tell`, for somebody who waits only so long: what comes later he hears on his socket, and finds in `active`. */
  answerSoon(input: TellInterview & { readonly messageId: string }): Promise<Answer>;
  finalize(input: { readonly principal: Principal; readonly interviewId: InterviewId }): Promise<Finalized>;
  /** What was said to the statue in the lobby: it is answered there. */
  converse(words: StatueWords): Promise<void>;
};

/** The worker's own deadline comes first, so that its words are heard. */
const answerTimeoutMs = answerMsMax + 4_000;

/** The verbs that may wait for a model or a planet. Beside their refusals: UNAVAILABLE when nobody serves, TIMEOUT past the deadline. */
export function remoteInterviews(bus: Bus): Pick<InterviewVerbs, "answerSoon" | "finalize"> {
  const options = { timeoutMs: answerTimeoutMs };
  return {
    answerSoon: (input) => bus.request(interviewAnswer, input, options) as Promise<Answer>,
    finalize: (input) => bus.request(interviewFinalize, input, options) as Promise<Finalized>,
  };
}

export function inlineInterviews(ctx: InterviewContext): InterviewVerbs {
  return {
    start: (input) => startInterview(ctx, input),
    active: (input) => activeInterview(ctx, input),
    tell: (input) => tellInterview(ctx, input),
    answerSoon: (input) => answerSoon(ctx, input),
    finalize: (input) => finalizeInterview(ctx, input),
    converse: (words) => converse(ctx, words),
  };
}
