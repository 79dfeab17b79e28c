import { exp } from "../../sim/elementary.ts";
import type { FoodWeb } from "../../sim/food-web.ts";
import type { Biome } from "../../protocol/map.ts";
import type { Place } from "../scene.ts";
import { zonalClimateOf } from "../read-clock.ts";
import { placeOf } from "../sky.ts";
import { type Cell, cellAt, type Patch, patchOf, type Point, pointsOver } from "./grid.ts";
import { landMemory } from "./land-memory.ts";
import { allSpecies, type Species } from "./species.ts";

/** Within such a piece of land, about 5 km across, animals are one population; a walled valley is one. */
export const regionM = 5000;
/** Looked at along each side, to know how much of what there is. */
const probesPerSide = 12;

/** One species of a region. */
export type Resident = {
  readonly species: Species;
  /** Individuals on a square kilometre of its best land, where a land carries as many as it ever does. */
  readonly perKm2: number;
  /** In the whole region. */
  readonly capacity: number;
};

export type Region = {
  readonly key: string;
  readonly latitudeRad: number;
  readonly areaKm2: number;
  /** Prey first, then hunters, as in `web`. */
  readonly residents: readonly Resident[];
  readonly web: FoodWeb;
};

/** Each with its history: some megabytes for all. */
const regionsMax = 32;
const regionsOf = landMemory(() => new Map<string, Region>());

export function regionAt(place: Place, at: Point): Region {
  const cell = cellAt(place.spec, regionM, at);
  const regions = regionsOf(place);
  const before = regions.get(cell.key);
  if (before) return before;
  if (regions.size >= regionsMax) regions.clear();
  const made = makeRegion(place, cell);
  regions.set(cell.key, made);
  return made;
}

function makeRegion(place: Place, cell: Cell): Region {
  const patch = patchOf(place.spec, regionM, cell);
  const { biomes, kgPerM2 } = patch === null ? nothing : survey(place, patch);
  const areaKm2 = patch === null ? 0 : (patch.widthM * patch.heightM) / 1e6;
  const temperatureC = temperatureAt(place, cell);
  const living = allSpecies.flatMap((species): Resident[] => {
    const { livesIn, perKm2Max } = species;
    if (!isBorne(species, temperatureC)) return [];
    const share = [...biomes].reduce((sum, [biome, part]) => sum + part * (livesIn[biome] ?? 0), 0);
    const perKm2 = perKm2Max * Math.min(1, kgPerM2 / plentyKgPerM2);
    const capacity = perKm2 * share * areaKm2;
    return capacity < viable ? [] : [{ species, perKm2, capacity }];
  });
  const prey = living.filter(({ species }) => species.hunts === undefined);
  const eaten = ({ hunts = [] }: Species): number[] =>
    prey.flatMap(({ species: { id } }, index) => (hunts.includes(id) ? [index] : []));
  const hunters = living.filter(({ species }) => eaten(species).length > 0);
  return {
    key: cell.key,
    latitudeRad: placeOf(place.spec, { x: cell.x, y: cell.y, z: 0 }).latitudeRad,
    areaKm2,
    residents: [...prey, ...hunters],
    web: {
      prey: prey.map(({ species }) => ({ growthPerDay: 5 / species.adultDays })),
      hunters: hunters.map(({ species }) => ({
        eats: eaten(species),
        takePerDay: 2.5 / species.adultDays,
        gainPerDay: 2.4 / species.adultDays,
        hungerPerDay: 0.8 / species.adultDays,
      })),
    },
  };
}

/** Whether it lives in the climate of a place; indoors everything does. */
export function bears(place: Place, species: Species, at: Point): boolean {
  return isBorne(species, temperatureAt(place, at));
}

function isBorne({ bearsC: [coldest, warmest] }: Species, temperatureC: number | null): boolean {
  return temperatureC === null || (temperatureC >= coldest && temperatureC <= warmest);
}

/** Annual mean of the place, or of its latitude where no more is known; null indoors. */
function temperatureAt({ spec, terrain }: Place, { x, y }: Point): number | null {
  if (spec.ground === "room") return null;
  const climateAt = terrain.climateAt ?? zonalClimateOf(spec);
  return climateAt(x, y, Math.max(0, terrain.groundAt(x, y).elevationM)).temperatureC;
}

const nothing = { biomes: new Map<Biome, number>(), kgPerM2: 0 };

/** Fewer do not last. */
const viable = 1;
/** Where this much grows in a year, a land carries the most animals. */
const plentyKgPerM2 = 1.2;

function survey({ spec, terrain }: Place, patch: Patch) {
  const biomes = new Map<Biome, number>();
  let kg = 0;
  const points = pointsOver(spec, patch, probesPerSide);
  for (const { x, y } of points) {
    const { biome, elevationM } = terrain.groundAt(x, y);
    biomes.set(biome, (biomes.get(biome) ?? 0) + 1 / points.length);
    const climate = terrain.climateAt?.(x, y, elevationM);
    kg += climate && !wet.has(biome) ? growthOf(climate) : (growthIn[biome] ?? 0);
  }
  return { biomes, kgPerM2: kg / points.length };
}

/** What grows in a year, dry, kg/m²: the Miami model (Lieth 1973), by warmth or rain, whichever is short. */
function growthOf({ temperatureC, rainMmPerYear }: { temperatureC: number; rainMmPerYear: number }): number {
  return Math.min(3 / (1 + exp(1.315 - 0.119 * temperatureC)), 3 * (1 - exp(-0.000664 * rainMmPerYear)));
}

/** The same where only the biome is known: Whittaker & Likens (1975). Water feeds from its shores, too. */
const growthIn: Readonly<Partial<Record<Biome, number>>> = { Grassland: 0.6, Savanna: 0.9, "Deciduous Forest": 1.2, Rainforest: 2.2, Taiga: 0.8, Tundra: 0.14, Alpine: 0.14, Mountain: 0.3, Desert: 0.09, Wetland: 2, River: 0.8, Lake: 0.8, Ocean: 0.8 }; // prettier-ignore
const wet: ReadonlySet<Biome> = new Set<Biome>(["River", "Lake", "Ocean", "Wetland"]);
