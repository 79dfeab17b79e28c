import type { WeatherGrid } from "#core/protocol/world-weather.ts";
import type { Scene } from "#core/world/scene.ts";
import { weatherGridOf } from "#core/world/weather/weather-grid.ts";

/** However many look at the air from above, it is looked at once in so long: some 7 ms of this thread. */
export const airAgeMs = 3_000;

/** The air over a world as it was at most `airAgeMs` ago, by the monotonic clock; null while nobody is there to see any. */
export function createAirView(): (monotonicMs: number, sceneNow: () => Scene) => WeatherGrid | null {
  let untilMs = -Infinity;
  let grid: WeatherGrid | null = null;
  return (monotonicMs, sceneNow) => {
    if (monotonicMs < untilMs) return grid;
    const { place, weather, gameMs } = sceneNow();
    grid = weather === undefined ? null : weatherGridOf(place, weather, gameMs);
    untilMs = monotonicMs + airAgeMs;
    return grid;
  };
}
