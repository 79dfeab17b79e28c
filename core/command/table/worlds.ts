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
          { word: "simulate", value: "years", rights: shaping },
          { word: "reset", value: "name of the world", rights: shaping },
        ],
      },
    ],
    help: "Tell what world this is and how its time runs, or show the whole of it with `world map`. Its owner stops its time with `world pause`, lets it go on with `world resume`, and makes it run 0.1 to 100 times as fast as his own with `world speed 10`. `world simulate 5` lets five years pass at once. `world reset`, with the world's whole name after it, begins its time anew: land and people stay, and what lies about, the weather and the years are gone.",
    rights: "anyone",
    cost: "nothing",
    worksWhilePaused: true,
  },
  {
    name: "create",
    aliases: [],
    group: "Worlds",
    arguments: [
      { name: "what", kind: "choice", choices: [{ word: "world" }, { word: "character", value: "name> <species" }] },
    ],
    help: "Begin a world with `create world`: the statue in the lobby asks you about it. Or begin somebody of your own in the world where you are with `create character Mira Elf`; from elsewhere, add where: `create character Mira Elf in Hearthvale`. A name of several words stands in quotes.",
    rights: "anyone",
    cost: "nothing",
    worksWhilePaused: true,
    leadsAway: true,
  },
  {
    name: "watcher",
    aliases: [],
    group: "Worlds",
    arguments: [{ name: "world", kind: "place" }],
    help: "Watch a world without a body, unseen by those who live there: `watcher Hearthvale`. Whoever plays somebody in it cannot watch it as well.",
    rights: "anyone",
    cost: "nothing",
    worksWhilePaused: true,
    leadsAway: true,
  },
] as const satisfies readonly CommandSpec[];
