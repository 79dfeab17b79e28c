import type { WeatherGrid } from "#core/protocol/world-weather.ts";

/** A sentence of what is in the air of a whole world. */
export function airInWords(grid: WeatherGrid, isRound: boolean): string {
  const { grid_width: columns, grid_height: rows } = grid;
  let [area, cloud, wet, warmth] = [0, 0, 0, 0];
  let [coldest, warmest, strongest] = [Infinity, -Infinity, 0];
  for (let cell = 0; cell < columns * rows; cell++) {
    // Cells near the poles of a sphere are small.
    const weight = isRound ? Math.cos(Math.PI * ((Math.floor(cell / columns) + 0.5) / rows - 0.5)) : 1;
    area += weight;
    cloud += weight * grid.cloud[cell]!;
    warmth += weight * grid.temperature[cell]!;
    if (grid.rain[cell]! >= rainMmH) wet += weight;
    coldest = Math.min(coldest, grid.temperature[cell]!);
    warmest = Math.max(warmest, grid.temperature[cell]!);
    strongest = Math.max(strongest, Math.hypot(grid.wind_east[cell]!, grid.wind_north[cell]!));
  }
  const share = (sum: number): string => `${Math.round((100 * sum) / area)} %`;
  const degrees = (celsius: number): string => `${Math.round(celsius)} °C`;
  const span = Math.round(coldest) === Math.round(warmest) ? "" : `, from ${degrees(coldest)} to ${degrees(warmest)}`;
  return `Clouds over ${share(cloud)} of it, rain or snow over ${share(wet)}. ${degrees(warmth / area)} in the mean${span}; the strongest wind is ${Math.round(strongest)} m/s.`;
}

/** Less is not felt. */
const rainMmH = 0.1;
