import * as z from "zod";
import type { WorldId } from "../lib/ids.ts";
import { worldId } from "./record-ids.ts";
import { type Rpc, rpc } from "./subjects.ts";
import { worldGrid } from "./world-map.ts";

// The air over a whole world, as it is now: for a map that moves.

/** Cells along a row; a world that is as high as it is wide has as many rows. */
export const weatherColumns = 36;
export const weatherCellsMax = weatherColumns * weatherColumns;

const cells = z.array(z.number()).max(weatherCellsMax);

/** Rows from the south to the north, from the west within one; the fields are one number for each cell. */
export const weatherGrid = z.object({
  /** Of the world. */
  game_time_ms: z.number(),
  ...worldGrid,
  /** °C, at the ground. */
  temperature: cells,
  /** m/s at 10 m, towards the east and the north. */
  wind_east: cells,
  wind_north: cells,
  /** Share of the sky, 0 … 1. */
  cloud: cells,
  /** mm of water an hour, however it falls. */
  rain: cells,
});
export type WeatherGrid = z.output<typeof weatherGrid>;

/** `weather` null: nobody is there to see any, or the world has none. */
export const worldWeatherResponse = z.object({ world_id: z.guid(), weather: weatherGrid.nullable() });
export type WorldWeather = z.output<typeof worldWeatherResponse>;

/** Answered by whoever answers for worlds. */
export const worldWeatherAsked = rpc("world.weather", z.object({ worldId }), worldWeatherResponse);

const airInput = z.object({});
const airOutput = z.object({ weather: weatherGrid.nullable() });
/** Answered by the owner of the world. */
export const worldAir = (id: WorldId): Rpc<z.infer<typeof airInput>, z.infer<typeof airOutput>> => ({
  subject: `world.air.${id}`,
  input: airInput,
  output: airOutput,
});
