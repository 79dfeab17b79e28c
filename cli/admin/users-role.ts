import { setRole } from "#core/account/set-role.ts";
import { UsageError } from "../run.ts";
import type { Command } from "./command.ts";
import { findUser } from "./find.ts";

export const usersRole: Command = {
  name: "users role",
  usage: "<user> user|admin",
  about: "Gives a user another role, and ends the sessions that have the old one.",
  positionals: 2,
  async run(ctx, { positionals: [user = "", role] }) {
    if (role !== "user" && role !== "admin") throw new UsageError("A role is user or admin.");
    const { id, username } = await findUser(ctx, user);
    const sessionsEnded = await setRole(ctx, id, role);
    return {
      json: { id, username, role, sessionsEnded },
      text: `${username} is ${role}; ${sessionsEnded} sessions ended.`,
    };
  },
};
