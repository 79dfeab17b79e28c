import type { Principal } from "../account/model.ts";
import type { Characters } from "../ports/characters.ts";
import type { CharacterRecord } from "./model.ts";

/** Last played first. */
export function listCharacters(ctx: { characters: Characters }, principal: Principal): Promise<CharacterRecord[]> {
  return ctx.characters.ofUser(principal.userId);
}
