import type { Counts } from "#adapters/postgres/administration.ts";
import { endSessions } from "#core/account/end-sessions.ts";
import { ask } from "./ask.ts";
import type { Command } from "./command.ts";

export const wipe: Command = {
  name: "wipe",
  usage: "[--yes | --dry-run]",
  about: "Deletes all users with what is theirs, every world but the system's, and everything that happened.",
  positionals: 0,
  options: { yes: { type: "boolean" }, "dry-run": { type: "boolean" } },
  async run(ctx, { values }) {
    const counts = await ctx.administration.count(ctx.systemWorlds);
    if (values["dry-run"] === true) return { json: counts, text: `Would delete ${inWords(counts)}.` };
    if (values["yes"] !== true) await ask(`This deletes ${inWords(counts)}, for good.`, "wipe");
    // Where sessions are kept elsewhere, they do not go with their users.
    for (const { id } of await ctx.administration.users(counts.users)) await endSessions(ctx, id);
    const deleted = await ctx.administration.wipe(ctx.systemWorlds);
    const all = { ...deleted, sessions: counts.sessions };
    return { json: all, text: `Deleted ${inWords(all)}.` };
  },
};

function inWords(counts: Counts): string {
  return Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(", ");
}
