import type { GameMessage } from "#core/protocol/frames-out.ts";

/** "note": what this client says itself. The others say what a thing on the map is. */
export type Meaning =
  | GameMessage["type"]
  | "note"
  | "prompt"
  | "you"
  | "person"
  | "water"
  | "green"
  | "bare"
  | "portal";

/** Puts a text into the colour of what it means. Whatever it means is in its words and signs as well. */
export type Paint = (meaning: Meaning, text: string) => string;

export const plain: Paint = (_, text) => text;

/** From the sixteen colours that everybody has set to what he can read. */
const codes: Readonly<Partial<Record<Meaning, string>>> = {
  speech: "36",
  speech_self: "36",
  emote: "36",
  dialogue: "36",
  whisper: "35",
  whisper_self: "35",
  tell: "1;35",
  tell_self: "35",
  combat: "31",
  error: "31",
  crafting_error: "31",
  crafting_success: "32",
  arrival: "33",
  departure: "33",
  weather: "34",
  time: "34",
  system: "2",
  note: "2",
  prompt: "2",
  area_description: "1",
  you: "1;7",
  person: "1;33",
  portal: "1;35",
  water: "34",
  green: "32",
  bare: "33",
};

export const coloured: Paint = (meaning, text) => {
  const code = codes[meaning];
  return code === undefined || text === "" ? text : `\u001B[${code}m${text}\u001B[0m`;
};
