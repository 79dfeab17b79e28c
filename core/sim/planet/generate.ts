import { createSphereGrid, type SphereGrid } from "../sphere-grid.ts";
import { biomeOf, plantDensity } from "./biomes.ts";
import { carve, provisionalOn } from "./carving.ts";
import type { Crust } from "./crust.ts";
import { geometryOf } from "./geometry.ts";
import { routeWater } from "./hydrology.ts";
import { koppen } from "./koppen.ts";
import { lapseRate, type Normals, refineNormals } from "./normals.ts";
import type { Planet } from "./planet.ts";
import { flowCode, flowOf, plantSteps, quantiseElevation, quantiseNormals } from "./quantise.ts";
import { createRelief, type Relief } from "./relief.ts";
import { type Deposit, findDeposits, type Ground } from "./resources.ts";
import { rockClass, rockOf } from "./rocks.ts";
import { assertSpec, type PlanetSpec } from "./spec.ts";
import { runHistory } from "./tectonics.ts";
import { tidesOf } from "./tides.ts";
import { type WaterBalance, waterBalance } from "./water-balance.ts";

// A planet from its specification: history of the crust → relief → rivers that carve it → climate → water → life → ores. Pure, and the same bits
// on every engine: seeded streams by name, + − × ÷ √ and core/sim/elementary.ts only. Cost (docs/simulation.md): level 6 below a second.

export type Stage = "grids" | "history" | "relief" | "erosion" | "climate" | "water" | "life" | "ores";
export type Progress = { readonly stage: Stage; /** Of the whole, 0 … 1. */ readonly share: number };

export type GenerationOptions = {
  /** A settled climate instead of the provisional one, on any grid. */
  readonly normals?: Normals;
  /** Where grids are kept between planets; a fresh one is made otherwise. */
  readonly gridOf?: (level: number) => SphereGrid;
};

const historyLevelMax = 5;
const firstErosionLevelMax = 6;
/** Of the work, when each stage is done. */
const shareAfter: Record<Stage, number> = {
  grids: 0.1,
  history: 0.25,
  relief: 0.35,
  erosion: 0.8,
  climate: 0.88,
  water: 0.93,
  life: 0.96,
  ores: 1,
};

/**
 * Yields between steps of some ten milliseconds; a caller cancels by not asking on (`return()`), and nothing is left behind.
 * Throws where the specification is out of bounds (`specProblems` tells beforehand).
 */
export function* generatePlanet(spec: PlanetSpec, options: GenerationOptions = {}): Generator<Progress, Planet> {
  assertSpec(spec);
  const gridOf = options.gridOf ?? gridCache();
  const grid = gridOf(spec.level);
  const coarse = gridOf(Math.min(spec.level, historyLevelMax));
  yield done("grids");

  const crust = yield* within(
    "grids",
    "history",
    runHistory(geometryOf(coarse), spec.seed, continentShare(spec), vigour(spec)),
  );
  const grids = spec.level > firstErosionLevelMax ? [gridOf(firstErosionLevelMax), grid] : [grid];
  const reliefs: Relief[] = [];
  for (const each of grids) {
    reliefs.push(createRelief(crust, each, spec.seed));
    yield done("relief");
  }
  const sediment_c = yield* within("relief", "erosion", carve(spec, coarse, grids, reliefs));
  const relief = reliefs.at(-1)!;
  const { elevation_c } = relief;
  quantiseElevation(elevation_c);

  const normals = options.normals ?? provisionalOn(coarse, elevation_c, spec);
  quantiseNormals(normals);
  const local = refineNormals(normals, grid, elevation_c);
  const balance = waterBalance(local);
  yield done("climate");
  const water = routeWater(geometryOf(grid), elevation_c, balance, spec.radiusM);
  yield done("water");
  const life = grow(grid, elevation_c, local, balance, water.lake_c);
  yield done("life");
  const bare = { spec, grid, elevation_c, normals, ...life, ...water };
  const rock_c = Uint8Array.from(relief.source_c, (s) => rockOf(crust, s));
  const deposits = depositsOf(bare, crust, relief.source_c, rock_c, sediment_c, balance);
  yield done("ores");
  return {
    spec,
    grid,
    elevation_c,
    plate_c: Uint8Array.from(relief.source_c, (s) => crust.plate_c[s]!),
    rock_c,
    downstream_c: water.downstream_c,
    dischargeM3s_c: water.discharge_c.map((flow) => flowOf(flowCode(flow))),
    strahler_c: water.strahler_c,
    lake_c: water.lake_c,
    lakes: water.lakes,
    normals,
    ...life,
    deposits,
    tides: tidesOf(spec),
  };
}

/** The whole of it at once. */
export function makePlanet(spec: PlanetSpec, options: GenerationOptions = {}): Planet {
  const generation = generatePlanet(spec, options);
  for (;;) {
    const step = generation.next();
    if (step.done === true) return step.value;
  }
}

/** Each level once. */
export function gridCache(): (level: number) => SphereGrid {
  const kept = new Map<number, SphereGrid>();
  return (level) => {
    const grid = kept.get(level) ?? createSphereGrid(level);
    kept.set(level, grid);
    return grid;
  };
}

function done(stage: Stage): Progress {
  return { stage, share: shareAfter[stage] };
}

function* within<T>(from: Stage, stage: Stage, steps: Generator<number, T>): Generator<Progress, T> {
  const [start, end] = [shareAfter[from], shareAfter[stage]];
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    yield { stage, share: start + (end - start) * step.value };
  }
}

/** Of the surface that is continent when the history begins: shelves are under the sea, and collisions take their part. Earth has 41 %. */
function continentShare({ landShare }: PlanetSpec): number {
  return landShare === 0 ? 0.05 : Math.min(0.98, 0.19 + 1.02 * landShare);
}

/** Plates slow down as a planet's heat is spent, with half its radiogenic heat gone in some 3 Gy. */
function vigour({ activity, ageGy }: PlanetSpec): number {
  return activity * Math.min(1.5, Math.max(0.5, 1 + 0.1 * (4.5 - ageGy)));
}

function grow(
  grid: SphereGrid,
  elevation_c: Float64Array,
  local: Normals,
  balance: WaterBalance,
  lake_c: Uint16Array,
): Pick<Planet, "koppen_c" | "biome_c" | "plants_c"> {
  const { cellCount, neighbour_cn } = grid;
  const koppen_c = new Uint8Array(cellCount);
  const biome_c = new Uint8Array(cellCount);
  const plants_c = new Float64Array(cellCount);
  const monthMm = local.rainMmDay_cm.map((mmDay) => mmDay * (365.25 / 12));
  for (let c = 0; c < cellCount; c++) {
    const height = elevation_c[c]!;
    koppen_c[c] = koppen(local.temperatureC_cm, monthMm, 12 * c, 0);
    let reliefM = 0;
    for (let k = 6 * c; k < 6 * c + 6; k++) {
      reliefM = Math.max(reliefM, Math.abs(height - Math.max(0, elevation_c[neighbour_cn[k]!]!)));
    }
    let warmest = -Infinity;
    for (let k = 12 * c; k < 12 * c + 12; k++) warmest = Math.max(warmest, local.temperatureC_cm[k]!);
    biome_c[c] = biomeOf({
      koppen: koppen_c[c]!,
      elevationM: height,
      isLake: lake_c[c] !== 0,
      warmestAtSeaC: warmest + lapseRate * Math.max(0, height),
      reliefM,
      runoffM: balance.runoff_c[c]!,
    });
    const plants = height > 0 ? plantDensity(balance.temperatureC_c[c]!, balance.rain_c[c]!) : 0;
    plants_c[c] = Math.round(plants * plantSteps) / plantSteps;
  }
  return { koppen_c, biome_c, plants_c };
}

type Bare = Pick<
  Planet,
  "spec" | "grid" | "elevation_c" | "koppen_c" | "downstream_c" | "strahler_c" | "lake_c" | "lakes"
>;

function depositsOf(
  planet: Bare,
  crust: Crust,
  source_c: Int32Array,
  rock_c: Uint8Array,
  sediment_c: Float64Array,
  balance: WaterBalance,
): Deposit[] {
  const { elevation_c, downstream_c, lake_c, lakes, grid } = planet;
  const isBelowBelt_c = new Uint8Array(grid.cellCount);
  for (let c = 0; c < grid.cellCount; c++) {
    const isBelt = rock_c[c] === rockClass.arcVolcanic || rock_c[c] === rockClass.foldBelt;
    if (isBelt && downstream_c[c]! >= 0 && elevation_c[c]! > 0) isBelowBelt_c[downstream_c[c]!] = 1;
  }
  const groundOf = (cell: number): Ground => {
    const rainM = balance.rain_c[cell]!;
    return {
      crust,
      source: source_c[cell]!,
      rock: rock_c[cell]!,
      elevationM: elevation_c[cell]!,
      sedimentM: sediment_c[cell]!,
      koppen: planet.koppen_c[cell]!,
      rainM,
      wetness: rainM / (balance.waterLoss_c[cell]! + rainM),
      strahler: planet.strahler_c[cell]!,
      isTerminalLake: lake_c[cell] !== 0 && lakes[lake_c[cell]! - 1]!.isTerminal,
      warmC: balance.temperatureC_c[cell]!,
      isBelowBelt: isBelowBelt_c[cell] === 1,
    };
  };
  const cellShare = 40_962 / grid.cellCount;
  return findDeposits(groundOf, grid.cellCount, planet.spec.seed, cellShare);
}
