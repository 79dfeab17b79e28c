import type { Choice, CommandSpec } from "../spec.ts";

const open = { group: "Perception", rights: "anyone", cost: "nothing", worksWhilePaused: true } as const;

const called = ["rain", "snow", "storm", "clear", "wind", "warm", "cold"].map((word): Choice => ({
  word,
  rights: "shaper",
}));

export const perceptionCommands = [
  {
    ...open,
    name: "look",
    aliases: ["l", "examine", "inspect", "ex"],
    arguments: [
      { name: "at", kind: "choice", isOptional: true, choices: [{ word: "at" }] },
      { name: "what", kind: "target", isOptional: true },
    ],
    help: "Look around, or at a thing, a person, a direction, the sky or yourself. `look in pouch` tells what is in it.",
  },
  { ...open, name: "map", aliases: [], arguments: [], help: "Show the land around you." },
  {
    ...open,
    name: "weather",
    aliases: [],
    arguments: [
      {
        name: "of what",
        kind: "choice",
        isOptional: true,
        choices: [{ word: "near" }, { word: "forecast" }, ...called],
      },
    ],
    help: "Tell how warm it is here, what wind blows and what falls; `weather near` the sky around, `weather forecast` what is coming. A world's owner calls for rain, snow, storm, clear, wind, warm or cold: `weather rain`.",
  },
  {
    ...open,
    name: "time",
    aliases: [],
    arguments: [],
    help: "Tell the hour, the day and the season here, where the sun and the moons stand, and how fast time runs.",
  },
  {
    ...open,
    name: "who",
    aliases: ["players", "online"],
    arguments: [],
    help: "List who is in the worlds now.",
  },
  { ...open, name: "worlds", aliases: [], arguments: [], help: "List the worlds there are." },
] as const satisfies readonly CommandSpec[];
