import type { Principal } from "../account/model.ts";
import type { CharacterId } from "../lib/ids.ts";
import type { Characters } from "../ports/characters.ts";
import { ownCharacter } from "./own-character.ts";
import { type Skills, untrained } from "./skills.ts";

/** Nothing in the world teaches yet, so every character knows what it was born with. */
export async function getSkills(
  ctx: { characters: Characters },
  input: { principal: Principal; characterId: CharacterId },
): Promise<Skills> {
  await ownCharacter(ctx, input);
  return untrained;
}
