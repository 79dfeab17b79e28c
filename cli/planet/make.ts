import { setImmediate } from "node:timers/promises";
import { generatePlanet, gridCache, type Progress as Generation } from "#core/sim/planet/generate.ts";
import type { Normals } from "#core/sim/planet/normals.ts";
import type { Planet } from "#core/sim/planet/planet.ts";
import { normalsOf, surfaceOn } from "#core/sim/settled-climate.ts";
import type { SphereGrid } from "#core/sim/sphere-grid.ts";
import type { ClimateNormals } from "#core/sim/weather/normals.ts";
import { settle, spinUpYears, yearsOfRuns } from "./climate.ts";
import type { Output } from "./output.ts";
import { drawPictures } from "./pictures.ts";
import type { Progress } from "./progress.ts";
import type { NamedSpec } from "./spec.ts";
import { summaryJson } from "./summary.ts";
import { cellRows, localNormals, zonalRows } from "./tables.ts";

export type Making = NamedSpec & {
  readonly years: number;
  readonly weatherLevel: number;
  readonly width: number;
  readonly isSmall: boolean;
};

type Ctx = {
  readonly output: Output;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly threads: number;
};

/** Writes everything there is to say of a planet; nothing is in its place before the caller publishes it. */
export async function makeAndWrite(making: Making, ctx: Ctx): Promise<Planet> {
  const { output, progress, signal } = ctx;
  const gridOf = gridCache();
  const first = await generate(making, undefined, gridOf, ctx);
  const weather = making.years === 0 ? null : await weatherOf(first, making, gridOf, ctx);
  const planet = weather === null ? first : await generate(making, weather.normals, gridOf, ctx);

  const local = localNormals(planet);
  const runs = yearsOfRuns(making.years).length;
  const { name, about, years } = making;
  const climate =
    weather === null
      ? { years, weatherLevel: null, spinUpYears: 0, runs: 0 }
      : { years, weatherLevel: making.weatherLevel, spinUpYears, runs };
  await output.write("planet.json", summaryJson(planet, { name, about, ...climate }));
  progress.tell("writing tables", 0);
  await output.writeRows("cells.csv", cellRows(planet, local), signal);
  await output.writeRows("zonal.csv", zonalRows(planet, local, weather), signal);
  progress.tell("writing tables", 1);

  const pictures = await drawPictures(planet, {
    width: making.width,
    isSmall: making.isSmall,
    title: name,
    line: captionOf(making),
    threads: ctx.threads,
    signal,
    onProgress: (share) => progress.tell("drawing maps", share),
  });
  for (const { layer, png } of pictures) await output.write(`${layer}.png`, png);
  return planet;
}

export function captionOf({ spec, years }: Making): string {
  const climate =
    years === 0 ? "provisional climate" : `climate of ${years} ${years === 1 ? "year" : "years"} of weather`;
  return `Seed ${spec.seed} · ${climate} · Equal Earth projection`;
}

/** In steps, between which the process hears whether it is to stop. */
async function generate(
  { spec }: Making,
  normals: Normals | undefined,
  gridOf: (level: number) => SphereGrid,
  { progress, signal }: Ctx,
): Promise<Planet> {
  const steps: Generator<Generation, Planet> = generatePlanet(
    spec,
    normals === undefined ? { gridOf } : { gridOf, normals },
  );
  const stage = normals === undefined ? "making land" : "rivers and life";
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    progress.tell(stage, step.value.share);
    await setImmediate();
    signal.throwIfAborted();
  }
}

type Weather = { readonly grid: SphereGrid; readonly climate: ClimateNormals; readonly normals: Normals };

async function weatherOf(
  land: Planet,
  { spec, years, weatherLevel }: Making,
  gridOf: (level: number) => SphereGrid,
  { progress, signal, threads }: Ctx,
): Promise<Weather> {
  const grid = gridOf(weatherLevel);
  const surface = surfaceOn(grid, land);
  const climate = await settle(
    { level: weatherLevel, surface, spec },
    { years, threads, signal, onProgress: (share) => progress.tell(`${years} years of weather`, share) },
  );
  return { grid, climate, normals: normalsOf(grid, climate, surface, spec) };
}
