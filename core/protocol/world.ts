import * as z from "zod";

export const worldShapes = ["bounded", "spherical", "infinite"] as const;
export type WorldShape = (typeof worldShapes)[number];

/** Metres. Present for bounded worlds only. */
const bounds = z.object({ min_x: z.number(), min_y: z.number(), max_x: z.number(), max_y: z.number() });

// Ids are checked with `z.guid()` everywhere: `z.uuid()` refuses those of the ready-made worlds, which have no version.
export const worldResponse = z.object({
  id: z.guid(),
  name: z.string(),
  shape: z.enum(worldShapes),
  /** Metres; null unless spherical. */
  radius: z.number().nullable(),
  circumference: z.number().nullable(),
  bounds: bounds.nullable(),
  owner_id: z.guid().nullable(),
  theme: z.string(),
  status: z.enum(["active", "paused", "generating"]),
  player_count: z.int(),
  created_at: z.iso.datetime(),
});
export type WorldResponse = z.infer<typeof worldResponse>;
export const worldsResponse = z.array(worldResponse);
