import type { CommandSpec } from "../spec.ts";

const shaping = "shaper" as const;

export const worldCommands = [
  {
    name: "world",
    aliases: [],
    group: "Worlds",
    arguments: [
      {
        name: "what",
        kind: "choice",
        isOptional: true,
        choices: [
          { word: "info" },
          { word: "map" },
          { word: "pause", rights: shaping },
          { word: "resume", rights: shaping },
          { word: "speed", value: "factor", rights: shaping },
        ],
      },
    ],
    help: "Tell what world this is and how its time runs, or show the whole of it with `world map`. Its owner stops its time with `world pause`, lets it go on with `world resume`, and makes it run 0.1 to 100 times as fast as his own with `world speed 10`.",
    rights: "anyone",
    cost: "nothing",
    worksWhilePaused: true,
  },
] as const satisfies readonly CommandSpec[];
