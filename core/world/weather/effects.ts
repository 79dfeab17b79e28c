import type { Scene } from "../scene.ts";
import { clamp, type Position } from "../space.ts";

// What weather does to those who stand in it. Moderate: it is felt, and nobody is at its mercy. 1 is no effect, and what holds where
// nobody knows the weather. By the air over the place, without its slopes: it is asked for with every step and every word.

/** Of how far a person is made out: as little as a third in thick fog or a blizzard. Air clear for 2 km leaves it alone. */
export function sightFactor({ weather }: Scene, position: Position): number {
  if (weather === undefined) return 1;
  return clamp(weather.observeFar(position).visibilityM / 2000, 1 / 3, 1);
}

/** Of how far a voice carries: wind above 8 m/s and rain above 2 mm an hour drown it, down to a half. */
export function hearingFactor({ weather }: Scene, position: Position): number {
  if (weather === undefined) return 1;
  const { windMps, precipitation, precipitationMmPerHour } = weather.observeFar(position);
  const isLoud = precipitation !== "none" && precipitation !== "snow";
  const rain = isLoud ? Math.max(0, precipitationMmPerHour - 2) / 40 : 0;
  return clamp(1 - Math.max(0, windMps - 8) / 30 - rain, 0.5, 1);
}

/** Of the stamina that a metre costs, at most 3: up to twice in deep snow, a quarter more in a gale and three in a hurricane's wind, a quarter in heat over 32 °C and in bitter cold. */
export function effortFactor({ weather, place }: Scene, position: Position): number {
  if (weather === undefined) return 1;
  const { snowDepthM, windMps, temperatureC } = weather.observeFar(position);
  const { isWater } = place.terrain.groundAt(position.x, position.y);
  const snow = isWater ? 0 : clamp((snowDepthM - 0.1) / 0.6, 0, 1);
  const gale = windMps >= 32.7 ? 0.75 : windMps >= 17.2 ? 0.25 : 0;
  const heat = temperatureC > 32 || temperatureC < -25 ? 0.25 : 0;
  return 1 + snow + gale + heat;
}
