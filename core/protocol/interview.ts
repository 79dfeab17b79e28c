import * as z from "zod";
import { worldSpecification } from "./world-specification.ts";

const sessionId = z.guid().toLowerCase();

export const interviewMessageRequest = z.object({ session_id: sessionId, message: z.string().max(2_000) });
export const interviewFinalizeRequest = z.object({ session_id: sessionId });

export const interviewStartResponse = z.object({ session_id: z.guid(), question: z.string() });
export type InterviewStartResponse = z.infer<typeof interviewStartResponse>;

export const interviewActiveResponse = z.object({
  session_id: z.guid(),
  status: z.literal("in_progress"),
  question: z.string(),
  /** Everything that was said, oldest first. */
  conversation: z.array(z.object({ role: z.enum(["statue", "player"]), text: z.string() })),
});
export type InterviewActiveResponse = z.infer<typeof interviewActiveResponse>;

export const interviewMessageResponse = z.object({
  question: z.string(),
  /** Nothing more is asked: the world is there, or the player has quit. */
  completed: z.boolean(),
  /** Of the world that was made. */
  world_id: z.guid().optional(),
});
export type InterviewMessageResponse = z.infer<typeof interviewMessageResponse>;

export const interviewFinalizeResponse = worldSpecification.extend({ world_id: z.guid() });
export type InterviewFinalizeResponse = z.infer<typeof interviewFinalizeResponse>;
