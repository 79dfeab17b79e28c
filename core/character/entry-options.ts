import type { Principal } from "../account/model.ts";
import { AppError } from "../lib/errors.ts";
import type { NpcId, WorldId } from "../lib/ids.ts";
import type { Characters } from "../ports/characters.ts";
import type { Worlds } from "../ports/worlds.ts";
import { appearanceOf, historyOf } from "../world/inhabitants/portrait.ts";
import { societyOf } from "../world/inhabitants/society.ts";
import type { WorldRecord } from "../world/spec.ts";
import { type Kind, kindsOf } from "./attributes.ts";

/** One who lives in the world and may be played. */
export type Inhabitant = {
  readonly id: NpcId;
  readonly name: string;
  readonly species: string;
  readonly occupation: string;
  /** A short history. */
  readonly description: string;
  readonly appearance: string;
};

export type EntryOptions = {
  readonly canEnterAsWatcher: boolean;
  readonly canCreateCustom: boolean;
  /** Those who are nobody's character yet, always in the same order; none for who has somebody there already. */
  readonly inhabitants: readonly Inhabitant[];
  readonly species: readonly Kind[];
};

/** In which ways this user may come to the world. The world need not be awake, or even finished, to tell. */
export async function entryOptions(
  ctx: { characters: Characters; worlds: Worlds },
  input: { principal: Principal; worldId: WorldId },
): Promise<EntryOptions> {
  const world = await ctx.worlds.get(input.worldId);
  if (world === null) throw new AppError("NOT_FOUND", "There is no such world.");
  const existing = await ctx.characters.ofHome(input.principal.userId, world.id);
  return {
    canEnterAsWatcher: existing === null || existing.role === "watcher",
    canCreateCustom: existing === null,
    inhabitants: existing === null ? inhabitantsOf(world, await ctx.characters.inhabited(world.id)) : [],
    species: kindsOf(world.spec),
  };
}

function inhabitantsOf({ id, spec }: WorldRecord, played: ReadonlySet<NpcId>): Inhabitant[] {
  const society = societyOf(id, spec);
  const free = society.persons.filter((person) => !played.has(person.id));
  return free.map((person) => ({
    id: person.id,
    name: person.name,
    species: person.species,
    occupation: person.occupation,
    description: historyOf(society, person),
    appearance: appearanceOf(society, person),
  }));
}
