import * as z from "zod";
import { attributeNames, roles, skillCategories } from "./character.ts";
import { slots } from "./life.ts";
import { worldId } from "./record-ids.ts";

/** Of one page of a history. */
export const historyPageMax = 200;
export const historyPageUsual = 50;

/** An event of a character as it is kept; core/character/biography/model.ts says what each has. */
export const historyPage = z.object({
  events: z.array(
    z.object({
      version: z.int(),
      event: z.looseObject({ type: z.string() }),
      metadata: z.looseObject({ atMs: z.number(), worldVersion: z.int().optional() }),
    }),
  ),
  /** What `before` is to be for the page after it; null: that was all. */
  next: z.int().nullable(),
});
export type HistoryPage = z.infer<typeof historyPage>;

export const pastMoment = z.object({ version: z.int().optional(), atMs: z.number().optional() });
export type PastMoment = z.infer<typeof pastMoment>;

const attributes = z.record(z.enum(attributeNames), z.number());

const belongings = z.object({
  carried: z.record(z.string(), z.int()),
  worn: z.partialRecord(z.enum(slots), z.string()),
  levels: z.partialRecord(z.enum(Object.values(skillCategories).flat()), z.int()),
});

/** A character as it was at one version of its stream. */
export const pastCharacter = z.object({
  version: z.int(),
  bornAtMs: z.number(),
  atMs: z.number(),
  name: z.string(),
  role: z.enum(roles),
  species: z.string(),
  appearance: z.string().nullable(),
  description: z.string().nullable(),
  occupation: z.string().nullable(),
  attributes: attributes.nullable(),
  variance: attributes.nullable(),
  bought: z.partialRecord(z.enum(attributeNames), z.number()),
  homeWorldId: worldId,
  whereabouts: z.enum(["asleep", "awake", "travelling"]),
  worldId,
  travels: z.int(),
  position: z.object({ x: z.number(), y: z.number(), z: z.number() }),
  belongings,
});

export const characterHistoryQuery = z.object({
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(historyPageMax).default(historyPageUsual),
});
export const characterPastQuery = z.object({
  at: z.iso.datetime({ offset: true }).optional(),
  version: z.coerce.number().int().min(1).optional(),
});

export const characterHistoryResponse = z.object({
  character_id: z.guid(),
  /** The newest first. */
  events: z.array(
    z.object({
      version: z.int(),
      type: z.string(),
      at: z.iso.datetime(),
      /** Of the event in the log of its world that it follows from. */
      world_version: z.int().optional(),
      payload: z.record(z.string(), z.unknown()),
    }),
  ),
  next: z.int().nullable(),
});
export type CharacterHistoryResponse = z.infer<typeof characterHistoryResponse>;

export const characterPastResponse = z.object({
  character_id: z.guid(),
  version: z.int(),
  at: z.iso.datetime(),
  created_at: z.iso.datetime(),
  name: z.string(),
  role: z.enum(roles),
  species: z.string(),
  appearance: z.string().optional(),
  description: z.string().optional(),
  occupation: z.string().optional(),
  attributes: attributes.nullable(),
  variance: attributes.nullable(),
  home_world_id: z.guid(),
  whereabouts: z.enum(["asleep", "awake", "travelling"]),
  world_id: z.guid(),
  ...belongings.shape,
  position_x: z.number(),
  position_y: z.number(),
  position_z: z.number(),
});
export type CharacterPastResponse = z.infer<typeof characterPastResponse>;
