import { cos, sin } from "../elementary.ts";
import { type KoppenClass, koppenClasses } from "../planet/koppen.ts";
import type { Planet } from "../planet/planet.ts";
import { createLocate } from "./locate.ts";

// What the air of a place is like over the years: its climate's class, which has sharp borders, and its mean wind, between three cells.

/** m/s, of the whole year. */
export type PlanetAir = { readonly koppen: KoppenClass; readonly windEastMs: number; readonly windNorthMs: number };

export function createPlanetAir({ grid, koppen_c, normals, spec }: Planet): (x: number, y: number) => PlanetAir {
  const locateLand = createLocate(grid);
  const locateAir = createLocate(normals.grid);
  return (x, y) => {
    const around = cos(y / spec.radiusM);
    const [px, py, pz] = [around * cos(x / spec.radiusM), around * sin(x / spec.radiusM), sin(y / spec.radiusM)];
    const { cell, left, right, inCell, inLeft, inRight } = locateAir(px, py, pz);
    const between = (of_c: Float64Array): number =>
      inCell * of_c[cell]! + inLeft * of_c[left]! + inRight * of_c[right]!;
    return {
      koppen: koppenClasses[koppen_c[locateLand(px, py, pz).cell]!]!,
      windEastMs: between(normals.windEastMs_c),
      windNorthMs: between(normals.windNorthMs_c),
    };
  };
}
