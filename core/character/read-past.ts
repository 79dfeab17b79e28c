import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { CharacterId } from "../lib/ids.ts";
import type { CharacterLog } from "../ports/character-log.ts";
import type { Characters } from "../ports/characters.ts";
import type { PastMoment } from "../protocol/character-history.ts";
import type { Biography } from "./biography/model.ts";
import { readBiography } from "./biography/read-biography.ts";
import { knownCharacter } from "./own-character.ts";

/** A character as it was, for whose it is and for admins. NOT_FOUND before it began, and for a version that is still to come. */
export async function readPast(
  ctx: { characters: Characters; characterLog: CharacterLog },
  input: { principal: Principal; characterId: CharacterId; moment: PastMoment },
): Promise<Biography> {
  const { id } = await knownCharacter(ctx, input);
  const { version = Infinity } = input.moment;
  const life = await readBiography(ctx.characterLog, id, input.moment);
  if (life === null) throw new AppError("NOT_FOUND", "This character had not begun then.");
  if (version !== Infinity && life.version < version)
    throw new AppError("NOT_FOUND", `Nothing further than version ${life.version} has happened to this character.`);
  return life;
}
