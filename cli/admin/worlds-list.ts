import type { Command } from "./command.ts";
import { table } from "./table.ts";

export const worldsList: Command = {
  name: "worlds list",
  usage: "",
  about: "Worlds, with how many events and characters they have.",
  positionals: 0,
  async run(ctx) {
    const worlds = await ctx.administration.worlds();
    return { json: worlds, text: table(worlds, "There are no worlds.") };
  },
};
