import type { Principal } from "../account/model.ts";
import type { CharacterId } from "../lib/ids.ts";
import type { CharacterLog } from "../ports/character-log.ts";
import type { Characters } from "../ports/characters.ts";
import { type HistoryPage, historyPageMax } from "../protocol/character-history.ts";
import { fromStoredBiography } from "./biography/stored.ts";
import { knownCharacter } from "./own-character.ts";

/** What happened to a character, the newest first, for whose it is and for admins. `before`: a version; null: from the newest. */
export async function readHistory(
  ctx: { characters: Characters; characterLog: CharacterLog },
  input: { principal: Principal; characterId: CharacterId; before: number | null; limit: number },
): Promise<HistoryPage> {
  const { id } = await knownCharacter(ctx, input);
  const limit = Math.min(historyPageMax, Math.max(1, input.limit));
  const stored = await ctx.characterLog.readBack(id, input.before ?? Infinity, limit);
  const last = stored.at(-1)?.version ?? 1;
  return {
    events: stored.map((event) => ({ version: event.version, ...fromStoredBiography(event) })),
    next: last > 1 ? last : null,
  };
}
