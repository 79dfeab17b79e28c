import { createSphereGrid } from "#core/sim/sphere-grid.ts";
import { climateRun } from "#core/sim/weather/normals.ts";
import { earth, type Planet } from "#core/sim/weather/planet.ts";
import type { TuningValues } from "#core/sim/weather/tuning.ts";
import { at } from "#core/sim/weather/state.ts";
import { earthSurface } from "#tests/support/earth.ts";
import { koppenShares, type Swings, watchDays } from "#tests/support/climate-facts.ts";
import { zonalClimate, zonalTable } from "#tests/support/zonal-climate.ts";

// `node scripts/climatology.ts [--level=4] [--spin-up=1] [--years=2] [--seed=1] [--planet.sunlight=1400] [--tuning.cloudAlbedo=0.42]`:
// Earth's climate as the model has it, by zones, beside published values. What docs/simulation.md says was printed by this.

const settings = new Map(
  process.argv.slice(2).map((arg) => {
    const [name = "", value = ""] = arg.replace(/^--/, "").split("=");
    return [name, Number(value)] as const;
  }),
);
const setting = (name: string, otherwise: number) => settings.get(name) ?? otherwise;
const chosen = (prefix: string) =>
  Object.fromEntries(
    Array.from(settings)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );

const level = setting("level", 4);
const years = setting("years", 2);
const grid = createSphereGrid(level);
const surface = earthSurface(grid);
const planet: Planet = { ...earth, ...chosen("planet.") };
const tuning: Partial<TuningValues> = chosen("tuning.");
const started = performance.now();
const run = climateRun(grid, surface, planet, setting("seed", 1), {
  spinUpYears: setting("spin-up", 1),
  years,
  tuning,
});
for (;;) {
  const next = run.next();
  if (next.done === true) {
    const { normals, weather } = next.value;
    const zones = zonalClimate(grid, surface, normals);
    console.log(zonalTable(zones));
    const { header } = weather.model.state;
    const seconds = weather.step() * weather.stepS;
    const classes = Object.entries(koppenShares(grid, surface, normals));
    console.log(`Köppen, % of land: ${classes.map(([name, share]) => `${name} ${share.toFixed(0)}`).join(", ")}`);
    console.log(
      `energy: taken in ${(header[at.received]! / seconds).toFixed(2)} W/m², given back by the fixer ${(header[at.fixed]! / seconds).toFixed(2)} W/m²`,
    );
    tellSwings(watchDays(weather, 120));
    break;
  }
}

function tellSwings({ jets, dailyHpa }: Swings): void {
  const told = jets.map(
    ({ mps, latitude, layer }) => `${mps.toFixed(0)} m/s at ${latitude}° in the layer ${layer} from above`,
  );
  console.log(`jets over 120 days: ${told.join("; ")}`);
  console.log(
    `daily pressure, 50–65°: ${dailyHpa.map((hpa) => hpa.toFixed(1)).join(" hPa in the north, ")} in the south`,
  );
}

console.log(`level ${level}, ${years} years, ${((performance.now() - started) / 1000).toFixed(0)} s`);
