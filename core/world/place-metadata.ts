import type { Scene } from "./scene.ts";
import type { Position } from "./space.ts";
import { weatherNumbers } from "./weather/describe.ts";

/** What goes with the words about a place: the world that it is in, and the numbers of its weather where there is any. */
export function placeMetadata({ place, weather }: Scene, position: Position): Readonly<Record<string, unknown>> {
  return { world_id: place.id, ...(weather && { weather: weatherNumbers(weather.observe(position)) }) };
}
