import { type MapMode, mapModes } from "./arguments.ts";

export type Local = {
  say(text: string): void;
  mapMode(): MapMode;
  setMapMode(mode: MapMode): void;
  showMap(mode: MapMode): void;
  takeBack(): void;
};

const help = [
  "/map: the map now. /map asked, always, words or never: when it is shown, and how.",
  "/back: goes on here after you went on elsewhere.",
  "/quit (or Ctrl-D): leaves the game.",
  'Everything else goes to the game. "help" tells what it understands; Tab completes, the arrows bring back what you typed.',
];

/** Does what begins with a slash; the game sees nothing of it. */
export function localCommand(line: string, local: Local): "leave" | "done" {
  const [word = "", argument] = line.trim().split(/\s+/u);
  if (!word.startsWith("/")) return "done";
  if (word === "/quit") return "leave";
  if (word === "/map") changeMap(argument, local);
  else if (word === "/back") local.takeBack();
  else if (word === "/help") help.forEach((each) => local.say(each));
  else local.say(`There is no ${word} here. /help tells what there is.`);
  return "done";
}

function changeMap(argument: string | undefined, local: Local): void {
  if (argument === undefined) {
    const mode = local.mapMode();
    return local.showMap(mode === "never" ? "asked" : mode);
  }
  const mode = mapModes.find((each) => each === argument);
  if (mode === undefined) return local.say(`The map is shown ${mapModes.join(", ")}.`);
  local.setMapMode(mode);
  return local.say(`The map is shown ${modeWords[mode]}.`);
}

const modeWords: Readonly<Record<MapMode, string>> = {
  asked: "when you ask for it",
  always: "with every step",
  words: "in words, when you ask for it",
  never: "never",
};
