import { fromStoredBiography } from "#core/character/biography/stored.ts";
import { type Command, numberOf } from "./command.ts";
import { findCharacter } from "./find.ts";
import { table } from "./table.ts";

const usualLimit = 50;
const limitMax = 1000;

export const charactersHistory: Command = {
  name: "characters history",
  usage: "<character> [--before N] [--limit N]",
  about: "What happened to a character, the newest first, from before a version.",
  positionals: 1,
  options: { before: { type: "string" }, limit: { type: "string" } },
  async run(ctx, { positionals: [text = ""], values }) {
    const { id } = await findCharacter(ctx, text);
    const limit = Math.min(limitMax, numberOf(values, "limit", usualLimit));
    const stored = await ctx.characterLog.readBack(id, numberOf(values, "before", Infinity), limit);
    const rows = stored.map((each) => {
      const { event, metadata } = fromStoredBiography(each);
      const { type, ...what } = event;
      return { version: each.version, at: new Date(metadata.atMs).toISOString(), type, what };
    });
    return { json: rows, text: table(rows, "Nothing happened before that.") };
  },
};
