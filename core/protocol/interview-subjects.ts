import * as z from "zod";
import { principal } from "./auth-subjects.ts";
import { worldId } from "./record-ids.ts";
import { rpc } from "./subjects.ts";
import { worldSpecification } from "./world-specification.ts";

// What of an interview may wait for a model or for a planet: answered by a worker, which goes on when nobody waits any more. What only reads and
// writes its log is done where it is asked for.

const interviewId = z.guid();
const view = z.object({
  id: interviewId,
  status: z.enum(["open", "completed", "abandoned"]),
  step: z.string(),
  question: z.string(),
  worldId: worldId.nullable(),
  making: z.object({ worldId, stage: z.string().nullable(), share: z.number() }).nullable(),
});

export const interviewAnswer = rpc(
  "interview.answer",
  z.object({ principal, interviewId, text: z.string().max(2_000), messageId: z.guid() }),
  z.discriminatedUnion("isLate", [
    view.extend({ isLate: z.literal(false) }),
    z.object({ isLate: z.literal(true), messageId: z.guid() }),
  ]),
);
/** Asked again, the same answer. */
export const interviewFinalize = rpc(
  "interview.finalize",
  z.object({ principal, interviewId }),
  view.extend({ made: z.object({ worldId, specification: worldSpecification }) }),
);
