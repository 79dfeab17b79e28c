import type { Model } from "./model.ts";
import { learn, normalOf } from "./season-normals.ts";

// Drought of a cell: rain and snow of the last quarter of the year beside what is normal for the season, in standard deviations, as the standardised
// precipitation index has it (McKee, Doesken & Kleist 1993; WMO-No. 1090, 2012). Their gamma distribution becomes nearly a normal one by its fourth
// root. A drought begins at −1 and lasts until the index is above 0. Where the season is dry anyway, 0.25 mm a day and less, none begins and it is 0.

const beginsAt = -1;
const dryNormalMm = 0.25;
/** Deviation of the root before anything is known, and the least that is believed, by the root itself: rain of seasons varies by 0.4 and 0.15. */
const [deviationFirst, deviationLeast] = [0.1, 0.04];
const secondsPerDay = 86_400;

/** Of kg/m²/s: the fourth root of mm a day. */
export const rainRoot = (rain: number): number => Math.sqrt(Math.sqrt(Math.max(0, rain) * secondsPerDay));

/** Variance of the root that is taken for granted at first. */
export const firstVariance = (root: number): number => deviationFirst * root * (deviationFirst * root);

const dryRoot = Math.sqrt(Math.sqrt(dryNormalMm));

/** At the end of a day. `weight`: of the day in what is known of the rain's variance. */
export function stepDrought(
  { state, ops, isLand_c, planet }: Model,
  waves_j: Float64Array,
  gain_j: Float64Array,
  weight: number,
): void {
  const { seasonRain_c, rainNormal_cj, rainVariance_c, droughtIndex_c, droughtS_c } = state;
  for (let c = 0; c < ops.cellCount; c++) {
    if (isLand_c[c] === 0) continue;
    const normal = normalOf(rainNormal_cj, c, waves_j);
    const difference = rainRoot(seasonRain_c[c]!) - normal;
    const least = deviationLeast * normal;
    const deviation = Math.sqrt(Math.max(rainVariance_c[c]!, least * least));
    const index = normal > dryRoot ? difference / deviation : 0;
    droughtIndex_c[c] = index;
    if (index >= 0) droughtS_c[c] = 0;
    else if (droughtS_c[c]! > 0 || index <= beginsAt) droughtS_c[c]! += planet.dayLengthS;
    rainVariance_c[c]! += weight * (difference * difference - rainVariance_c[c]!);
    learn(rainNormal_cj, c, gain_j, difference);
  }
}
