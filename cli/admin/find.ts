import type { UserRow } from "#core/ports/oversight.ts";
import { AppError } from "#core/lib/errors.ts";
import { type CharacterId, isUuid, type WorldId } from "#core/lib/ids.ts";
import type { CharacterRecord } from "#core/character/model.ts";
import type { WorldRecord } from "#core/world/spec.ts";
import type { AdminContext } from "./context.ts";

/** By id, username or e-mail address. */
export async function findUser(ctx: AdminContext, text: string): Promise<UserRow> {
  const user = await ctx.administration.user(text);
  if (user === null) throw new AppError("NOT_FOUND", `There is no user "${text}".`);
  return user;
}

/** By id, or by a name that only one has. */
export async function findWorld(ctx: AdminContext, text: string): Promise<WorldRecord> {
  const id = text.toLowerCase();
  if (isUuid(id)) {
    const world = await ctx.worlds.get(id as WorldId);
    if (world !== null) return world;
  }
  const named = (await ctx.worlds.list()).filter(({ name }) => name.toLowerCase() === id);
  if (named.length > 1) throw new AppError("CONFLICT", `${named.length} worlds are called "${text}". Use an id.`);
  if (named[0] === undefined) throw new AppError("NOT_FOUND", `There is no world "${text}".`);
  return named[0];
}

/** By id: names of characters are nobody's alone. */
export async function findCharacter(ctx: AdminContext, text: string): Promise<CharacterRecord> {
  const id = text.toLowerCase();
  const character = isUuid(id) ? await ctx.characters.get(id as CharacterId) : null;
  if (character === null)
    throw new AppError("NOT_FOUND", `There is no character "${text}". Give its id: characters list.`);
  return character;
}
