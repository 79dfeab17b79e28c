import type { CommandSpec } from "../spec.ts";

const steps = { name: "steps", kind: "number", isOptional: true } as const;
const way = { name: "direction", kind: "direction", isOptional: true } as const;

const onFoot = { group: "Movement", rights: "anyone", cost: "stamina", worksWhilePaused: false } as const;
const inPlace = { ...onFoot, cost: "nothing" } as const;

const direction = <Name extends string>(name: Name, alias: string) => ({
  ...onFoot,
  name,
  aliases: [alias],
  arguments: [steps],
  help: `Go one step ${name}. A watcher may say how many steps, up to 10,000.`,
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
    arguments: [{ name: "direction", kind: "direction" }, steps],
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
