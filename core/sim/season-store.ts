import { monthOf, type Normals } from "./planet/normals.ts";
import type { TuningValues } from "./weather/tuning.ts";

// What a season has left on the ground by a moment of the year: snow, water in the soil, ice on the sea. Worked out from the normals of the months
// that led there, by bookkeeping in steps of a tenth of a month over three years, from bare ground.
//   snow   falls below 1 °C, melts 4 mm a day for each degree above 0 (degree days; Hock 2003: 2.5 … 5.5)
//   soil   a bucket; evaporation 0.16 mm a day for each degree, less as it empties (26 °C: 4.2 mm, as over the tropics' land)
//   ice    grows by what it conducts, d(h²)/dt = 2 k ΔT / ρL (Stefan 1891), halved for the snow on it; melts 8 mm a day for each degree

export type GroundStore = { snowMm: number; soilMm: number; iceM: number };

const years = 3;
const partsOfMonth = 10;
const daySeconds = 86_400;
const snowFromC = 1;
const meltMm = 4;
const thirstMm = 0.16;
const seaFreezesC = -1.8;
/** Heat that freezing a cubic metre gives off, J. */
const iceHeat = 917 * 3.34e5;
const snowOnIce = 0.5;
const iceMeltM = 0.008;
const iceMostM = 5;

/** Into `out`, of a cell at `yearShare` (0 … 1, from the northern spring). `yearS`: seconds of a year. */
export function putStore(
  out: GroundStore,
  normals: Normals,
  c: number,
  { yearShare, yearS, isLand }: { readonly yearShare: number; readonly yearS: number; readonly isLand: boolean },
  tuning: TuningValues,
): void {
  out.snowMm = 0;
  out.soilMm = isLand ? 0.5 * tuning.soilMax : 0;
  out.iceM = 0;
  const parts = 12 * partsOfMonth;
  const days = yearS / parts / daySeconds;
  for (let part = 0; part < years * parts; part++) {
    const share = yearShare + (part + 0.5) / parts;
    const airC = monthOf(normals.temperatureC_cm, c, share);
    if (isLand) keepWater(out, airC, monthOf(normals.rainMmDay_cm, c, share), days, tuning);
    else freezeSea(out, airC, days, tuning);
  }
}

function keepWater(out: GroundStore, airC: number, rainMmDay: number, days: number, tuning: TuningValues): void {
  const fallen = Math.max(0, rainMmDay) * days;
  const isSnow = airC < snowFromC;
  const lying = out.snowMm + (isSnow ? fallen : 0);
  const melted = Math.min(lying, Math.max(0, airC) * meltMm * days);
  out.snowMm = Math.min(tuning.snowMax, lying - melted);
  const thirst = (Math.max(0, airC) * thirstMm * days) / (0.75 * tuning.soilMax);
  out.soilMm = Math.min(tuning.soilMax, (out.soilMm + melted + (isSnow ? 0 : fallen)) / (1 + thirst));
}

function freezeSea(out: GroundStore, airC: number, days: number, tuning: TuningValues): void {
  const colder = seaFreezesC - airC;
  if (colder <= 0) out.iceM = Math.max(0, out.iceM + colder * iceMeltM * days);
  else {
    const grown = (2 * tuning.iceConduction * snowOnIce * colder * days * daySeconds) / iceHeat;
    out.iceM = Math.min(iceMostM, Math.sqrt(out.iceM * out.iceM + grown));
  }
}
