import type { CommandSpec } from "../spec.ts";

const steps = { name: "steps", kind: "number", isOptional: true } as const;
const toward = { name: "direction", kind: "direction" } as const;
const way = { name: "direction", kind: "direction", isOptional: true } as const;

const onFoot = { group: "Movement", rights: "anyone", cost: "stamina", worksWhilePaused: false } as const;
const inPlace = { ...onFoot, cost: "nothing" } as const;

const direction = <Name extends string>(name: Name, alias: string) => ({
  ...onFoot,
  name,
  aliases: [alias],
  arguments: [steps],
  help: `Go one step ${name}, or so many: \`${name} 20\` walks on by itself in the world's own time, until it is done, \`stop\` is said, or something is in the way. Up to 10,000 steps; a watcher is there at once.`,
});

export const movementCommands = [
  direction("north", "n"),
  direction("northeast", "ne"),
  direction("east", "e"),
  direction("southeast", "se"),
  direction("south", "s"),
  direction("southwest", "sw"),
  direction("west", "w"),
  direction("northwest", "nw"),
  direction("up", "u"),
  direction("down", "d"),
  {
    ...onFoot,
    name: "go",
    aliases: ["move"],
    arguments: [toward, steps],
    help: "The long way to say a direction: `go north`.",
  },
  { ...onFoot, name: "walk", aliases: [], arguments: [way], help: "Go at a walk from now on." },
  {
    ...onFoot,
    name: "run",
    aliases: [],
    arguments: [way],
    help: "Run from now on: twice the stamina for each metre.",
  },
  {
    ...onFoot,
    name: "sneak",
    aliases: [],
    arguments: [way],
    help: "Sneak from now on: half again the stamina for each metre.",
  },
  {
    ...onFoot,
    name: "swim",
    aliases: [],
    arguments: [toward, steps],
    help: "Swim into water and on: `swim north 10`. It is hard work, less so for whoever has learnt it. At the shore you stop.",
  },
  {
    ...onFoot,
    name: "climb",
    aliases: [],
    arguments: [toward, steps],
    help: "Climb up or down what is too steep to walk: `climb north`. Slow and tiring; how steep it may be depends on Agility and on what you have learnt.",
  },
  {
    ...inPlace,
    name: "fly",
    aliases: [],
    arguments: [
      { name: "way", kind: "choice", isOptional: true, choices: [{ word: "up" }, { word: "down" }] },
      { name: "metres", kind: "number", isOptional: true },
    ],
    help: "Rise, come down, or go to a height over the ground: `fly up`, `fly down`, `fly 50`. For those who can: watchers and admins.",
  },
  {
    ...inPlace,
    name: "stop",
    aliases: ["halt"],
    arguments: [],
    help: "Stand still, if you are on your way somewhere.",
    worksWhilePaused: true,
  },
  {
    ...inPlace,
    name: "face",
    aliases: ["turn"],
    arguments: [way],
    help: "Turn, or tell where you look.",
    worksWhilePaused: true,
  },
  {
    ...inPlace,
    name: "enter",
    aliases: [],
    arguments: [{ name: "portal or world", kind: "place" }],
    help: "Step through a portal: `enter west`, `enter Verdance`.",
    worksWhilePaused: true,
    leadsAway: true,
  },
  {
    ...inPlace,
    name: "lobby",
    aliases: ["leave", "exit", "hub"],
    arguments: [],
    help: "Go back to the lobby.",
    worksWhilePaused: true,
    leadsAway: true,
  },
] as const satisfies readonly CommandSpec[];
