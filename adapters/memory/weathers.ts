import { AppError } from "#core/lib/errors.ts";
import { airsMax, type OpenAir, type Weathers } from "#core/ports/weather.ts";
import { airReader, type AirOrder, createAirMemory, startAir } from "#core/world/weather/air-run.ts";

/** Steps the air in the very call that asks for it. `restS`: for tests that need some air, whatever it is like, the air begins at rest so long before. */
export function memoryWeathers(restS?: number): Weathers {
  const open = new Set<OpenAir>();
  return {
    open(order) {
      if (open.size >= airsMax) throw new AppError("UNAVAILABLE", "Too many worlds have weather just now.");
      const air = inlineAir(order, restS, () => open.delete(air));
      open.add(air);
      return air;
    },
  };
}

function inlineAir(order: AirOrder, restS: number | undefined, onClose: () => void): OpenAir {
  const memory = createAirMemory(order.spec);
  const run = startAir(order, memory, restS);
  const read = airReader(order.spec, memory);
  let isLost = false;
  let asked = -Infinity;
  const ifThere = async <T>(work: () => T): Promise<T> => {
    if (isLost) throw new AppError("UNAVAILABLE", "Nobody can read the sky just now.");
    return structuredClone(work());
  };
  return {
    stepS: run.stepS,
    get isLost() {
      return isLost;
    },
    at(timeS) {
      if (isLost) return null;
      const step = Math.floor(timeS / run.stepS);
      asked = Math.max(asked, step + 1);
      run.askFor(asked);
      while (run.goOn(1000));
      return read(step, timeS / run.stepS - step);
    },
    push(pushes) {
      isLost ||= pushes.some(({ step }) => step < asked) || !run.push(pushes);
    },
    save: () => ifThere(() => run.save()),
    forecast: (place, timesS) => ifThere(() => run.forecast(place, timesS)),
    close() {
      isLost = true;
      onClose();
    },
  };
}
