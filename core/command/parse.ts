import { plainText } from "../lib/text.ts";
import type { CommandData } from "../protocol/frames-in.ts";
import { isRepeat } from "./repeat.ts";
import { type CommandName, commandNamed, shortcuts, specOf, takesWords } from "./registry.ts";

export type ParsedCommand =
  | { readonly kind: "command"; readonly name: CommandName; readonly rest: string }
  | { readonly kind: "unknown"; readonly word: string }
  | { readonly kind: "empty" };

export type ParsedLine =
  | { readonly kind: "commands"; readonly commands: readonly ParsedCommand[] }
  /** Nothing of it is done: why not, in words for the player. */
  | { readonly kind: "refused"; readonly why: string };

/** Commands of one line. */
export const chainedMax = 8;
export const chainSign = ";";

/** What a player would have typed. */
export function textOf(command: CommandData): string {
  if ("text" in command) return command.text;
  const { action, recipient, target, quantity, message } = command;
  // Something for somebody: `give 3 coins to Ana`.
  if (recipient && target && !message) return [action, quantity, target, "to", recipient].filter(Boolean).join(" ");
  const who = recipient ?? target ?? undefined;
  // Quotes only where words follow: `look "marble statue"` would look for the quotes as well.
  const isFollowed = (message ?? "") !== "";
  return [action, who === undefined || !isFollowed ? who : quoted(who), quantity, message]
    .filter((part) => part !== null && part !== undefined && part !== "")
    .join(" ");
}

/** What was typed: commands between semicolons. A command that ends in free words takes the rest of the line. */
export function parseLine(text: string): ParsedLine {
  if (isRepeat(text)) return refused("There is nothing to repeat: you have said nothing here yet.");
  const commands: ParsedCommand[] = [];
  let left = withoutSigns(tidy(text));
  while (left !== "") {
    const parsed = parseCommand(left);
    const isLast = parsed.kind === "command" && takesWords(parsed.name);
    const end = isLast ? -1 : chainEnd(left);
    const part = end === -1 ? left : left.slice(0, end);
    left = end === -1 ? "" : withoutSigns(left.slice(end + 1));
    commands.push(end === -1 ? parsed : parseCommand(part));
    if (commands.length > chainedMax) return refused(`A line has at most ${chainedMax} commands.`);
  }
  const leaving = commands.slice(0, -1).find((each) => each.kind === "command" && specOf(each.name).leadsAway === true);
  if (leaving?.kind === "command")
    return refused(`\`${leaving.name}\` leads away from here: let it be the last of the line.`);
  return { kind: "commands", commands: commands.length === 0 ? [{ kind: "empty" }] : commands };
}

/** One command, without regard to semicolons. */
export function parseCommand(text: string): ParsedCommand {
  const line = tidy(text);
  if (line === "") return { kind: "empty" };
  const sign = line.startsWith("’") ? "'" : line.charAt(0);
  const shortcut = shortcuts.find((each) => each.sign === sign);
  if (shortcut) return { kind: "command", name: shortcut.command, rest: line.slice(1).trim() };
  const space = line.indexOf(" ");
  const word = (space === -1 ? line : line.slice(0, space)).toLowerCase();
  const name = commandNamed(word);
  if (name === undefined) return { kind: "unknown", word };
  return { kind: "command", name, rest: space === -1 ? "" : line.slice(space + 1) };
}

/** Splits `<who> <words>`; a name of several words stands in quotes. */
export function splitTarget(rest: string): { target: string; words: string } {
  const match = /^"([^"]*)"\s*(.*)$/u.exec(rest) ?? /^(\S+)\s*(.*)$/u.exec(rest);
  return { target: match?.[1]?.trim() ?? "", words: match?.[2] ?? "" };
}

const tidy = (text: string): string => plainText(text).replaceAll(/\s+/gu, " ").trim();
const withoutSigns = (line: string): string => line.replace(/^[;\s]+/u, "");
const refused = (why: string): ParsedLine => ({ kind: "refused", why });

/** Where the first command of the line ends: at a semicolon that does not stand in quotes. -1: with the line. */
function chainEnd(line: string): number {
  // A quote that is never closed is one that somebody typed by mistake.
  const isQuoting = line.split('"').length % 2 === 1;
  let isInQuotes = false;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"' && isQuoting) isInQuotes = !isInQuotes;
    else if (line[i] === chainSign && !isInQuotes) return i;
  }
  return -1;
}

const quoted = (name: string): string => (/\s/u.test(name) ? `"${name.replaceAll('"', "")}"` : name);
