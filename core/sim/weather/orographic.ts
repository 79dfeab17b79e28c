// Rain of a slope and dryness behind it: the linear model of Smith & Barstad 2004 along the wind. Air that is lifted by V·∇h condenses
// ρ q_v V·∇h; cloud turns to drops and drops fall, each in τ = 1000 s, and the wind carries them meanwhile, so that what falls here is
// the lifting upwind weighted by t/τ² e^(−t/τ). Sinking air takes as much back. Lifting fades with height over 2.5 km.

const conversionS = 1000;
const samples = 16;
const travelMax = 5;
/** Share of the lifting that acts at the height where the moisture is. */
const depth = 0.6;

/** Height of the ground so far to the east and north, in metres. */
export type Relief = (eastM: number, northM: number) => number;

/** What falls more here (or, below 0, less) than over flat land, kg/m²/s. Moist is 0 where the air is dry, 1 where it is full. */
export function orographicRain(
  relief: Relief,
  wind: { readonly east: number; readonly north: number },
  vapourKgM3: number,
  moist: number,
): number {
  const speed = Math.hypot(wind.east, wind.north);
  if (speed < 0.5 || moist <= 0) return 0;
  const stepS = (travelMax * conversionS) / samples;
  let sum = 0;
  let lower = relief(-wind.east * travelMax * conversionS, -wind.north * travelMax * conversionS);
  for (let i = samples - 1; i >= 0; i--) {
    const timeS = i * stepS;
    const height = relief(-wind.east * timeS, -wind.north * timeS);
    const lifting = (height - lower) / stepS;
    const age = timeS + 0.5 * stepS;
    sum += lifting * (age / (conversionS * conversionS)) * Math.exp(-age / conversionS) * stepS;
    lower = height;
  }
  return depth * moist * vapourKgM3 * sum;
}
