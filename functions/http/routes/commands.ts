import { Hono } from "hono";
import { chainedMax, chainSign } from "#core/command/parse.ts";
import { commands, shortcuts } from "#core/command/registry.ts";
import { repeatSign } from "#core/command/repeat.ts";
import { type CommandSpec, usageOf } from "#core/command/spec.ts";
import type { CommandsResponse } from "#core/protocol/commands.ts";
import type { HttpEnv } from "../env.ts";

/** The same for everyone, and until the next release. */
const response: CommandsResponse = {
  commands: commands.map(entryOf),
  shortcuts: [...shortcuts],
  chain: { sign: chainSign, commands_max: chainedMax },
  repeat: repeatSign,
};

export function commandRoutes(): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get("/commands", (c) => c.json(response));
  return app;
}

function entryOf(spec: CommandSpec): CommandsResponse["commands"][number] {
  const { name, aliases, group, help, rights, cost, worksWhilePaused } = spec;
  return {
    name,
    aliases: [...aliases],
    group,
    usage: usageOf(spec),
    help,
    arguments: spec.arguments.map(({ isOptional = false, choices, ...rest }) => ({
      ...rest,
      optional: isOptional,
      ...(choices !== undefined && { choices: [...choices] }),
    })),
    rights,
    cost,
    works_while_paused: worksWhilePaused,
  };
}
