import type { Planet, PlanetSummary } from "./planet.ts";
import { geometryOf } from "./geometry.ts";
import { hypsometricMeans } from "./sea-level.ts";

/** What there is to say of a planet in a few numbers. Shares of biomes are of the whole surface, by `biomeClass`. Cost: 1 ms at level 6. */
export function summaryOf(planet: Planet): PlanetSummary {
  const { grid, elevation_c, lake_c, lakes, dischargeM3s_c } = planet;
  const means = hypsometricMeans(grid, elevation_c);
  const biomeShares = new Map<number, number>();
  let highestM = -Infinity;
  let deepestM = Infinity;
  let largestRiverM3s = 0;
  let landArea = 0;
  let lakeArea = 0;
  let endorheicArea = 0;
  const { isEndorheic_c, longest } = ways(planet);
  for (let c = 0; c < grid.cellCount; c++) {
    const area = grid.area_c[c]!;
    highestM = Math.max(highestM, elevation_c[c]!);
    deepestM = Math.min(deepestM, elevation_c[c]!);
    largestRiverM3s = Math.max(largestRiverM3s, dischargeM3s_c[c]!);
    biomeShares.set(planet.biome_c[c]!, (biomeShares.get(planet.biome_c[c]!) ?? 0) + area / (4 * Math.PI));
    if (elevation_c[c]! <= 0) continue;
    landArea += area;
    if (lake_c[c] !== 0) lakeArea += area;
    if (isEndorheic_c[c] === 1) endorheicArea += area;
  }
  return {
    landShare: means.landShare,
    meanLandM: means.landM,
    meanSeaM: means.seaM,
    highestM,
    deepestM,
    ...climateMeans(planet),
    lakeCount: lakes.length,
    lakeShare: landArea > 0 ? lakeArea / landArea : 0,
    endorheicShare: landArea > 0 ? endorheicArea / landArea : 0,
    longestRiverKm: (longest * planet.spec.radiusM) / 1000,
    largestRiverM3s,
    biomeShares,
  };
}

/** Down every river: whether it ends in a terminal lake, and the longest way there is, radians. */
function ways({ grid, downstream_c, elevation_c }: Planet): { isEndorheic_c: Uint8Array; longest: number } {
  const { cellCount, neighbour_cn } = grid;
  const { distance_cn } = geometryOf(grid);
  const isEndorheic_c = new Uint8Array(cellCount);
  const length_c = new Float64Array(cellCount).fill(-1);
  let longest = 0;
  const path: number[] = [];
  for (let start = 0; start < cellCount; start++) {
    let c = start;
    while (length_c[c]! < 0 && downstream_c[c]! >= 0) {
      path.push(c);
      c = downstream_c[c]!;
    }
    if (length_c[c]! < 0) {
      length_c[c] = 0;
      isEndorheic_c[c] = elevation_c[c]! > 0 ? 1 : 0;
    }
    for (let below = c, up = path.pop(); up !== undefined; below = up, up = path.pop()) {
      let step = 0;
      for (let k = 6 * up; k < 6 * up + 6; k++) if (neighbour_cn[k] === below) step = distance_cn[k]!;
      length_c[up] = length_c[below]! + step;
      isEndorheic_c[up] = isEndorheic_c[below]!;
      longest = Math.max(longest, length_c[up]!);
    }
  }
  return { isEndorheic_c, longest };
}

function climateMeans({ normals }: Planet): { meanTemperatureC: number; meanRainMmDay: number } {
  const { grid, temperatureC_cm, rainMmDay_cm } = normals;
  let meanTemperatureC = 0;
  let meanRainMmDay = 0;
  for (let c = 0; c < grid.cellCount; c++) {
    const weight = grid.area_c[c]! / (48 * Math.PI);
    for (let k = 12 * c; k < 12 * c + 12; k++) {
      meanTemperatureC += weight * temperatureC_cm[k]!;
      meanRainMmDay += weight * rainMmDay_cm[k]!;
    }
  }
  return { meanTemperatureC, meanRainMmDay };
}
