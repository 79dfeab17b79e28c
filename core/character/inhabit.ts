import { AppError } from "../lib/errors.ts";
import type { CreateCharacterRequest } from "../protocol/character.ts";
import { appearanceOf, historyOf } from "../world/inhabitants/portrait.ts";
import { societyOf } from "../world/inhabitants/society.ts";
import type { WorldRecord } from "../world/spec.ts";
import { attributesOf, rollVariance, templateOfPeople } from "./attributes.ts";
import type { Birth } from "./biography/model.ts";
import type { CharacterRecord } from "./model.ts";

type Lived = Required<
  Pick<CharacterRecord, "npcId" | "name" | "species" | "appearance" | "description" | "occupation" | "attributes">
> & { readonly birth: Birth };

/** Somebody who lives in the world, as a character: with name, looks, history and nature as everyone there knows them. Null where a newcomer is wanted. */
export function inhabit(request: CreateCharacterRequest, { id, spec }: WorldRecord): Lived | null {
  if (request.npc_id === undefined) return null;
  if (request.role !== "player") throw refused("role", "Only a player can be somebody who lives there.");
  const society = societyOf(id, spec);
  const person = society.persons.find((one) => one.id === request.npc_id);
  if (person === undefined) throw new AppError("NOT_FOUND", "Nobody by that id lives in this world.");
  if (Object.keys(request.attributes ?? {}).length > 0)
    throw refused("attributes", "Whoever lives there is as life has made him: leave the attributes out.");
  const variance = rollVariance(person.seed);
  return {
    npcId: person.id,
    name: person.name,
    species: person.species,
    appearance: appearanceOf(society, person),
    description: historyOf(society, person),
    occupation: person.occupation,
    attributes: attributesOf(templateOfPeople(society.peoples[person.people]!), variance, {}),
    birth: { variance, bought: {} },
  };
}

function refused(path: string, message: string): AppError {
  return new AppError("INVALID_INPUT", message, { details: [{ path, message }] });
}
