import type { CommandSpec } from "../spec.ts";

export const livingCommands = [
  {
    name: "ecosystem",
    aliases: ["eco"],
    group: "Living things",
    arguments: [
      {
        name: "what",
        kind: "choice",
        isOptional: true,
        choices: [
          { word: "status" },
          { word: "log" },
          { word: "lineage", value: "animal" },
          { word: "spawn", value: "species", rights: "shaper" },
          { word: "breed", value: "animals", rights: "shaper" },
        ],
      },
    ],
    help: "Tell what lives wild around here and how many of each there are, with `eco log` what has happened to them lately, and with `eco lineage deer` the parents and young of one that you see. A world's owner brings an animal there with `eco spawn deer`, and lets two have young with `eco breed deer-1 deer-2`.",
    rights: "anyone",
    cost: "nothing",
    worksWhilePaused: true,
  },
] as const satisfies readonly CommandSpec[];
