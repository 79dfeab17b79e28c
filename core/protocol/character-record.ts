import * as z from "zod";
import { attributeNames, roles } from "./character.ts";
import { life } from "./life.ts";
import { characterId, npcId, userId, worldId } from "./record-ids.ts";

const vector = z.object({ x: z.number(), y: z.number(), z: z.number() });

/** A character as it is known inside. Times are milliseconds since 1970. */
export const characterRecord = z.object({
  id: characterId,
  userId,
  homeWorldId: worldId,
  worldId,
  travels: z.int(),
  hasArrived: z.boolean(),
  name: z.string(),
  role: z.enum(roles),
  species: z.string(),
  appearance: z.string().nullable(),
  description: z.string().nullable(),
  occupation: z.string().nullable(),
  attributes: z.record(z.enum(attributeNames), z.number()).nullable(),
  position: vector,
  orientation: vector,
  isFlying: z.boolean(),
  stamina: z.number().nullable(),
  health: z.number().nullable(),
  life: life.nullable(),
  npcId: npcId.exactOptional(),
  createdAtMs: z.number(),
  lastPlayedAtMs: z.number().nullable(),
});
