import { cos, sin } from "../elementary.ts";

// What is normal for a cell at a time of the year, learnt from its own weather day by day: a mean, a wave of a year and one of half a year, fitted by
// recursive least squares (Plackett 1950). All cells have their days at the same times, so one covariance serves them all, and a day costs a
// few products a cell. Index kind: _cj, 5·cells + wave.

export const waves = 5;
export const covarianceSize = waves * waves;

/** Weather stays alike for so long: the days within it tell as much as one that stands alone. */
const alikeS = 5 * 86_400;
/** Variance of each wave before anything is known, by that of a single day: the first days say where the mean is, years how the seasons are. */
const unknown = [1, 0.5, 0.5, 0.15, 0.15];
/** Years after which what is old is forgotten as fast as what is new is learnt. */
const yearsKept = 30;

export function forgetAll(covariance: Float64Array): void {
  covariance.fill(0);
  for (let j = 0; j < waves; j++) covariance[j * waves + j] = unknown[j]!;
}

/** Into `out` (5), at `yearShare` of the year. */
export function putWaves(out: Float64Array, yearShare: number): void {
  const angle = 2 * Math.PI * (yearShare - Math.floor(yearShare));
  out[0] = 1;
  out[1] = cos(angle);
  out[2] = sin(angle);
  out[3] = cos(2 * angle);
  out[4] = sin(2 * angle);
}

export function normalOf(normal_cj: Float64Array, c: number, waves_j: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < waves; j++) sum += normal_cj[waves * c + j]! * waves_j[j]!;
  return sum;
}

const spread_j = new Float64Array(waves);

/** Into `gain` (5): how much of a day's difference from its normal goes to each wave. The covariance shrinks by what the day tells. */
export function putGain(
  gain: Float64Array,
  covariance: Float64Array,
  waves_j: Float64Array,
  { dayLengthS, daysPerYear }: { readonly dayLengthS: number; readonly daysPerYear: number },
): void {
  const daysAlike = Math.max(1, alikeS / dayLengthS);
  let [doubt, trace] = [daysAlike, 0];
  for (let j = 0; j < waves; j++) {
    let sum = 0;
    for (let i = 0; i < waves; i++) sum += covariance[waves * j + i]! * waves_j[i]!;
    spread_j[j] = sum;
    doubt += waves_j[j]! * sum;
    trace += covariance[waves * j + j]!;
  }
  for (let j = 0; j < waves; j++) gain[j] = spread_j[j]! / doubt;
  // Of n days in full years: 1/n for the mean, 2/n for each of four waves.
  if (trace <= (9 * daysAlike) / (yearsKept * Math.max(waves, daysPerYear))) return;
  for (let j = 0; j < waves; j++)
    for (let i = 0; i <= j; i++) {
      const less = covariance[waves * j + i]! - gain[j]! * spread_j[i]!;
      covariance[waves * j + i] = less;
      covariance[waves * i + j] = less;
    }
}

/** Of a day's hottest hour, K², before anything is known. */
export const hottestFirstVariance = 9;

/** A first guess of a variance counts for a year. */
const guessYears = 1;

/** Of one more day in what is known of a variance. */
export function varianceWeight(daysLearnt: number, daysPerYear: number): number {
  return 1 / Math.max(2, Math.min(daysLearnt + guessYears * daysPerYear, yearsKept * daysPerYear));
}

export function learn(normal_cj: Float64Array, c: number, gain: Float64Array, difference: number): void {
  for (let j = 0; j < waves; j++) normal_cj[waves * c + j]! += gain[j]! * difference;
}

/** The waves of twelve monthly means that begin with the northern spring, into a cell. */
export function putMonthly(normal_cj: Float64Array, c: number, monthly: ArrayLike<number>): void {
  const at_j = new Float64Array(waves);
  normal_cj.fill(0, waves * c, waves * (c + 1));
  for (let month = 0; month < 12; month++) {
    putWaves(at_j, (month + 0.5) / 12);
    for (let j = 0; j < waves; j++) normal_cj[waves * c + j]! += ((j === 0 ? 1 : 2) / 12) * monthly[month]! * at_j[j]!;
  }
}
