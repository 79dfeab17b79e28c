/** Every command the game knows: the parser, help, suggestions and documentation come from this table. */
export type CommandSpec = {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly usage: string;
  readonly help: string;
  readonly group: "Movement" | "Perception" | "Speech" | "Worlds" | "Help";
};

const direction = <Name extends string>(name: Name, alias: string) => ({
  name,
  aliases: [alias],
  usage: `${name} [steps]`,
  help: `Go one step ${name}. A watcher may say how many steps, up to 10,000.`,
  group: "Movement" as const,
});

const table = [
  direction("north", "n"),
  direction("northeast", "ne"),
  direction("east", "e"),
  direction("southeast", "se"),
  direction("south", "s"),
  direction("southwest", "sw"),
  direction("west", "w"),
  direction("northwest", "nw"),
  direction("up", "u"),
  direction("down", "d"),
  {
    name: "go",
    aliases: ["move"],
    usage: "go <direction> [steps]",
    help: "The long way to say a direction: `go north`.",
    group: "Movement",
  },
  { name: "walk", aliases: [], usage: "walk [direction]", help: "Go at a walk from now on.", group: "Movement" },
  {
    name: "run",
    aliases: [],
    usage: "run [direction]",
    help: "Run from now on: twice the stamina for each metre.",
    group: "Movement",
  },
  {
    name: "sneak",
    aliases: [],
    usage: "sneak [direction]",
    help: "Sneak from now on: half again the stamina for each metre.",
    group: "Movement",
  },
  {
    name: "face",
    aliases: ["turn"],
    usage: "face [direction]",
    help: "Turn, or tell where you look.",
    group: "Movement",
  },
  {
    name: "enter",
    aliases: [],
    usage: "enter <portal or world>",
    help: "Step through a portal: `enter west`, `enter Verdance`.",
    group: "Movement",
  },
  {
    name: "lobby",
    aliases: ["leave", "exit", "hub"],
    usage: "lobby",
    help: "Go back to the lobby.",
    group: "Movement",
  },
  {
    name: "look",
    aliases: ["l", "examine", "inspect", "ex"],
    usage: "look [at] [what]",
    help: "Look around, or at a thing, a person, a direction, the sky or yourself.",
    group: "Perception",
  },
  { name: "map", aliases: [], usage: "map", help: "Show the land around you.", group: "Perception" },
  {
    name: "weather",
    aliases: [],
    usage: "weather [near|forecast]",
    help: "Tell how warm it is here, what wind blows and what falls; `weather near` the sky around, `weather forecast` what is coming. A world's owner calls for rain, snow, storm, clear, wind, warm or cold: `weather rain`.",
    group: "Perception",
  },
  {
    name: "time",
    aliases: [],
    usage: "time",
    help: "Tell the hour, the day and the season here, where the sun and the moons stand, and how fast time runs.",
    group: "Perception",
  },
  {
    name: "who",
    aliases: ["players", "online"],
    usage: "who",
    help: "List who is in the worlds now.",
    group: "Perception",
  },
  { name: "worlds", aliases: [], usage: "worlds", help: "List the worlds there are.", group: "Perception" },
  {
    name: "say",
    aliases: ["'"],
    usage: "say <words>",
    help: "Speak to those within 20 metres. `'hello` does the same.",
    group: "Speech",
  },
  {
    name: "whisper",
    aliases: [],
    usage: "whisper <who> <words>",
    help: "Speak so that only one person, within 5 metres, hears it.",
    group: "Speech",
  },
  { name: "shout", aliases: [], usage: "shout <words>", help: "Speak to those within 100 metres.", group: "Speech" },
  {
    name: "tell",
    aliases: ["message", "msg", "pm"],
    usage: "tell <who> <words>",
    help: "Speak to one player, wherever they are.",
    group: "Speech",
  },
  {
    name: "reply",
    aliases: ["r"],
    usage: "reply <words>",
    help: "Answer whoever told you something last.",
    group: "Speech",
  },
  {
    name: "emote",
    aliases: [":", "me"],
    usage: "emote <what you do>",
    help: "Show what you do: `emote waves` or `:waves`.",
    group: "Speech",
  },
  {
    name: "world",
    aliases: [],
    usage: "world [info|map|pause|resume|speed <factor>]",
    help: "Tell what world this is and how its time runs, or show the whole of it with `world map`. Its owner stops its time with `world pause`, lets it go on with `world resume`, and makes it run 0.1 to 100 times as fast as his own with `world speed 10`.",
    group: "Worlds",
  },
  {
    name: "help",
    aliases: ["commands", "?"],
    usage: "help [command]",
    help: "Explain a command, or list them all.",
    group: "Help",
  },
] as const satisfies readonly CommandSpec[];

export const commands: readonly CommandSpec[] = table;
export type CommandName = (typeof table)[number]["name"];

const byWord = new Map<string, CommandName>(
  table.flatMap((spec) => [spec.name, ...spec.aliases].map((word) => [word, spec.name] as const)),
);

export function commandNamed(word: string): CommandName | undefined {
  return byWord.get(word);
}

export function specOf(name: CommandName): CommandSpec {
  return table.find((spec) => spec.name === name) ?? table[0];
}

/** Whoever is in a world whose time stands still can still look around, talk and leave. */
export function worksWhilePaused(name: CommandName): boolean {
  const { group } = specOf(name);
  if (group === "Movement") return name === "face" || name === "enter" || name === "lobby";
  return group === "Perception" || group === "Speech" || group === "Worlds" || group === "Help";
}

export const commandWords: readonly string[] = [...byWord.keys()];
