import { settleClimate } from "#core/sim/settled-climate.ts";
import { createSphereGrid } from "#core/sim/sphere-grid.ts";
import type { ClimateWork } from "./climate.ts";
import { answer } from "./thread-answer.ts";

await answer((work, onProgress) => {
  const { level, surface, spec, seed, spinUpYears, years } = work as ClimateWork;
  const run = settleClimate(createSphereGrid(level), surface, spec, seed, { spinUpYears, years });
  for (;;) {
    const step = run.next();
    if (step.done === true) return step.value;
    onProgress(step.value.stepsDone / step.value.steps);
  }
});
