import type { CommandsResponse } from "#core/protocol/commands.ts";

/** A command as the server's registry tells it (`GET /api/game/commands`). */
export type CommandInfo = Pick<
  CommandsResponse["commands"][number],
  "name" | "aliases" | "usage" | "help" | "arguments"
>;

/** What is around and can be named in a command. */
export type Known = {
  readonly people: readonly string[];
  readonly things: readonly string[];
  readonly places: readonly string[];
};

export type Completion = {
  /** What the whole line becomes. */
  readonly text: string;
  /** What this adds, as it is offered. */
  readonly label: string;
  readonly hint: string;
};

export const completionsMax = 6;

/** Clockwise. */
export const compass = ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"] as const;

export const directions = [...compass, "up", "down"] as const;
export type Direction = (typeof directions)[number];

/**
 * How a half-written line may go on: the command while its first word is written, then what its arguments may be. The command that is wanted most
 * often comes first, as the registry has them in that order.
 */
export function completionsOf(line: string, commands: readonly CommandInfo[], known: Known): Completion[] {
  const text = line.trimStart();
  if (text === "") return [];
  if (!/\s/u.test(text)) return commandCompletions(text.toLowerCase(), commands);
  const [, word = "", typed = ""] = /^(\S+)\s+(.*)$/u.exec(text) ?? [];
  const command = commandNamed(word, commands);
  if (command === undefined) return [];
  const { before, part, wanted } = argumentAt(typed, command);
  return optionsFor(wanted, commands, known)
    .filter((option) => begins(option, part) && option.toLowerCase() !== part.toLowerCase())
    .slice(0, completionsMax)
    .map((option) => ({ text: `${word} ${before}${option} `, label: option, hint: "" }));
}

export function commandNamed(word: string, commands: readonly CommandInfo[]): CommandInfo | undefined {
  const wanted = word.toLowerCase();
  return commands.find(({ name, aliases }) => name === wanted || aliases.includes(wanted));
}

function commandCompletions(word: string, commands: readonly CommandInfo[]): Completion[] {
  const found = commands.flatMap((command) => {
    if (command.name.startsWith(word)) return [{ command, rank: 0 }];
    return command.aliases.some((alias) => alias.length > 1 && alias.startsWith(word)) ? [{ command, rank: 1 }] : [];
  });
  return found
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, completionsMax)
    .map(({ command: { name, usage, arguments: wanted } }) => ({
      text: wanted.length > 0 ? `${name} ` : name,
      label: name,
      hint: shortened(usage.slice(name.length).trim()),
    }));
}

const hintMax = 40;
const shortened = (hint: string): string => (hint.length > hintMax ? `${hint.slice(0, hintMax - 1)}…` : hint);

type Argument = CommandInfo["arguments"][number];

/** What is being typed: the words before it, and which arguments it may be. One that may be left out may be the next one as well. */
function argumentAt(typed: string, { arguments: all }: CommandInfo) {
  const words = typed.split(/\s+/u);
  const choice = all[0]?.kind === "choice" ? all[0] : undefined;
  const taken = choice?.choices?.find(({ word }) => word === words[0]?.toLowerCase());
  const isPastChoice = taken !== undefined && words.length > 1;
  const [, before = "", part = typed] = /^(.*\s(?:to|from|in|into|with)\s+)(.*)$/u.exec(` ${typed}`) ?? [];
  if (before !== "") return { before: before.trimStart(), part, wanted: all.slice(1) };
  if (isPastChoice) return { before: `${words[0]} `, part: words.slice(1).join(" "), wanted: all.slice(1) };
  const first = all[0]?.optional === true ? all.slice(0, 2) : all.slice(0, 1);
  return { before: "", part: typed, wanted: first };
}

function optionsFor(wanted: readonly Argument[], commands: readonly CommandInfo[], known: Known): string[] {
  return [...new Set(wanted.flatMap((argument) => optionsOf(argument, commands, known)))];
}

function optionsOf({ kind, choices }: Argument, commands: readonly CommandInfo[], known: Known): readonly string[] {
  switch (kind) {
    case "direction":
      return directions;
    case "person":
      return known.people;
    case "thing":
      return known.things;
    case "place":
      return known.places;
    case "target":
      return [...known.people, ...known.things, ...known.places];
    case "command":
      return commands.map(({ name }) => name);
    case "choice":
      return choices?.map(({ word }) => word) ?? [];
    case "number":
    case "words":
      return [];
  }
}

/** By its beginning, or by that of any of its words: "sword" finds "iron sword". */
function begins(option: string, part: string): boolean {
  const [name, wanted] = [option.toLowerCase(), part.toLowerCase()];
  return name.startsWith(wanted) || name.split(" ").some((word) => wanted !== "" && word.startsWith(wanted));
}

const simple = (name: string, kind?: Argument["kind"]): CommandInfo => ({
  name,
  aliases: [],
  usage: name,
  help: "",
  arguments: kind === undefined ? [] : [{ name: "what", kind, optional: true }],
});

/** Until the server has told its own. */
export const basicCommands: readonly CommandInfo[] = [
  ...directions.map((name) => simple(name)),
  simple("look", "target"),
  simple("say", "words"),
  simple("tell", "person"),
  simple("help", "command"),
];
