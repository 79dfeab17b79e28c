import { beginDeletion } from "#core/account/delete-account.ts";
import { ask } from "./ask.ts";
import type { Command } from "./command.ts";
import { findUser } from "./find.ts";

export const usersDelete: Command = {
  name: "users delete",
  usage: "<user> [--yes]",
  about: "Ends a user's sessions and has everything that is only theirs erased, by an auth worker or the one process.",
  positionals: 1,
  options: { yes: { type: "boolean" } },
  async run(ctx, { positionals: [user = ""], values }) {
    const { id, username } = await findUser(ctx, user);
    if (values["yes"] !== true) await ask(`This deletes ${username} (${id}), for good.`, "delete");
    const hasBegun = await beginDeletion(ctx, id, null);
    const text = hasBegun ? `${username} is being deleted.` : `${username} is being deleted already.`;
    return { json: { id, username, hasBegun }, text };
  },
};
