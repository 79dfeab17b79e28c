import { beforeAll, describe, expect, test } from "vitest";
import { createSphereGrid } from "#core/sim/sphere-grid.ts";
import { blizzard, heat } from "#core/sim/weather/extremes.ts";
import { earth } from "#core/sim/weather/planet.ts";
import { createWeather, type Weather } from "#core/sim/weather/weather.ts";
import { earthSurface } from "#tests/support/earth.ts";

// How often there are blizzards, heat waves and droughts over the Earth's land, on the coarsest grid with storms, beside what is published:
//   blizzards   438 of 150,000 km² in 41 winters of the conterminous United States (Schwartz & Schmidlin 2002), 713 of 83,000 km² in 55 (Coleman &
//               Schwartz 2017): 0.14–0.21 a year at a place there; over 0.5 in the Dakotas and western Minnesota
//   heat waves  4–6 days a year in warm spells over land, 1961–1990 (HadEX3, Dunn et al. 2020; from memory)
//   droughts    by the index's own distribution 15.9 % of the time at −1 and below, 6.7 % at −1.5, 2.3 % at −2 (WMO-No. 1090)

const grid = createSphereGrid(3);
const surface = earthSurface(grid);
/** One year is what normals need at least. */
const spinUpDays = 500;
const years = 3;

type Box = { readonly south: number; readonly north: number; readonly west?: number; readonly east?: number };
const deg = (rad: number) => (rad * 180) / Math.PI;

function cellsIn({ south, north, west = -180, east = 180 }: Box): number[] {
  return Array.from({ length: grid.cellCount }, (_, c) => c).filter((c) => {
    const [latitude, longitude] = [deg(grid.latitude_c[c]!), deg(grid.longitude_c[c]!)];
    return (
      surface.landShare_c[c]! >= 0.5 && latitude >= south && latitude <= north && longitude >= west && longitude <= east
    );
  });
}

const boxes = {
  unitedStates: { south: 25, north: 49, west: -125, east: -67 },
  northernPlains: { south: 43, north: 56, west: -112, east: -92 },
  northAmericanArctic: { south: 60, north: 75, west: -125, east: -60 },
  northOf45: { south: 45, north: 80 },
  northOf35: { south: 35, north: 60 },
  tropics: { south: -20, north: 20 },
  europe: { south: 45, north: 60, west: 0, east: 40 },
  antarctica: { south: -90, north: -70 },
  all: { south: -60, north: 80 },
} satisfies Record<string, Box>;

const counts = () => new Float64Array(grid.cellCount);

/** Counts of each cell. */
function watch(weather: Weather, days: number) {
  const { state } = weather.model;
  const seen = {
    blizzards: counts(),
    blizzardHours: counts(),
    heatWaves: counts(),
    heatDays: counts(),
    heatInSummer: counts(),
    rainyDays: counts(),
    index1: counts(),
    index15: counts(),
    index2: counts(),
    droughts: counts(),
    droughtDays: counts(),
    sum: counts(),
    squares: counts(),
  };
  const wasDry = new Uint8Array(grid.cellCount);
  const perHour = 3600 / weather.stepS;
  const leastDays = heat.leastS / 86_400;
  for (let hour = 1; hour <= 24 * days; hour++) {
    weather.advanceTo(weather.step() + perHour);
    for (let c = 0; c < grid.cellCount; c++) {
      if (state.blizzardS_c[c]! < blizzard.leastS) continue;
      seen.blizzardHours[c]! += state.blizzardS_c[c] === blizzard.leastS ? blizzard.leastS / 3600 : 1;
      if (state.blizzardS_c[c] === blizzard.leastS) seen.blizzards[c]! += 1;
    }
    if (hour % 24 !== 0) continue;
    const yearShare = ((weather.step() * weather.stepS) / 86_400 / 365) % 1;
    for (let c = 0; c < grid.cellCount; c++) {
      const isNorth = grid.latitude_c[c]! > 0;
      const hotDays = state.hotS_c[c]! / 86_400;
      if (hotDays >= leastDays) {
        seen.heatDays[c]! += hotDays === leastDays ? leastDays : 1;
        if (hotDays === leastDays) {
          seen.heatWaves[c]! += 1;
          if (isNorth === yearShare < 0.5) seen.heatInSummer[c]! += 1;
        }
      }
      const index = state.droughtIndex_c[c]!;
      if (index !== 0) {
        seen.rainyDays[c]! += 1;
        seen.sum[c]! += index;
        seen.squares[c]! += index * index;
        if (index <= -1) seen.index1[c]! += 1;
        if (index <= -1.5) seen.index15[c]! += 1;
        if (index <= -2) seen.index2[c]! += 1;
      }
      const isDry = state.droughtS_c[c]! > 0 ? 1 : 0;
      if (isDry === 1) seen.droughtDays[c]! += 1;
      if (isDry > wasDry[c]!) seen.droughts[c]! += 1;
      wasDry[c] = isDry;
    }
  }
  return seen;
}

let seen: ReturnType<typeof watch>;

/** By area. */
const meanIn = (box: keyof typeof boxes, values: Float64Array): number => {
  let [sum, area] = [0, 0];
  for (const c of cellsIn(boxes[box])) {
    sum += grid.area_c[c]! * values[c]!;
    area += grid.area_c[c]!;
  }
  return sum / area;
};
const perYear = (box: keyof typeof boxes, values: Float64Array): number => meanIn(box, values) / years;
const shareOf = (part: Float64Array, whole: Float64Array): number => meanIn("all", part) / meanIn("all", whole);

beforeAll(() => {
  const weather = createWeather(grid, surface, earth, 1);
  weather.advanceTo((spinUpDays * 86_400) / weather.stepS);
  seen = watch(weather, years * 365);
  console.table(
    Object.keys(boxes).map((name) => {
      const box = name as keyof typeof boxes;
      return {
        box,
        cells: cellsIn(boxes[box]).length,
        blizzards: perYear(box, seen.blizzards),
        blizzardHours: perYear(box, seen.blizzardHours),
        heatWaves: perYear(box, seen.heatWaves),
        heatDays: perYear(box, seen.heatDays),
        droughts: perYear(box, seen.droughts),
        droughtDays: perYear(box, seen.droughtDays),
      };
    }),
  );
  console.log({
    index1: shareOf(seen.index1, seen.rainyDays),
    index15: shareOf(seen.index15, seen.rainyDays),
    index2: shareOf(seen.index2, seen.rainyDays),
    indexMean: shareOf(seen.sum, seen.rainyDays),
    indexSquare: shareOf(seen.squares, seen.rainyDays),
    droughtDays: shareOf(seen.droughtDays, seen.droughts),
    summer: meanIn("northOf35", seen.heatInSummer) / meanIn("northOf35", seen.heatWaves),
    mostBlizzards: Math.max(...seen.blizzards) / years,
  });
}, 3_600_000);

describe("an Earth", () => {
  test("has blizzards in the United States once in some years at a place, more further north and in Antarctica, none in the tropics", () => {
    expect(perYear("unitedStates", seen.blizzards)).toBeGreaterThan(0.03);
    expect(perYear("unitedStates", seen.blizzards)).toBeLessThan(0.6);
    expect(perYear("antarctica", seen.blizzards)).toBeGreaterThan(perYear("northOf45", seen.blizzards));
    expect(perYear("northOf45", seen.blizzards)).toBeLessThan(4);
    expect(perYear("northOf45", seen.blizzards)).toBeGreaterThan(perYear("unitedStates", seen.blizzards));
    expect(perYear("northOf45", seen.blizzardHours) / perYear("northOf45", seen.blizzards)).toBeLessThan(24);
    expect(perYear("tropics", seen.blizzards)).toBe(0);
  });

  test("has some days of heat waves a year, in the middle latitudes in summer", () => {
    expect(perYear("all", seen.heatDays)).toBeGreaterThan(1);
    expect(perYear("all", seen.heatDays)).toBeLessThan(15);
    expect(meanIn("northOf35", seen.heatInSummer)).toBeGreaterThan(0.8 * meanIn("northOf35", seen.heatWaves));
    expect(perYear("antarctica", seen.heatDays)).toBe(0);
  });

  test("is in drought as often as the index says: a sixth, a fifteenth, a fortieth of the time, for months", () => {
    expect(Math.abs(shareOf(seen.index1, seen.rainyDays) - 0.159)).toBeLessThan(0.05);
    expect(Math.abs(shareOf(seen.index15, seen.rainyDays) - 0.067)).toBeLessThan(0.03);
    expect(Math.abs(shareOf(seen.index2, seen.rainyDays) - 0.023)).toBeLessThan(0.02);
    const lasts = shareOf(seen.droughtDays, seen.droughts);
    expect(lasts).toBeGreaterThan(60);
    expect(lasts).toBeLessThan(240);
  });
});
