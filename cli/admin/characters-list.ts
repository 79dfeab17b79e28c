import type { Command } from "./command.ts";
import { findUser } from "./find.ts";
import { table } from "./table.ts";

export const charactersList: Command = {
  name: "characters list",
  usage: "<user>",
  about: "A user's characters, last played first: by id, username or e-mail address.",
  positionals: 1,
  async run(ctx, { positionals: [text = ""] }) {
    const { id: userId } = await findUser(ctx, text);
    const rows = (await ctx.characters.ofUser(userId)).map(
      ({ id, name, role, species, worldId, hasArrived, lastPlayedAtMs }) => ({
        id,
        name,
        role,
        species,
        worldId,
        hasArrived,
        lastPlayedAt: lastPlayedAtMs === null ? null : new Date(lastPlayedAtMs).toISOString(),
      }),
    );
    return { json: rows, text: table(rows, "This user has no characters.") };
  },
};
