import type { Principal } from "../account/model.ts";
import type { CharacterId } from "../lib/ids.ts";
import type { Characters } from "../ports/characters.ts";
import { ownCharacter } from "./own-character.ts";
import { type Skills, skillsOf } from "./skills.ts";

/** As of the last turn that was committed: the row is written with the events that teach. */
export async function getSkills(
  ctx: { characters: Characters },
  input: { principal: Principal; characterId: CharacterId },
): Promise<Skills> {
  const { life } = await ownCharacter(ctx, input);
  return skillsOf(life?.xp ?? {});
}
