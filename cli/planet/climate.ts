import type { PlanetSpec } from "#core/sim/planet/spec.ts";
import type { Surface } from "#core/sim/weather/model.ts";
import type { ClimateNormals } from "#core/sim/weather/normals.ts";
import { runInThread } from "./threads.ts";

// Years of weather, in runs beside each other: each run begins by itself, warms up and is counted for at most five years. How many there are follows
// from the years alone, never from the machine, so that one core and eight give the same means.

export type ClimateWork = {
  readonly level: number;
  readonly surface: Surface;
  readonly spec: PlanetSpec;
  readonly seed: number;
  readonly spinUpYears: number;
  readonly years: number;
};

const yearsPerRunMax = 5;
/** After the warm start that `settleClimate` makes; docs/simulation.md says how far they settle a sea. */
export const spinUpYears = 2;

type Options = {
  readonly years: number;
  readonly threads: number;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
};

export async function settle(
  work: Pick<ClimateWork, "level" | "surface" | "spec">,
  { years, threads, signal, onProgress }: Options,
): Promise<ClimateNormals> {
  const runs: ClimateWork[] = yearsOfRuns(years).map((each, i) => ({
    ...work,
    seed: work.spec.seed + i,
    spinUpYears,
    years: each,
  }));
  const shares = runs.map(() => 0);
  const results: ClimateNormals[] = [];
  const waiting = runs.entries();
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  await Promise.all(
    Array.from({ length: Math.min(threads, runs.length) }, async () => {
      for (const [i, run] of waiting) {
        results[i] = await runInThread<ClimateNormals>("climate", run, either, (share) => {
          shares[i] = share;
          onProgress(shares.reduce((sum, each) => sum + each, 0) / runs.length);
        });
      }
    }),
  ).finally(() => stop.abort());
  onProgress(1);
  return meanOf(results);
}

export function yearsOfRuns(years: number): number[] {
  const runs = Math.ceil(years / yearsPerRunMax);
  return Array.from({ length: runs }, (_, i) => Math.floor(((i + 1) * years) / runs) - Math.floor((i * years) / runs));
}

/** Weighted by years. */
export function meanOf(results: readonly ClimateNormals[]): ClimateNormals {
  const years = results.reduce((sum, each) => sum + each.years, 0);
  const mean = Object.entries(results[0]!).map(([name, first]) => {
    if (!(first instanceof Float64Array)) return [name, name === "years" ? years : first];
    const sum = new Float64Array(first.length);
    for (const each of results) {
      const field = each[name as "cloud_mc"];
      for (let mc = 0; mc < sum.length; mc++) sum[mc]! += (field[mc]! * each.years) / years;
    }
    return [name, sum];
  });
  return Object.fromEntries(mean) as ClimateNormals;
}
