import type { InterviewId } from "#core/interview/model.ts";
import type { InterviewVerbs } from "#core/interview/service.ts";
import { interviewAnswer, interviewFinalize } from "#core/protocol/interview-subjects.ts";
import { lane } from "../lib/lane.ts";
import { served } from "../lib/served.ts";
import type { WorldContext } from "./context.ts";

/** Each may wait for a model. */
export const interviewsUnderWayMax = 200;

type Ctx = Pick<WorldContext, "bus" | "clock" | "log"> & {
  readonly interviewVerbs: Pick<InterviewVerbs, "answerSoon" | "finalize">;
};

/** Answers `interview.*` until it is disposed of. */
export function serveInterviews(ctx: Ctx): AsyncDisposable {
  const { bus, interviewVerbs } = ctx;
  const interviews = lane(interviewsUnderWayMax);
  return served(ctx, "interviews", [
    bus.serve(interviewAnswer, ({ interviewId, ...said }) =>
      interviews(() => interviewVerbs.answerSoon({ ...said, interviewId: interviewId as InterviewId })),
    ),
    bus.serve(interviewFinalize, ({ principal, interviewId }) =>
      interviews(() => interviewVerbs.finalize({ principal, interviewId: interviewId as InterviewId })),
    ),
  ]);
}
