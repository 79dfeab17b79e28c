import { ban, unban } from "#core/account/ban.ts";
import type { Command } from "./command.ts";
import { findUser } from "./find.ts";

export const usersBan: Command = {
  name: "users ban",
  usage: "<user>",
  about: "Ends a user's sessions and lets them in no more. <user>: id, username or e-mail address.",
  positionals: 1,
  async run(ctx, { positionals: [user = ""] }) {
    const { id, username } = await findUser(ctx, user);
    const sessionsEnded = await ban(ctx, id);
    return { json: { id, username, sessionsEnded }, text: `${username} is banned; ${sessionsEnded} sessions ended.` };
  },
};

export const usersUnban: Command = {
  name: "users unban",
  usage: "<user>",
  about: "Lets a banned user log in again.",
  positionals: 1,
  async run(ctx, { positionals: [user = ""] }) {
    const { id, username } = await findUser(ctx, user);
    await unban(ctx, id);
    return { json: { id, username }, text: `${username} may log in again.` };
  },
};
