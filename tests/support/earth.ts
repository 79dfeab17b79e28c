import atlas from "world-atlas/land-110m.json" with { type: "json" };
import { createSphereGrid, type SphereGrid } from "#core/sim/sphere-grid.ts";

// Earth's land for checks against its climate: coasts from Natural Earth (1:110 million, public domain, by way of world-atlas), decoded from
// TopoJSON; heights as a sum of bells over the great ranges and plateaus, within a few hundred metres of the means over 500 km.

type Ring = { readonly lon: Float64Array; readonly lat: Float64Array };

/** Where bells stand: latitude, longitude, height in m, half-widths in degrees of latitude and longitude. */
const bells: readonly (readonly [number, number, number, number, number])[] = [
  [33, 87, 4600, 5, 13],
  [36, 73, 2200, 4, 6],
  [44, 80, 1500, 4, 10],
  [48, 95, 1500, 6, 12],
  [33, 55, 1300, 5, 9],
  [39, 40, 1300, 3, 8],
  [60, 120, 600, 10, 25],
  [40, -109, 1900, 8, 7],
  [52, -120, 1300, 8, 7],
  [64, -150, 900, 4, 9],
  [23, -103, 1700, 5, 4],
  [38, -82, 350, 6, 4],
  [-17, -68, 3400, 7, 3],
  [-2, -78, 2000, 8, 2.5],
  [-31, -69, 2300, 8, 2],
  [-44, -72, 900, 6, 2],
  [-18, -46, 700, 8, 7],
  [72, -40, 2500, 9, 12],
  [9, 39, 1700, 5, 4],
  [-3, 33, 1200, 8, 5],
  [-20, 28, 1000, 10, 8],
  [-30, 25, 1200, 5, 5],
  [32, -4, 900, 3, 6],
  [23, 7, 700, 5, 6],
  [18, 44, 1200, 6, 4],
  [46, 10, 900, 2.5, 5],
  [63, 11, 600, 5, 5],
  [16, 76, 600, 7, 4],
  [27, 103, 1700, 4, 5],
  [-25, 134, 350, 10, 14],
  [-5, 141, 1200, 2.5, 5],
];

let rings: readonly Ring[] | undefined;

/** Share of land and mean height of each cell, from points spread over it. */
export function earthSurface(grid: SphereGrid): { landShare_c: Float64Array; elevationM_c: Float64Array } {
  rings ??= decode();
  const land_c = new Float64Array(grid.cellCount);
  const height_c = new Float64Array(grid.cellCount);
  const points_c = new Float64Array(grid.cellCount);
  const fine = createSphereGrid(Math.min(6, grid.level + 2));
  const position = fine.position_c;
  let near = 0;
  for (let point = 0; point < fine.cellCount; point++) {
    near = grid.cellAt(position[3 * point]!, position[3 * point + 1]!, position[3 * point + 2]!, near);
    const lat = (fine.latitude_c[point]! * 180) / Math.PI;
    const lon = (fine.longitude_c[point]! * 180) / Math.PI;
    const isLand = isInside(rings, lon, lat) || lat < -84;
    points_c[near]! += 1;
    if (!isLand) continue;
    land_c[near]! += 1;
    height_c[near]! += heightAt(lat, lon);
  }
  return {
    landShare_c: land_c.map((land, c) => land / points_c[c]!),
    elevationM_c: height_c.map((height, c) => height / points_c[c]!),
  };
}

function heightAt(lat: number, lon: number): number {
  if (lat < -60) return Math.min(2800, 500 + 170 * (-66 - lat));
  let height = 200;
  for (const [atLat, atLon, top, tall, wide] of bells) {
    const y = (lat - atLat) / tall;
    const x = (lon - atLon) / wide;
    height += top * Math.exp(-0.7 * (x * x + y * y));
  }
  return height;
}

/** Even–odd rule along the parallel. */
function isInside(all: readonly Ring[], lon: number, lat: number): boolean {
  let isIn = false;
  for (const ring of all) {
    for (let i = 0, j = ring.lat.length - 1; i < ring.lat.length; j = i++) {
      const [a, b] = [ring.lat[i]!, ring.lat[j]!];
      if (a > lat === b > lat) continue;
      if (lon < ((ring.lon[j]! - ring.lon[i]!) * (lat - a)) / (b - a) + ring.lon[i]!) isIn = !isIn;
    }
  }
  return isIn;
}

function decode(): Ring[] {
  const { scale, translate } = atlas.transform;
  const arcs = atlas.arcs.map((steps) => {
    let [x, y] = [0, 0];
    return steps.map(([dx, dy]) => {
      x += dx!;
      y += dy!;
      return [x * scale[0]! + translate[0]!, y * scale[1]! + translate[1]!] as const;
    });
  });
  const polygons = atlas.objects.land.geometries.flatMap(({ arcs: parts }) => parts);
  return polygons.flat().map((ring) => {
    const points = ring.flatMap((arc) => (arc >= 0 ? arcs[arc]! : arcs[~arc]!.toReversed()));
    return { lon: Float64Array.from(points, ([x]) => x), lat: Float64Array.from(points, ([, y]) => y) };
  });
}
