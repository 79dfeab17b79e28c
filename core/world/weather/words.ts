import type { Observation } from "../../sim/weather/observation.ts";
import { compassOf } from "../space.ts";

// What somebody would say of an observation. The same thresholds for everything that is told of it, so that nothing told contradicts.

/** From here on sun, moons and stars are hidden. */
export const overcastFrom = 0.85;

export const fogHidesFrom = 0.5;

export const isOvercast = ({ cloud }: Observation): boolean => cloud >= overcastFrom;

export function cloudWords({ cloud, fog }: Observation): string {
  if (fog >= fogHidesFrom) return "fog hides the sky";
  if (cloud < 0.1) return "the sky is clear";
  if (cloud < 0.35) return "a few clouds stand in the sky";
  if (cloud < 0.6) return "clouds drift over the sky";
  return cloud < overcastFrom ? "clouds cover most of the sky" : "the sky is overcast";
}

/** "" where there is none to speak of. After the Beaufort scale: m/s. */
export function windWords({ windMps, gustMps, windFromRad }: Observation): string {
  const side = compassOf(Math.sin(windFromRad), Math.cos(windFromRad));
  const gusts = gustMps > windMps + 6 && gustMps > 12 ? ", with hard gusts" : "";
  if (windMps < 1.6) return gusts === "" ? "the air is still" : `the air is still but for hard gusts from the ${side}`;
  if (windMps < 5.5) return `a light breeze comes from the ${side}${gusts}`;
  if (windMps < 10.8) return `a fresh wind blows from the ${side}${gusts}`;
  if (windMps < 17.2) return `a strong wind blows from the ${side}${gusts}`;
  if (windMps < 24.5) return `a gale blows from the ${side}`;
  return windMps < 32.7 ? `a storm rages from the ${side}` : `a hurricane's wind rages from the ${side}`;
}

/** Light, steady, heavy: mm of water an hour. */
export const fallMm = { steady: 1.5, heavy: 6 } as const;

type Strength = "light" | "steady" | "heavy";
const strengthOf = (mm: number): Strength => (mm < fallMm.steady ? "light" : mm < fallMm.heavy ? "steady" : "heavy");

/** "" where nothing falls. */
export function fallWords({ precipitation, precipitationMmPerHour, thunderPerHour }: Observation): string {
  const thunder = thunderPerHour >= 1 ? ", and thunder rolls" : "";
  const strength = strengthOf(precipitationMmPerHour);
  switch (precipitation) {
    case "none":
      return thunderPerHour >= 1 ? "thunder rolls" : "";
    case "drizzle":
      return `a fine drizzle falls${thunder}`;
    case "rain":
      return `${{ light: "light rain falls", steady: "rain falls steadily", heavy: "rain pours down" }[strength]}${thunder}`;
    case "showers":
      return `${{ light: "a light shower passes", steady: "a shower of rain passes", heavy: "a downpour passes" }[strength]}${thunder}`;
    case "sleet":
      return `${{ light: "a little sleet falls", steady: "sleet falls", heavy: "sleet drives down" }[strength]}${thunder}`;
    case "snow":
      return `${{ light: "a little snow falls", steady: "snow falls", heavy: "snow falls thickly" }[strength]}${thunder}`;
    case "hail":
      return `hail rattles down${thunder}`;
  }
}

/** "" where there is no snow on the ground. */
export function snowWords({ snowDepthM }: Observation): string {
  if (snowDepthM < 0.01) return "";
  if (snowDepthM < 0.05) return "A thin layer of snow lies on the ground.";
  if (snowDepthM < 0.25) return "Snow lies on the ground, ankle-deep.";
  if (snowDepthM < 0.6) return "The snow lies knee-deep.";
  return snowDepthM < 1.1 ? "The snow lies waist-deep." : "The snow lies deeper than you can wade.";
}

/** "" in clear air. */
export function visibilityWords({ visibilityM }: Observation): string {
  if (visibilityM >= 4000) return "";
  return `You see no farther than about ${aboutRound(visibilityM)} metres.`;
}

const aboutRound = (metres: number): number =>
  metres < 100 ? Math.max(10, Math.round(metres / 10) * 10) : Math.round(metres / 100) * 100;

export function warmthWords(temperatureC: number): string {
  if (temperatureC < -15) return "bitterly cold";
  if (temperatureC < 0) return "freezing";
  if (temperatureC < 8) return "cold";
  if (temperatureC < 15) return "cool";
  if (temperatureC < 22) return "mild";
  if (temperatureC < 29) return "warm";
  return temperatureC < 36 ? "hot" : "scorching";
}

/** −0 is 0. */
export const degrees = (temperatureC: number): number => Math.round(temperatureC) + 0;

/** "light rain falls, 11 °C": one place among several. */
export const briefly = (observation: Observation): string =>
  `${skyBriefly(observation)}, ${degrees(observation.temperatureC)} °C`;

/** "light rain falls, a gale blows from the west". */
export function skyBriefly(observation: Observation): string {
  if (observation.extremes.isBlizzard) return "a blizzard rages";
  const fall = fallWords(observation);
  const wind = observation.windMps >= 10.8 ? `, ${windWords(observation)}` : "";
  return `${fall === "" ? cloudWords(observation) : fall}${wind}`;
}
