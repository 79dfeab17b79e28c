import { koppenClasses } from "#core/sim/planet/koppen.ts";
import type { Planet } from "#core/sim/planet/planet.ts";
import { summaryOf } from "#core/sim/planet/summary.ts";
import type { BiomeClass } from "#core/sim/biome.ts";
import { biomeNames } from "#core/world/biome-names.ts";
import { writtenSpec } from "./spec.ts";

export type Making = {
  readonly name: string;
  readonly about: string;
  readonly years: number;
  /** Null for a climate without weather. */
  readonly weatherLevel: number | null;
  readonly spinUpYears: number;
  readonly runs: number;
};

/** `planet.json`: what there is to say of the planet in a page. Numbers to five figures; shares are of the surface unless they say otherwise. */
export function summaryJson(planet: Planet, { name, about, ...climate }: Making): string {
  const { biomeShares, ...means } = summaryOf(planet);
  const { grid, spec, tides, lakes, deposits } = planet;
  const page = {
    name,
    about,
    spec: writtenSpec(spec),
    made: {
      cells: grid.cellCount,
      meanSpacingKm: Math.sqrt((4 * Math.PI) / grid.cellCount) * (spec.radiusM / 1000),
      ...climate,
    },
    surface: means,
    biomeShares: Object.fromEntries(
      Array.from(biomeShares)
        .toSorted(([a], [b]) => a - b)
        .map(([biome, share]) => [biomeNames[biome as BiomeClass], share]),
    ),
    koppenSharesOfLand: koppenShares(planet),
    tides,
    largestLakes: lakes.toSorted((a, b) => b.areaM2 - a.areaM2 || a.cell - b.cell).slice(0, 10),
    largestRivers: largestRivers(planet),
    deposits: countBy(deposits.map(({ kind }) => kind)),
  };
  const short = JSON.parse(JSON.stringify(page, (_, value: unknown) => shorten(value))) as typeof page;
  return `${JSON.stringify({ ...short, spec: page.spec }, null, 2)}\n`;
}

/** What the planet was made from stays as it is; the rest needs no more than five figures. */
function shorten(value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
}

function koppenShares({ grid, elevation_c, koppen_c }: Planet): Record<string, number> {
  const area_k = koppenClasses.map(() => 0);
  let land = 0;
  for (let c = 0; c < grid.cellCount; c++) {
    if (elevation_c[c]! <= 0) continue;
    land += grid.area_c[c]!;
    area_k[koppen_c[c]!]! += grid.area_c[c]!;
  }
  return Object.fromEntries(koppenClasses.flatMap((name, k) => (area_k[k]! > 0 ? [[name, area_k[k]! / land]] : [])));
}

/** By what they bring to the sea, each named by the cell of its mouth. */
function largestRivers({ grid, downstream_c, dischargeM3s_c, elevation_c }: Planet) {
  const mouths: { mouthCell: number; lat: number; lon: number; flowM3s: number }[] = [];
  for (let c = 0; c < grid.cellCount; c++) {
    const next = downstream_c[c]!;
    if (next < 0 || elevation_c[c]! <= 0 || elevation_c[next]! > 0) continue;
    const [lat, lon] = [grid.latitude_c[c]!, grid.longitude_c[c]!].map((angle) => (angle * 180) / Math.PI);
    mouths.push({ mouthCell: c, lat: lat!, lon: lon!, flowM3s: dischargeM3s_c[c]! });
  }
  return mouths.toSorted((a, b) => b.flowM3s - a.flowM3s || a.mouthCell - b.mouthCell).slice(0, 10);
}

function countBy(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of kinds.toSorted()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
