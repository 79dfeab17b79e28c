import * as z from "zod";
import { dilation } from "./world-input.ts";

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
  /** "faulted": it could not go on, and is being tried again or waits to be resumed. */
  status: z.enum(["active", "paused", "generating", "faulted"]),
  player_count: z.int(),
  created_at: z.iso.datetime(),
});
export type WorldResponse = z.infer<typeof worldResponse>;
export const worldsResponse = z.array(worldResponse);

export const clockResponse = z.object({
  world_id: z.guid(),
  game_time_ms: z.number(),
  real_time_ms: z.number(),
  is_paused: z.boolean(),
  /** Game seconds per real second, as wanted; `pace` is what it is just now: 0 while paused, less while the world cannot be kept up with. */
  dilation: z.number(),
  pace: z.number(),
  ticks_per_second: z.number(),
  tick_number: z.number(),
});
export type ClockResponse = z.infer<typeof clockResponse>;

/** At the world's spawn. */
export const worldDetailResponse = worldResponse.extend({
  clock: clockResponse,
  sky: z.object({
    time_of_day: z.string(),
    year: z.int(),
    day_of_year: z.int(),
    hour: z.int(),
    minute: z.int(),
    sun: z.object({ altitude_rad: z.number(), azimuth_rad: z.number() }),
  }),
  season: z.object({ name: z.string(), progress: z.number() }),
  /** Annual means at the spawn's latitude, at sea level; null for a room. */
  climate: z.object({ temperature_c: z.number(), rain_mm_per_year: z.number() }).nullable(),
});
export type WorldDetailResponse = z.infer<typeof worldDetailResponse>;

export const dilationRequest = z.object({ dilation });
