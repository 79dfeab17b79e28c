import * as z from "zod";

const argument = z.object({
  name: z.string(),
  kind: z.enum(["direction", "number", "person", "thing", "target", "place", "command", "choice", "words"]),
  optional: z.boolean(),
  /** Of the kind "choice": the words it may be, each with what follows it and who may, where that differs. */
  choices: z
    .array(
      z.object({
        word: z.string(),
        value: z.string().optional(),
        rights: z.enum(["anyone", "embodied", "shaper"]).optional(),
      }),
    )
    .optional(),
});

/** What a client needs to complete, explain and check a line while it is typed. */
export const commandsResponse = z.object({
  commands: z.array(
    z.object({
      name: z.string(),
      aliases: z.array(z.string()),
      group: z.string(),
      usage: z.string(),
      help: z.string(),
      arguments: z.array(argument),
      rights: z.enum(["anyone", "embodied", "shaper"]),
      cost: z.enum(["nothing", "stamina"]),
      works_while_paused: z.boolean(),
    }),
  ),
  shortcuts: z.array(z.object({ sign: z.string(), command: z.string() })),
  /** Between the commands of one line, and how many there may be. */
  chain: z.object({ sign: z.string(), commands_max: z.int() }),
  /** Alone on a line: the last one again. */
  repeat: z.string(),
});
export type CommandsResponse = z.infer<typeof commandsResponse>;
