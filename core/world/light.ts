import type { Place, Scene } from "./scene.ts";
import { moonsAt, skyAt } from "./sky.ts";
import type { Position } from "./space.ts";
import { clamp } from "./space.ts";
import { sightFactor } from "./weather/effects.ts";

/** In the light of day and in a lit room; and without any light but the stars'. */
export const sightByDayM = 60;
export const sightByNightM = 15;

const degree = Math.PI / 180;
/** The sun's upper limb at the horizon; and where the last of its light is gone for who wants to make out a face (nautical twilight). */
const sunsetRad = -0.833 * degree;
const darkRad = -12 * degree;
/** A full moon overhead, of daylight as it counts for making somebody out. */
const moonlightMax = 0.3;

/** Light and weather do not change within such a square: whoever stands in it has the same of both. */
const squareM = 250;

type Known = { readonly gameMs: number; readonly weather: Scene["weather"]; readonly squares: Map<string, number> };
const known = new WeakMap<Place, Known>();

/** How far somebody is made out by average eyes from here, by sun and moons, clouds, fog, rain and snow. */
export function clearM(scene: Scene, position: Position): number {
  if (scene.place.spec.ground === "room") return sightByDayM;
  let memory = known.get(scene.place);
  if (memory === undefined || memory.gameMs !== scene.gameMs || memory.weather !== scene.weather) {
    memory = { gameMs: scene.gameMs, weather: scene.weather, squares: new Map() };
    known.set(scene.place, memory);
  }
  const [column, row] = [Math.floor(position.x / squareM), Math.floor(position.y / squareM)];
  const key = `${column} ${row}`;
  const before = memory.squares.get(key);
  if (before !== undefined) return before;
  const poleM = scene.place.spec.radiusM === null ? Infinity : (scene.place.spec.radiusM * Math.PI) / 2;
  const middle = { x: (column + 0.5) * squareM, y: clamp((row + 0.5) * squareM, -poleM, poleM), z: 0 };
  const metres = (sightByNightM + (sightByDayM - sightByNightM) * lightAt(scene, middle)) * sightFactor(scene, middle);
  memory.squares.set(key, metres);
  return metres;
}

/** 0 under the stars alone … 1 by day. */
export function lightAt({ place, gameMs, weather }: Scene, position: Position): number {
  const { sunAltitudeRad } = skyAt(place.spec, gameMs, position);
  const sunlight = clamp((sunAltitudeRad - darkRad) / (sunsetRad - darkRad), 0, 1);
  if (sunlight === 1) return 1;
  const veil = weather === undefined ? 0 : weather.observeFar(position).cloud;
  const moonlight = moonsAt(place.spec, gameMs, position)
    .filter(({ isUp }) => isUp)
    .reduce((sum, { illumination, altitudeRad }) => sum + illumination * Math.sin(altitudeRad), 0);
  return Math.max(sunlight, clamp(moonlight, 0, 1) * moonlightMax * (1 - 0.9 * veil));
}
