import { setImmediate } from "node:timers/promises";
import { AppError } from "#core/lib/errors.ts";
import type { MakePlanet } from "#core/ports/planets.ts";
import { generateFor } from "#core/world/make-planet.ts";
import { encodePlanet } from "#core/sim/planet/storage.ts";

/** In this thread, a step at a time. */
export const makePlanetHere: MakePlanet = async (generator, { signal, onProgress }) => {
  const generation = generateFor(generator);
  for (;;) {
    if (signal.aborted) throw new AppError("UNAVAILABLE", "The planet was not finished.", { retryAfterS: 1 });
    const step = generation.next();
    if (step.done === true) return encodePlanet(step.value);
    onProgress(step.value.stage, step.value.share);
    await setImmediate();
  }
};
