import { type GenerationOptions, generatePlanet, gridCache, type Stage } from "./planet/generate.ts";
import type { Planet } from "./planet/planet.ts";
import type { PlanetSpec } from "./planet/spec.ts";
import { airOf, type ClimateSpan, normalsOf, settleClimate, surfaceOn } from "./settled-climate.ts";
import { createGridEdges } from "./grid/edges.ts";
import type { SphereGrid } from "./sphere-grid.ts";
import { stepLength } from "./weather/weather.ts";

// A planet whose rivers, biomes and climate classes follow from weather that ran over it: made once with the provisional climate, then the weather of
// some years over that land, then the same land with the weather's normals. The land itself is carved by the provisional rain both times.

export type SettledProgress = { readonly stage: Stage | "weather"; readonly share: number };

/** On coarse cells: a world is waited for. */
const weatherLevel = { large: 3, small: 2 } as const;
/** From here on the weather needs more cells. */
const largeM = 2_000_000;
/** Steps times cells. Two years of the Earth are 22.5 million, 50 s of a core; what would take more keeps its provisional climate. */
export const climateWorkMax = 32_000_000;
/** A year of the Earth, or as many of a planet's short years, to settle and as long to be counted. */
const settleS = 365 * 86_400;

/** What is done for the weather's sake, and again for the life's: told once, in the order in which it comes to stay. */
const afterWeather: ReadonlySet<Stage> = new Set(["climate", "water", "life", "ores"]);

/** Of the work, when the land is there, and when the weather has run. */
const landShare = 0.05;
const weatherShare = 0.95;

/**
 * Yields between steps of some ten milliseconds, and after every day of weather; a caller cancels by not asking on. The same bits for the same
 * specification. `settle`: for tests that need some weather, whatever it is like.
 */
export function* generateSettled(
  spec: PlanetSpec,
  gridOf: (level: number) => SphereGrid = gridCache(),
  settle = settleS,
): Generator<SettledProgress, Planet> {
  const toldFirst = (stage: Stage) => (afterWeather.has(stage) ? "weather" : stage);
  const first = yield* made(spec, { gridOf }, { from: 0, to: landShare, told: toldFirst });
  const grid = gridOf(spec.radiusM >= largeM ? weatherLevel.large : weatherLevel.small);
  const span = climateSpanOf(spec, grid, settle);
  if (span === null) return first;
  const surface = surfaceOn(grid, first);
  const weather = settleClimate(grid, surface, spec, spec.seed, span);
  for (;;) {
    const day = weather.next();
    if (day.done !== true) {
      const share = day.value.stepsDone / day.value.steps;
      yield { stage: "weather", share: landShare + (weatherShare - landShare) * share };
      continue;
    }
    const normals = normalsOf(grid, day.value, surface, spec);
    const toldThen = (stage: Stage) => (afterWeather.has(stage) ? stage : "climate");
    return yield* made(spec, { gridOf, normals }, { from: weatherShare, to: 1, told: toldThen });
  }
}

/** How long the weather of such a planet runs before it counts, and then; null where that would take too many steps. */
export function climateSpanOf(spec: PlanetSpec, grid: SphereGrid, settle = settleS): ClimateSpan | null {
  const air = airOf(spec);
  const { span_e } = createGridEdges(grid);
  const leastM = span_e.reduce((least, each) => Math.min(least, each), Infinity) * spec.radiusM;
  const yearS = spec.yearDays * spec.dayLengthS;
  const years = Math.max(1, Math.round(settle / yearS));
  // Whole years are counted, or a season would weigh more; a long one settles for as long as the Earth's.
  const spinUpYears = Math.min(years, settle / yearS);
  const steps = ((spinUpYears + years) * yearS) / stepLength(leastM, air);
  return steps * grid.cellCount > climateWorkMax ? null : { spinUpYears, years };
}

type Telling = { readonly from: number; readonly to: number; told(stage: Stage): SettledProgress["stage"] };

function* made(
  spec: PlanetSpec,
  options: GenerationOptions,
  { from, to, told }: Telling,
): Generator<SettledProgress, Planet> {
  const generation = generatePlanet(spec, options);
  for (;;) {
    const step = generation.next();
    if (step.done === true) return step.value;
    yield { stage: told(step.value.stage), share: from + (to - from) * step.value.share };
  }
}
