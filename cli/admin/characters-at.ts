import { readBiography } from "#core/character/biography/read-biography.ts";
import { AppError } from "#core/lib/errors.ts";
import type { PastMoment } from "#core/protocol/character-history.ts";
import type { Command } from "./command.ts";
import { findCharacter } from "./find.ts";
import { momentOf } from "./moment.ts";
import { table } from "./table.ts";

export const charactersAt: Command = {
  name: "characters at",
  usage: "<character> <version or time>",
  about: "A character as it was, from its own events.",
  positionals: 2,
  async run(ctx, { positionals: [text = "", when = ""] }) {
    const { id } = await findCharacter(ctx, text);
    const life = await readBiography(ctx.characterLog, id, thenOf(when));
    if (life === null) throw new AppError("NOT_FOUND", "This character had not begun then.");
    const fields = Object.entries(life).map(([field, value]) => ({ field, value }));
    return { json: life, text: table(fields, "") };
  },
};

function thenOf(when: string): PastMoment {
  return /^\d+$/u.test(when) ? { version: Number(when) } : { atMs: momentOf("<version or time>", when) };
}
