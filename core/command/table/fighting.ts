import type { CommandSpec } from "../spec.ts";

const fighting = { group: "Fighting", rights: "embodied", cost: "stamina", worksWhilePaused: false } as const;
const about = { group: "Fighting", rights: "anyone", cost: "nothing", worksWhilePaused: true } as const;

export const fightingCommands = [
  {
    ...fighting,
    name: "attack",
    aliases: ["hit", "fight", "kill"],
    arguments: [{ name: "who", kind: "person" }],
    help: "Go for somebody, with what is in your hand. Another player has to agree: they are asked, and agree with `attack` in turn. Nobody dies of it.",
  },
  {
    ...fighting,
    name: "defend",
    aliases: ["guard", "block"],
    arguments: [],
    help: "Guard yourself for some seconds: you are hit more rarely and less hard, and do not strike.",
  },
  {
    ...fighting,
    name: "flee",
    aliases: [],
    arguments: [],
    help: "Get away from a fight. It may fail.",
  },
  {
    ...about,
    name: "status",
    aliases: ["stats", "score"],
    arguments: [],
    help: "Tell how you are: health, stamina, focus, attributes and what you carry.",
  },
  {
    ...about,
    name: "skills",
    aliases: ["skill"],
    arguments: [],
    help: "Tell what you have learnt, and what is missing to the next level. Skills grow by use; the same again at once teaches less.",
  },
] as const satisfies readonly CommandSpec[];
