import { AppError } from "#core/lib/errors.ts";
import { ask } from "./ask.ts";
import type { Command } from "./command.ts";
import { findWorld } from "./find.ts";

export const worldsDelete: Command = {
  name: "worlds delete",
  usage: "<world> [--yes]",
  about: "Deletes a world with its log and the characters at home in it. <world>: id or name.",
  positionals: 1,
  options: { yes: { type: "boolean" } },
  async run(ctx, { positionals: [text = ""], values }) {
    const { id, name } = await findWorld(ctx, text);
    if (ctx.systemWorlds.includes(id)) throw new AppError("CONFLICT", `${name} is the system's and stays.`);
    if (values["yes"] !== true) await ask(`This deletes the world ${name} (${id}), for good.`, "delete");
    if (!(await ctx.administration.deleteWorld(id))) throw new AppError("NOT_FOUND", `${name} is gone already.`);
    return { json: { id, name }, text: `${name} is deleted.` };
  },
};
