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
  {
    name: "guide",
    aliases: ["tutorial"],
    group: "Help",
    arguments: [
      {
        name: "what",
        kind: "choice",
        isOptional: true,
        choices: [{ word: "next" }, { word: "off" }, { word: "on" }],
      },
    ],
    help: "Hints for the first minutes, one at a time: `guide` says the present one again, `guide next` skips it, `guide off` ends them, `guide on` begins anew.",
    rights: "anyone",
    cost: "nothing",
    worksWhilePaused: true,
  },
] as const satisfies readonly CommandSpec[];
