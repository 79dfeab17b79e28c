import { exp } from "../elementary.ts";
import { hash3 } from "../hash.ts";

// Storms that the cells are too coarse for: within a cell of hundreds of kilometres the wind is at times and places much stronger than its mean, and elsewhere
// weaker. A factor on the wind near the ground, drawn by seed, cell and time alone, lognormal with mean 1: the mean wind stays what the model has.

const lifeS = 6 * 3600;
/** Deviation of the factor's logarithm: fitted to how often there are blizzards in the United States (docs/simulation.md). */
const deviation = 0.37;
/** Of a sum of four numbers between 0 and 1. */
const sumDeviation = Math.sqrt(4 / 12);

/** At a cell's middle. `seed`: of the weather, a 32-bit integer. */
export function squallOf(seed: number, cell: number, timeS: number, spread = deviation): number {
  const mark = Math.floor(timeS / lifeS);
  const share = timeS / lifeS - mark;
  const blend = Math.sqrt((1 - share) * (1 - share) + share * share);
  const normal = ((1 - share) * drawOf(seed, cell, mark) + share * drawOf(seed, cell, mark + 1)) / blend;
  return exp(spread * normal - 0.5 * spread * spread);
}

/** Nearly normal, mean 0 and deviation 1. */
function drawOf(seed: number, cell: number, mark: number): number {
  let sum = -2;
  for (let k = 0; k < 4; k++) sum += hash3(seed, mark, cell, salt + k) / 0x1_0000_0000;
  return sum / sumDeviation;
}

/** Other chances than those of cyclones, which have 0 … 3. */
const salt = 101;
