import * as z from "zod";
import { worldSpecification } from "./world-specification.ts";

const sessionId = z.guid().toLowerCase();

/** How far a world is; `share` of the whole, 0 … 1, `stage` null before the first. */
export const interviewMaking = z.object({ world_id: z.guid(), stage: z.string().nullable(), share: z.number() });
export type InterviewMaking = z.infer<typeof interviewMaking>;

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
  /** While its world is being made: the question then says so in words. */
  making: interviewMaking.optional(),
});
export type InterviewActiveResponse = z.infer<typeof interviewActiveResponse>;

export const interviewMessageResponse = z.object({
  question: z.string(),
  /** Nothing more is asked: the world is there, or the player has quit. */
  completed: z.boolean(),
  /** Of the world that was made. */
  world_id: z.guid().optional(),
  making: interviewMaking.optional(),
});
export type InterviewMessageResponse = z.infer<typeof interviewMessageResponse>;

/** The message is kept. The answer is late: it comes on the socket, and to `active`. */
export const interviewLateResponse = z.object({ message_id: z.guid() });
export type InterviewLateResponse = z.infer<typeof interviewLateResponse>;

/** `world_status`: whether one can go there already; `making` while one cannot. */
export const interviewFinalizeResponse = worldSpecification.extend({
  world_id: z.guid(),
  world_status: z.enum(["making", "made"]),
  making: interviewMaking.optional(),
});
export type InterviewFinalizeResponse = z.infer<typeof interviewFinalizeResponse>;
