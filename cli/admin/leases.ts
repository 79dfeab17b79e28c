import type { Command } from "./command.ts";
import { table } from "./table.ts";

export const leases: Command = {
  name: "leases",
  usage: "",
  about: "Which worker owns which world, with its fence, and for how long.",
  positionals: 0,
  async run(ctx) {
    const rows = await ctx.administration.leases();
    return { json: rows, text: table(rows, "No world has ever been owned.") };
  },
};
