/** Who may. "embodied": whoever has a body, so no watchers. "shaper": a world's owner and admins, or everyone where it is a sandbox. */
export type Rights = "anyone" | "embodied" | "shaper";

/** One of the words that an argument may be. */
export type Choice = {
  readonly word: string;
  /** What follows the word, as in `speed <factor>`. */
  readonly value?: string;
  /** Where they are narrower than those of the command. */
  readonly rights?: Rights;
};

/** What a client may offer while somebody types. */
export type Argument = {
  readonly name: string;
  /** "words" is the last argument, and takes the rest of the line as it is: quotes, semicolons and all. */
  readonly kind: "direction" | "number" | "person" | "thing" | "target" | "place" | "command" | "choice" | "words";
  readonly isOptional?: boolean;
  /** Of the kind "choice". */
  readonly choices?: readonly Choice[];
};

export const commandGroups = [
  "Movement",
  "Perception",
  "Speech",
  "Things",
  "Fighting",
  "Living things",
  "Worlds",
  "Help",
] as const;
export type CommandGroup = (typeof commandGroups)[number];

/** All that is said of a command anywhere: the parser, help, completion, suggestions and the manual follow from it. */
export type CommandSpec = {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly group: CommandGroup;
  readonly arguments: readonly Argument[];
  readonly help: string;
  readonly rights: Rights;
  /** What doing it takes from a body. */
  readonly cost: "nothing" | "stamina";
  /** While the world's time stands still it can be done as well. */
  readonly worksWhilePaused: boolean;
  /** Whoever does it may be elsewhere afterwards: nothing can follow it in the same line. */
  readonly leadsAway?: boolean;
};

/** "whisper <who> <words>" */
export function usageOf({ name, arguments: wanted }: CommandSpec): string {
  return [name, ...wanted.map(placeholderOf)].join(" ");
}

function placeholderOf({ name, isOptional = false, choices }: Argument): string {
  const inside = choices === undefined ? name : choices.map(phraseOf).join("|");
  return isOptional ? `[${inside}]` : `<${inside}>`;
}

/** "speed <factor>" */
export const phraseOf = ({ word, value }: Choice): string => (value === undefined ? word : `${word} <${value}>`);
