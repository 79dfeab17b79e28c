import * as z from "zod";
import { numberMax } from "./world-input.ts";

/** Largest frame a client may send, in bytes of UTF-8. */
export const frameInBytesMax = 32 * 1024;
/** Largest command text, in bytes of UTF-8. */
export const commandTextBytesMax = 1024;

/** Names a command for ever: sent again after a reconnect, it is not run again. */
const commandId = z.string().min(1).max(64);
/** Counts the commands and resumes of one connection, from 1, in the order in which they are sent. */
const n = z
  .int()
  .min(1)
  .max(numberMax - 1)
  .optional();
const word = z.string().max(commandTextBytesMax);

const textCommand = z.object({ text: z.string(), id: commandId.optional(), n });

/** The older structured form. It is turned into the text a player would have typed and runs through the same rules. */
const structuredCommand = z.object({
  action: z.string().min(1).max(64),
  target: word.nullish(),
  quantity: z.number().int().min(1).max(10_000).nullish(),
  message: word.nullish(),
  recipient: word.nullish(),
  id: commandId.optional(),
  n,
});

export const frameIn = z.discriminatedUnion("type", [
  z.object({ type: z.literal("command"), data: z.union([textCommand, structuredCommand]) }),
  z.object({ type: z.literal("ping") }),
  z.object({ type: z.literal("resume"), data: z.object({ after: z.number().int().min(0), n }) }),
]);

export type FrameIn = z.infer<typeof frameIn>;
export type CommandData = Extract<FrameIn, { type: "command" }>["data"];
