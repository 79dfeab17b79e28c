import { chainedMax, chainSign } from "./parse.ts";
import { commands, shortcuts } from "./registry.ts";
import { repeatSign } from "./repeat.ts";
import { type Argument, type CommandSpec, commandGroups, phraseOf, type Rights, usageOf } from "./spec.ts";

const rightsWords: Readonly<Record<Rights, string>> = {
  anyone: "anyone",
  embodied: "whoever has a body; watchers do not",
  shaper: "the world's owner and admins; in a sandbox everyone",
};

/** The page of all commands, in Markdown. `docs/commands.md` is this text. */
export function manual(): string {
  return [
    "# Commands",
    "Made from `core/command/registry.ts` by `node scripts/commands-doc.ts`. Clients get the same from `GET /api/game/commands`.",
    "## The line",
    ...lineRules().map((rule) => `- ${rule}`),
    ...commandGroups.flatMap((group) => {
      const specs = commands.filter((spec) => spec.group === group);
      return specs.length === 0 ? [] : [`## ${group}`, ...specs.flatMap(entry)];
    }),
  ]
    .reduce((text, block) => text + (block.startsWith("- ") && /(?:^|\n)- .*$/u.test(text) ? "\n" : "\n\n") + block)
    .concat("\n");
}

function lineRules(): string[] {
  const signs = shortcuts.map(({ sign, command }) => `\`${sign}\` is \`${command}\``);
  return [
    "The first word says what to do, in any case. `<…>` must be there, `[…]` may be.",
    'A name of several words stands in quotes: `whisper "Old Tom" good morning`.',
    `Up to ${chainedMax} commands go on one line, with \`${chainSign}\` between them: \`north; look; face east\`. What ends in free words takes the rest of the line.`,
    `\`${repeatSign}\` alone repeats the last line.`,
    `Short forms that need no space: ${signs.join(", ")}.`,
    "While a world's time stands still, only what says so works.",
  ];
}

function entry(spec: CommandSpec): string[] {
  const narrower = spec.arguments.flatMap(restrictions);
  return [
    `### ${spec.name}`,
    `\`${usageOf(spec)}\``,
    spec.help,
    spec.aliases.length > 0 ? `- Also: ${spec.aliases.map((alias) => `\`${alias}\``).join(", ")}` : "",
    `- Who may: ${[rightsWords[spec.rights], ...narrower].join("; ")}`,
    spec.cost === "stamina" ? "- Costs stamina" : "",
    spec.worksWhilePaused ? "- Works while time stands still" : "",
  ].filter((block) => block !== "");
}

function restrictions({ choices = [] }: Argument): string[] {
  const byRights = Map.groupBy(
    choices.filter(({ rights }) => rights !== undefined),
    ({ rights }) => rights,
  );
  return [...byRights].map(
    ([rights, some]) =>
      `${some.map((choice) => `\`${phraseOf(choice)}\``).join(", ")}: ${rightsWords[rights ?? "anyone"]}`,
  );
}
