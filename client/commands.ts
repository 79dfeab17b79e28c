/** A command as the server's registry tells it. */
export type CommandInfo = {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly usage: string;
  readonly help: string;
  readonly group: string;
};

export type Completion = {
  /** What the line becomes. */
  readonly text: string;
  readonly hint: string;
};

export const completionsMax = 8;

/** Commands that are followed by somebody or something that is here. */
const takesName =
  /^(?:look|l|examine|inspect|ex|whisper|tell|message|msg|pm|give|get|take|attack|talk|follow|enter)\b/u;

/**
 * How a half-written line may go on: the command while its first word is written, then the names of what is here. In the order of the
 * registry, which is that of how often they are needed; the exact word first.
 */
export function completionsOf(
  line: string,
  { commands, names }: { readonly commands: readonly CommandInfo[]; readonly names: readonly string[] },
): Completion[] {
  const text = line.trimStart();
  if (text === "") return [];
  if (!/\s/u.test(text)) return commandCompletions(text.toLowerCase(), commands);
  if (!takesName.test(text.toLowerCase())) return [];
  const [, before = "", typed = ""] = /^(\S+\s+(?:at\s+)?)(.*)$/u.exec(text) ?? [];
  const wanted = typed.toLowerCase();
  return names
    .filter((name) => name.toLowerCase().startsWith(wanted) && name.toLowerCase() !== wanted)
    .slice(0, completionsMax)
    .map((name) => ({ text: `${before}${name} `, hint: "" }));
}

function commandCompletions(word: string, commands: readonly CommandInfo[]): Completion[] {
  const found = commands.flatMap((command) => {
    const match = [command.name, ...command.aliases].find((name) => name.startsWith(word) && name.length > 1);
    return match === undefined ? [] : [{ command, isName: match === command.name }];
  });
  return found
    .toSorted((a, b) => Number(b.isName) - Number(a.isName))
    .slice(0, completionsMax)
    .map(({ command: { name, usage } }) => ({
      text: /[<[]/u.test(usage) ? `${name} ` : name,
      hint: usage === name ? "" : usage.slice(name.length).trim(),
    }));
}

/** Before the server has told its own, and where it does not: the words that every visit needs. */
export const basicCommands: readonly CommandInfo[] = (
  [
    ["look", "look [at] [what]", "l examine inspect"],
    ["say", "say <words>", "'"],
    ["north", "north [steps]", "n"],
    ["east", "east [steps]", "e"],
    ["south", "south [steps]", "s"],
    ["west", "west [steps]", "w"],
    ["northeast", "northeast [steps]", "ne"],
    ["northwest", "northwest [steps]", "nw"],
    ["southeast", "southeast [steps]", "se"],
    ["southwest", "southwest [steps]", "sw"],
    ["up", "up [steps]", "u"],
    ["down", "down [steps]", "d"],
    ["enter", "enter <portal or world>", ""],
    ["lobby", "lobby", "leave exit hub"],
    ["tell", "tell <who> <words>", "message msg pm"],
    ["reply", "reply <words>", "r"],
    ["whisper", "whisper <who> <words>", ""],
    ["shout", "shout <words>", ""],
    ["emote", "emote <what you do>", ": me"],
    ["who", "who", "players online"],
    ["worlds", "worlds", ""],
    ["weather", "weather [near|forecast]", ""],
    ["time", "time", ""],
    ["map", "map", ""],
    ["walk", "walk [direction]", ""],
    ["run", "run [direction]", ""],
    ["sneak", "sneak [direction]", ""],
    ["face", "face [direction]", "turn"],
    ["help", "help [command]", "commands ?"],
  ] as const
).map(([name, usage, aliases]) => ({
  name,
  usage,
  aliases: aliases.split(" ").filter((alias) => alias !== ""),
  help: "",
  group: "",
}));
