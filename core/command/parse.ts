import { plainText } from "../lib/text.ts";
import type { CommandData } from "../protocol/frames-in.ts";
import { type CommandName, commandNamed } from "./registry.ts";

export type ParsedCommand =
  | { readonly kind: "command"; readonly name: CommandName; readonly rest: string }
  | { readonly kind: "unknown"; readonly word: string }
  | { readonly kind: "empty" };

/** What a player would have typed. */
export function textOf(command: CommandData): string {
  if ("text" in command) return command.text;
  const { action, recipient, target, quantity, message } = command;
  const who = recipient ?? target ?? undefined;
  // Quotes only where words follow: `look "marble statue"` would look for the quotes as well.
  const isFollowed = (message ?? "") !== "";
  return [action, who === undefined || !isFollowed ? who : quoted(who), quantity, message]
    .filter((part) => part !== null && part !== undefined && part !== "")
    .join(" ");
}

export function parseCommand(text: string): ParsedCommand {
  const line = plainText(text).replaceAll(/\s+/gu, " ").trim();
  if (line === "") return { kind: "empty" };
  const shortcut = /^(['’:?])\s*(.*)$/u.exec(line);
  if (shortcut) {
    const name = commandNamed(shortcut[1] === "’" ? "'" : (shortcut[1] ?? ""));
    if (name !== undefined) return { kind: "command", name, rest: shortcut[2] ?? "" };
  }
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

const quoted = (name: string): string => (/\s/u.test(name) ? `"${name.replaceAll('"', "")}"` : name);
