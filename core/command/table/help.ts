import type { CommandSpec } from "../spec.ts";

export const helpCommands = [
  {
    name: "help",
    aliases: ["commands", "?"],
    group: "Help",
    arguments: [{ name: "command", kind: "command", isOptional: true }],
    help: "Explain a command, or list them all.",
    rights: "anyone",
    cost: "nothing",
    worksWhilePaused: true,
  },
] as const satisfies readonly CommandSpec[];
