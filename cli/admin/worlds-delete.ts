import { randomUUID } from "node:crypto";
import { AppError } from "#core/lib/errors.ts";
import { operator } from "#core/world/act-on-world.ts";
import { ask } from "./ask.ts";
import type { Command } from "./command.ts";
import { findWorld } from "./find.ts";

export const worldsDelete: Command = {
  name: "worlds delete",
  usage: "<world> [--purge] [--yes]",
  about:
    "Ends a world: whoever is there goes to the lobby, its log stays. --purge, and where no worker can be asked: with its log, at once.",
  positionals: 1,
  options: { yes: { type: "boolean" }, purge: { type: "boolean" } },
  async run(ctx, { positionals: [text = ""], values }) {
    const { id, name } = await findWorld(ctx, text);
    if (ctx.systemWorlds.includes(id)) throw new AppError("CONFLICT", `${name} is the system's and stays.`);
    if (values["yes"] !== true) await ask(`This deletes the world ${name} (${id}), for good.`, "delete");
    if (ctx.isOnline && values["purge"] !== true) {
      await ctx.worldVerbs.delete({ principal: operator, requestId: randomUUID(), worldId: id });
      return { json: { id, name }, text: `${name} ends as soon as everyone has left it.` };
    }
    if (!(await ctx.administration.deleteWorld(id))) throw new AppError("NOT_FOUND", `${name} is gone already.`);
    return { json: { id, name }, text: `${name} is deleted.` };
  },
};
