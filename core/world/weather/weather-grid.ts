import { type WeatherGrid, weatherCellsMax, weatherColumns } from "../../protocol/world-weather.ts";
import type { Place } from "../scene.ts";
import { frameOf } from "../world-map.ts";
import type { SkyOver } from "./sky-over.ts";

/** The air over the land that the world's map shows, in the same frame. Costs some 0.01 ms a cell. */
export function weatherGridOf({ spec }: Pick<Place, "spec">, sky: SkyOver, gameTimeMs: number): WeatherGrid {
  const frame = frameOf(spec, { width: weatherColumns, layer: "biomes", tilesMax: weatherCellsMax });
  const { columns, rows, minX, minY, width, height } = frame;
  const seen = Array.from({ length: columns * rows }, (_cell, index) =>
    sky.observeFar({
      x: minX + (((index % columns) + 0.5) * width) / columns,
      y: minY + ((Math.floor(index / columns) + 0.5) * height) / rows,
      z: 0,
    }),
  );
  return {
    game_time_ms: gameTimeMs,
    grid_width: columns,
    grid_height: rows,
    world_width: width,
    world_height: height,
    origin_x: minX,
    origin_y: minY,
    temperature: seen.map(({ temperatureC }) => to(10, temperatureC)),
    // Wind is told by where it comes from.
    wind_east: seen.map(({ windMps, windFromRad }) => to(10, -windMps * Math.sin(windFromRad))),
    wind_north: seen.map(({ windMps, windFromRad }) => to(10, -windMps * Math.cos(windFromRad))),
    cloud: seen.map(({ cloud }) => to(100, cloud)),
    rain: seen.map(({ precipitationMmPerHour }) => to(100, precipitationMmPerHour)),
  };
}

/** Without a negative zero, which JSON cannot tell. */
const to = (parts: number, value: number): number => Math.round(value * parts) / parts + 0;
