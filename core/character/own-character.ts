import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { CharacterId } from "../lib/ids.ts";
import type { Characters } from "../ports/characters.ts";
import type { CharacterRecord } from "./model.ts";

/** The character if it is there (NOT_FOUND) and belongs to who asks (FORBIDDEN). */
export async function ownCharacter(
  ctx: { characters: Characters },
  input: { principal: Principal; characterId: CharacterId },
): Promise<CharacterRecord> {
  const character = await ctx.characters.get(input.characterId);
  if (character === null) throw new AppError("NOT_FOUND", "There is no such character.");
  if (character.userId !== input.principal.userId) throw new AppError("FORBIDDEN", "That character is not yours.");
  return character;
}

/** As `ownCharacter`, and for an admin anybody's. */
export async function knownCharacter(
  ctx: { characters: Characters },
  input: { principal: Principal; characterId: CharacterId },
): Promise<CharacterRecord> {
  if (input.principal.role !== "admin") return ownCharacter(ctx, input);
  const character = await ctx.characters.get(input.characterId);
  if (character === null) throw new AppError("NOT_FOUND", "There is no such character.");
  return character;
}
