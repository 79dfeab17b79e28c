import { endSessions } from "#core/account/end-sessions.ts";
import type { Command } from "./command.ts";
import { findUser } from "./find.ts";
import { table } from "./table.ts";

export const sessionsList: Command = {
  name: "sessions list",
  usage: "<user>",
  about: "A user's sessions that are in force, newest first.",
  positionals: 1,
  async run(ctx, { positionals: [user = ""] }) {
    const { id, username } = await findUser(ctx, user);
    const sessions = (await ctx.sessions.ofUser(id, ctx.clock.nowMs())).map((session) => ({
      id: session.id,
      createdAt: new Date(session.createdAtMs).toISOString(),
      expiresAt: new Date(session.expiresAtMs).toISOString(),
    }));
    return { json: sessions, text: table(sessions, `${username} has no session.`) };
  },
};

export const sessionsEnd: Command = {
  name: "sessions end",
  usage: "<user>",
  about: "Ends all of a user's sessions; they may log in again.",
  positionals: 1,
  async run(ctx, { positionals: [user = ""] }) {
    const { id, username } = await findUser(ctx, user);
    const sessionsEnded = await endSessions(ctx, id);
    return { json: { id, username, sessionsEnded }, text: `${sessionsEnded} sessions of ${username} ended.` };
  },
};
