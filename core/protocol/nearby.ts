import * as z from "zod";

const metres = z.coerce.number().min(-1e9).max(1e9);

export const nearbyQuery = z.object({
  x: metres,
  y: metres,
  z: metres.default(0),
  radius: z.coerce.number().min(0).max(1_000).default(100),
});

export const nearbyResponse = z.object({
  world_id: z.guid(),
  /** The nearest first, at most 200. */
  entities: z.array(
    z.object({
      type: z.enum(["character", "inhabitant", "thing"]),
      id: z.string(),
      name: z.string(),
      distance: z.number(),
      x: z.number(),
      y: z.number(),
      z: z.number(),
    }),
  ),
});
export type NearbyResponse = z.infer<typeof nearbyResponse>;
