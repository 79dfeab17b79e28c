import { createSphereGrid } from "#core/sim/sphere-grid.ts";
import { earth } from "#core/sim/weather/planet.ts";
import { createWeather } from "#core/sim/weather/weather.ts";

// A world of its own, steps of its weather, and the hash of what came of it: run as a program by tests/sim/weather-replay.test.ts.

const grid = createSphereGrid(2);
const surface = {
  landShare_c: grid.longitude_c.map((longitude) => (longitude > 0 && longitude < 1.5 ? 1 : 0)),
  elevationM_c: grid.latitude_c.map((latitude) => 800 + 700 * latitude),
};
const weather = createWeather(grid, surface, { ...earth, eccentricity: 0.1 }, 5);
weather.input({ kind: "rain", x: 0, y: 1, z: 0, radiusM: 3e6, strength: 1, hours: 5 });
weather.advanceTo(60);
console.log(weather.hash());
