import { cos, sin } from "../elementary.ts";
import { lapseRate } from "../planet/normals.ts";
import type { Planet } from "../planet/planet.ts";
import { createLocate } from "./locate.ts";

// Annual means at a place: between the three cells of the normals around it, at the height of the place's own ground.

export type AnnualClimate = { readonly temperatureC: number; readonly rainMmPerYear: number };
export type ClimateAtPlace = (x: number, y: number, elevationM: number) => AnnualClimate;

export function createPlanetClimate({ normals, spec }: Planet): ClimateAtPlace {
  const { grid, temperatureC_cm, rainMmDay_cm, elevation_c } = normals;
  const seaLevelC_c = new Float64Array(grid.cellCount);
  const rainMm_c = new Float64Array(grid.cellCount);
  for (let c = 0; c < grid.cellCount; c++) {
    for (let k = 12 * c; k < 12 * c + 12; k++) {
      seaLevelC_c[c]! += temperatureC_cm[k]! / 12;
      rainMm_c[c]! += rainMmDay_cm[k]! * (365.25 / 12);
    }
    seaLevelC_c[c]! += lapseRate * Math.max(0, elevation_c[c]!);
  }
  const locate = createLocate(grid);
  return (x, y, elevationM) => {
    const around = cos(y / spec.radiusM);
    const spot = locate(around * cos(x / spec.radiusM), around * sin(x / spec.radiusM), sin(y / spec.radiusM));
    const between = (of_c: Float64Array): number =>
      spot.inCell * of_c[spot.cell]! + spot.inLeft * of_c[spot.left]! + spot.inRight * of_c[spot.right]!;
    return {
      temperatureC: between(seaLevelC_c) - lapseRate * Math.max(0, elevationM),
      rainMmPerYear: between(rainMm_c),
    };
  };
}
