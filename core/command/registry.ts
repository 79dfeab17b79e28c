import { assert } from "../lib/assert.ts";
import type { CommandSpec } from "./spec.ts";
import { fightingCommands } from "./table/fighting.ts";
import { helpCommands } from "./table/help.ts";
import { livingCommands } from "./table/living.ts";
import { movementCommands } from "./table/movement.ts";
import { perceptionCommands } from "./table/perception.ts";
import { speechCommands } from "./table/speech.ts";
import { thingCommands } from "./table/things.ts";
import { worldCommands } from "./table/worlds.ts";

/** In the order in which help and the manual list them. */
const table = [
  ...movementCommands,
  ...perceptionCommands,
  ...speechCommands,
  ...thingCommands,
  ...fightingCommands,
  ...livingCommands,
  ...worldCommands,
  ...helpCommands,
] as const;

/** Every command the game knows. */
export const commands: readonly CommandSpec[] = table;
export type CommandName = (typeof table)[number]["name"];

const byWord = new Map<string, CommandName>(
  table.flatMap((spec) => [spec.name, ...spec.aliases].map((word) => [word, spec.name] as const)),
);
const byName = new Map<string, CommandSpec>(commands.map((spec) => [spec.name, spec]));

export function commandNamed(word: string): CommandName | undefined {
  return byWord.get(word);
}

export function specOf(name: CommandName): CommandSpec {
  const spec = byName.get(name);
  assert(spec !== undefined, `the command ${name} has no entry`);
  return spec;
}

/** All that follows on the line belongs to it, semicolons too. */
export function takesWords(name: CommandName): boolean {
  return specOf(name).arguments.at(-1)?.kind === "words";
}

export const commandWords: readonly string[] = [...byWord.keys()];

/** Signs that stand for a command without a space after them. */
export const shortcuts: readonly { readonly sign: string; readonly command: CommandName }[] = [...byWord]
  .filter(([word]) => /^[^\p{L}]$/u.test(word))
  .map(([sign, command]) => ({ sign, command }));
