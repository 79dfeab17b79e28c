import { seedOf } from "../rng.ts";
import { fbm } from "../noise.ts";

// Where showers stand within a cell of the weather: noise that drifts with the wind and changes as it goes. Two fields an hour apart are
// blended, each drifting from its own beginning, so that a turn of the wind moves nothing far. Normal numbers of mean 0 and deviation 1, so that a
// share f of places and times lies above the quantile of 1 − f: the mean rain stays what the model has.

const lifeS = 3600;
/** Of one shower, m. */
const sizeM = 12_000;
/** Deviation of the noise below, measured over 200,000 points. */
const deviation = 0.254;

export function showerNoise(
  seed: number,
  timeS: number,
  at: { readonly x: number; readonly y: number; readonly z: number; readonly radiusM: number },
  drift: { readonly x: number; readonly y: number; readonly z: number },
): number {
  const epoch = Math.floor(timeS / lifeS);
  const share = timeS / lifeS - epoch;
  const old = fieldOf(seed, epoch, timeS, at, drift);
  const young = fieldOf(seed, epoch + 1, timeS, at, drift);
  return ((1 - share) * old + share * young) / (deviation * Math.sqrt((1 - share) ** 2 + share ** 2));
}

function fieldOf(
  seed: number,
  epoch: number,
  timeS: number,
  { x, y, z, radiusM }: Parameters<typeof showerNoise>[2],
  drift: Parameters<typeof showerNoise>[3],
): number {
  const goneS = timeS - epoch * lifeS;
  const scale = 1 / sizeM;
  return fbm(
    seedOf(seed, "showers", epoch),
    (x * radiusM - drift.x * goneS) * scale,
    (y * radiusM - drift.y * goneS) * scale,
    (z * radiusM - drift.z * goneS) * scale,
    3,
    0.5,
  );
}

/** The number that a normal one exceeds with this chance (Abramowitz & Stegun 26.2.23, within 5e-4). */
export function exceededWith(chance: number): number {
  if (chance > 0.5) return -exceededWith(1 - chance);
  const t = Math.sqrt(-2 * Math.log(Math.max(chance, 1e-9)));
  return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}
