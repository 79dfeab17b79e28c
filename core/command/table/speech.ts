import type { CommandSpec } from "../spec.ts";

const words = { name: "words", kind: "words" } as const;
const who = { name: "who", kind: "person" } as const;

const aloud = { group: "Speech", rights: "embodied", cost: "nothing", worksWhilePaused: true } as const;
const toPlayers = { ...aloud, rights: "anyone" } as const;

export const speechCommands = [
  {
    ...aloud,
    name: "say",
    aliases: ["'"],
    arguments: [words],
    help: "Speak to those within 20 metres. `'hello` does the same.",
  },
  {
    ...aloud,
    name: "whisper",
    aliases: [],
    arguments: [who, words],
    help: "Speak so that only one person, within 5 metres, hears it.",
  },
  { ...aloud, name: "shout", aliases: [], arguments: [words], help: "Speak to those within 100 metres." },
  {
    ...toPlayers,
    name: "tell",
    aliases: ["message", "msg", "pm"],
    arguments: [who, words],
    help: "Speak to one player, wherever they are.",
  },
  {
    ...toPlayers,
    name: "reply",
    aliases: ["r"],
    arguments: [words],
    help: "Answer whoever told you something last.",
  },
  {
    ...aloud,
    name: "talk",
    aliases: [],
    arguments: [who, { ...words, isOptional: true }],
    help: "Speak with somebody who lives here: `talk Mira`, `talk smith what is your work`.",
    worksWhilePaused: false,
  },
  {
    ...aloud,
    name: "emote",
    aliases: [":", "me"],
    arguments: [{ name: "what you do", kind: "words" }],
    help: "Show what you do: `emote waves` or `:waves`.",
  },
] as const satisfies readonly CommandSpec[];
