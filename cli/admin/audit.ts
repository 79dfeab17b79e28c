import { type Command, numberOf } from "./command.ts";
import { findUser } from "./find.ts";
import { table } from "./table.ts";

export const audit: Command = {
  name: "audit",
  usage: "[--user <user>] [--limit N]",
  about: "Who registered, logged in, failed to, changed a password or was ended, newest first (100 unless told).",
  positionals: 0,
  options: { user: { type: "string" }, limit: { type: "string" } },
  async run(ctx, { values }) {
    const { user } = values;
    const userId = typeof user === "string" ? (await findUser(ctx, user)).id : null;
    const records = await ctx.audit.list({ userId, limit: numberOf(values, "limit", 100) });
    const events = records.map(({ number, atMs, type, userId: of, sessionId, address }) => ({
      number,
      at: new Date(atMs).toISOString(),
      type,
      userId: of,
      sessionId,
      address,
    }));
    return { json: events, text: table(events, "Nothing has happened.") };
  },
};
