import type { Command } from "./command.ts";
import { table } from "./table.ts";

export const worldsPopulation: Command = {
  name: "worlds population",
  usage: "",
  about: "How many characters are at home in each world, are there just now, and are awake; things on its ground.",
  positionals: 0,
  async run(ctx) {
    const worlds = await ctx.administration.population();
    return { json: worlds, text: table(worlds, "There are no worlds.") };
  },
};
