import type { Normals } from "../../sim/planet/normals.ts";
import type { Planet } from "../../sim/planet/planet.ts";
import { airGrid } from "./air-grid.ts";

/** What the air has to know of a planet that was made: plain arrays, which cross into a thread. 2.5 MB of a planet of level 6. */
export type AirLand = {
  readonly level: number;
  /** Metres, below 0 at sea. */
  readonly elevation_c: Float64Array;
  readonly normals: Omit<Normals, "grid"> & { readonly level: number };
};

export function airLandOf({ grid, elevation_c, normals }: Planet): AirLand {
  const { grid: climateGrid, ...fields } = normals;
  return { level: grid.level, elevation_c, normals: { level: climateGrid.level, ...fields } };
}

export function landNormals({ normals: { level, ...fields } }: AirLand): Normals {
  return { grid: airGrid(level), ...fields };
}
