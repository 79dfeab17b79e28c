import * as z from "zod";
import type { WorldId } from "../lib/ids.ts";

/** A request with one answer. The bus decides whether it crosses a process. Failures are `AppError`s and keep their code. */
export type Rpc<Input, Output> = {
  readonly subject: string;
  readonly input: z.ZodType<Input>;
  readonly output: z.ZodType<Output>;
};

export function rpc<Input, Output>(
  subject: string,
  input: z.ZodType<Input>,
  output: z.ZodType<Output>,
): Rpc<Input, Output> {
  return { subject, input, output };
}

/** News may be lost; the log may not. */
export type News<Message> = { readonly subject: string; readonly message: z.ZodType<Message> };

const lookInput = z.object({ characterId: z.string() });
const lookOutput = z.object({ text: z.string() });

/** Answered by the owner of the world: what the place looks like to this character, in words. */
export const worldLook = (worldId: WorldId): Rpc<z.infer<typeof lookInput>, z.infer<typeof lookOutput>> => ({
  subject: `world.look.${worldId}`,
  input: lookInput,
  output: lookOutput,
});

export const tickMessage = z.object({
  worldId: z.string(),
  tickNumber: z.int(),
  gameTimeMs: z.number(),
  realTimeMs: z.number(),
  /** Game seconds per real second just now: 0 while the world is paused, less than its owner asked for while it is stretched. */
  dilationFactor: z.number(),
  isPaused: z.boolean(),
  /** 0.1 … 1: the share of its pace that a world keeps which its worker cannot keep up with. */
  stretch: z.number(),
  timeOfDay: z.string(),
  sunPosition: z.object({ altitude: z.number(), azimuth: z.number() }),
  currentSeason: z.string(),
  seasonProgress: z.number(),
  fence: z.int(),
});
export type TickMessage = z.infer<typeof tickMessage>;

export const worldTick = (worldId: WorldId): News<TickMessage> => ({
  subject: `world.tick.${worldId}`,
  message: tickMessage,
});

/** A world is free: its owner has given it up in good order. Whoever it belongs to takes it at once. */
export const worldFreed: News<{ worldId: string }> = {
  subject: "world.freed",
  message: z.object({ worldId: z.string() }),
};

const generatingMessage = z.object({ worldId: z.string(), stage: z.string(), share: z.number() });

/** How far a world's planet is, 0 … 1, told a few times a second by whoever makes it. */
export const worldGenerating: News<z.infer<typeof generatingMessage>> = {
  subject: "world.generating",
  message: generatingMessage,
};

const sessionRevoked = z.object({ sessionId: z.string() });

/** A session has ended: whoever holds sockets of it closes them. */
export const authRevoked: News<z.infer<typeof sessionRevoked>> = {
  subject: "auth.revoked",
  message: sessionRevoked,
};
