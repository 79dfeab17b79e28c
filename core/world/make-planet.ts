import { generatePlanet, gridCache } from "../sim/planet/generate.ts";
import type { Planet } from "../sim/planet/planet.ts";
import { generateSettled, type SettledProgress } from "../sim/settled-planet.ts";
import type { PlanetGenerator } from "./spec.ts";

const gridOf = gridCache();

/** Yields between steps of some ten milliseconds; a caller cancels by not asking on. The same planet for the same generator. */
export function generateFor({ planet, climate }: PlanetGenerator): Generator<SettledProgress, Planet> {
  return climate === "settled" ? generateSettled(planet, gridOf) : generatePlanet(planet, { gridOf });
}
