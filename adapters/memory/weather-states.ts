import type { StoredWeather, WeatherStates } from "#core/ports/weather.ts";
import type { MemoryTables } from "./tables.ts";

export function memoryWeatherStates({ weatherStates }: Pick<MemoryTables, "weatherStates">): WeatherStates {
  const copied = (weather: StoredWeather): StoredWeather => ({ ...weather, state: Uint8Array.from(weather.state) });
  return {
    async save(worldId, fence, weather) {
      const before = weatherStates.get(worldId);
      if (before === undefined || before.fence <= fence)
        weatherStates.set(worldId, { fence, weather: copied(weather) });
    },
    async latest(worldId) {
      const row = weatherStates.get(worldId);
      return row === undefined ? null : copied(row.weather);
    },
  };
}
