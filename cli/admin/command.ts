import { type ParseArgsConfig, parseArgs } from "node:util";
import { type ExitCode, UsageError } from "../run.ts";
import type { AdminContext } from "./context.ts";

export type Values = Readonly<Record<string, string | boolean | undefined>>;

/** What a command has to say: the same for a program and for a person. */
export type Answer = { readonly json: unknown; readonly text: string; readonly exitCode?: ExitCode };

export type Command = {
  /** As it is typed: `users ban`. */
  readonly name: string;
  /** What follows the name, for the help: `<user> [--limit N]`. */
  readonly usage: string;
  readonly about: string;
  readonly positionals: number;
  readonly options?: NonNullable<ParseArgsConfig["options"]>;
  /** What it says while it runs goes to `say`. */
  run(ctx: AdminContext, given: { readonly positionals: readonly string[]; readonly values: Values }): Promise<Answer>;
};

export type Given = { readonly command: Command; readonly positionals: readonly string[]; readonly values: Values };

/** Finds the command and what was given to it. Throws a UsageError of one line. */
export function parseCommand(commands: readonly Command[], args: readonly string[]): Given {
  const command = commands.find(({ name }) => name.split(" ").every((word, index) => args[index] === word));
  if (command === undefined) {
    const typed = args.filter((each) => !each.startsWith("-")).join(" ");
    throw new UsageError(`There is no command "${typed}". See: npm run admin -- --help`);
  }
  const { values, positionals } = parseArgs({
    args: args.slice(command.name.split(" ").length),
    options: { ...command.options, json: { type: "boolean" } },
    allowPositionals: true,
  });
  if (positionals.length !== command.positionals) {
    throw new UsageError(`Usage: npm run admin -- ${command.name} ${command.usage}`.trimEnd());
  }
  return { command, positionals, values };
}

/** A whole number of an option, or what stands for it where it was not given. */
export function numberOf<Absent>(values: Values, name: string, absent: Absent): number | Absent {
  const value = values[name];
  if (value === undefined) return absent;
  if (typeof value !== "string" || !/^\d{1,15}$/.test(value)) throw new UsageError(`--${name} must be a whole number.`);
  return Number(value);
}
