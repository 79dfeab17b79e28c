import { type Command, numberOf } from "./command.ts";
import { table } from "./table.ts";

export const usersList: Command = {
  name: "users list",
  usage: "[--limit N]",
  about: "Users, oldest first (100 unless told).",
  positionals: 0,
  options: { limit: { type: "string" } },
  async run(ctx, { values }) {
    const users = await ctx.administration.users(numberOf(values, "limit", 100));
    return { json: users, text: table(users, "There are no users.") };
  },
};
