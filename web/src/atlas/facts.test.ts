import { describe, expect, test } from "vitest";
import type { WorldMap, WorldMapTile } from "#core/protocol/world-map.ts";
import type { WeatherGrid } from "#core/protocol/world-weather.ts";
import { joined, shareBetween, veilOf } from "./air.ts";
import { airInWords } from "./air-words.ts";
import { factsOf, isPlanet, sharesOf, tileAt, whereIs, windWords, wordsOfTile } from "./facts.ts";

const tile = (index: number, more: Partial<WorldMapTile> = {}): WorldMapTile => ({
  grid_x: index % 4,
  grid_y: Math.floor(index / 4),
  biome: index < 8 ? "Ocean" : "Taiga",
  avg_elevation: index < 8 ? -1200 : 340,
  ...more,
});
const map: WorldMap = {
  tiles: Array.from({ length: 16 }, (_, index) => tile(index, { climate: "Dfc" })),
  grid_width: 4,
  grid_height: 4,
  world_width: 40_000_000,
  world_height: 20_000_000,
  origin_x: -20_000_000,
  origin_y: -10_000_000,
  world_id: "00000000-0000-0000-0000-000000000009",
  world_name: "Here",
  is_simulated: true,
  avg_temperature: 9.4,
  max_elevation: 4810,
  sea_level: 0,
  land_coverage: 0.5,
  seed: 1,
  history: [],
  satellites: [{ id: "m", name: "Lune", mass: 1, distance: 1, period: 27.3, radius: 1 }],
  names: [{ kind: "sea", name: "Grey Sea", x: 0, y: 0 }],
};
const round = { shape: "spherical", radius: 6_371_000 } as const;

describe("a world in words", () => {
  test("says what its picture shows", () => {
    expect(factsOf(round, map)).toEqual([
      ["Shape", "A planet, 12,742 km through"],
      ["Land", "50 % of it"],
      ["Highest", "4,810 m"],
      ["Deepest water", "1,200 m"],
      ["Warmth", "9.4 °C, mean of the year"],
      ["Moon", "Lune, around in 27 days"],
      ["Seas", "Grey Sea"],
    ]);
  });

  test("says of a world that is no planet what it is", () => {
    const painted = { ...map, tiles: map.tiles.map(({ climate: _, ...rest }) => rest) };
    expect([isPlanet(map), isPlanet(painted)]).toEqual([true, false]);
    expect(factsOf(round, painted)[0]![1]).toContain("not a planet");
    const plane = { ...painted, world_width: 100_000, world_height: 100_000 };
    expect(factsOf({ shape: "infinite", radius: null }, plane)[0]![1]).toBe(
      "Without end; this is the 100 km by 100 km around where one arrives",
    );
    const room = { ...plane, world_width: 10, world_height: 10, is_simulated: false };
    expect(factsOf({ shape: "bounded", radius: null }, room)[0]![1]).toBe("A room of 10 m by 10 m");
  });

  test("counts areas, not tiles: those at the poles of a sphere are small", () => {
    const atPole = {
      ...map,
      tiles: map.tiles.map((each) => ({ ...each, biome: each.grid_y === 3 ? "Tundra" : "Ocean" }) as const),
    };
    expect(sharesOf(atPole, false, ({ biome }) => biome)).toEqual([
      ["Ocean", 0.75],
      ["Tundra", 0.25],
    ]);
    expect(sharesOf(atPole, true, ({ biome }) => biome)[1]![1]).toBeCloseTo(0.146, 3);
    expect(sharesOf(map, true, ({ biome, climate }) => (biome === "Ocean" ? null : climate!))).toEqual([["Dfc", 1]]);
  });

  test("knows the tile of a place, and says where that is", () => {
    expect(tileAt(map, 0.99, 0.01)).toBe(map.tiles[15]);
    expect(tileAt(map, 0, 1)).toBe(map.tiles[0]);
    expect(whereIs(map, true, 0.75, 0.25)).toBe("45° N, 90° E");
    expect(whereIs({ ...map, origin_x: -100, origin_y: 0, world_width: 200, world_height: 80 }, false, 0.25, 0.5)).toBe(
      "50 m west, 40 m north",
    );
    expect(wordsOfTile(tile(0, { temperature: 4.5, wind_east: 5, wind_north: 0 }))).toBe(
      "Ocean, 1,200 m deep, 4.5 °C, 5 m/s from the west",
    );
  });

  test.each([
    [0, -3, "3 m/s from the north"],
    [-4, -4, "6 m/s from the northeast"],
    [0.1, 0.2, "hardly any wind"],
  ])("a wind of %d to the east and %d to the north is %s", (east, north, words) => {
    expect(windWords(east, north)).toBe(words);
  });
});

const grid = (gameTimeMs: number, cloud: number): WeatherGrid => ({
  game_time_ms: gameTimeMs,
  grid_width: 6,
  grid_height: 3,
  world_width: 1,
  world_height: 1,
  origin_x: 0,
  origin_y: 0,
  temperature: Array.from({ length: 18 }, (_, cell) => (cell < 6 ? -20 : 20)),
  wind_east: Array.from({ length: 18 }, () => 3),
  wind_north: Array.from({ length: 18 }, () => 4),
  cloud: Array.from({ length: 18 }, () => cloud),
  rain: Array.from({ length: 18 }, (_, cell) => (cell >= 12 ? 2 : 0)),
});

describe("the air over a world", () => {
  test("runs evenly from what was told to what is told next, and the same again changes nothing", () => {
    const first = joined(null, grid(0, 0.2), 1000);
    const second = joined(first, grid(60_000, 0.8), 5000);
    expect(joined(second, grid(60_000, 0.8), 9000)).toBe(second);
    expect([second.before.cloud[0], second.now.cloud[0]]).toEqual([0.2, 0.8]);
    expect([3000, 7000, 99_000].map((ms) => shareBetween(second, ms, 4000))).toEqual([0, 0.5, 1]);
  });

  test("is laid with the north at the top: cold in the south, rain in the north", () => {
    const air = joined(null, grid(0, 0), 0);
    const warmth = veilOf(air, "warmth", 1, true);
    const [top, bottom] = [0, 4 * warmth.width * (warmth.height - 1)];
    expect(warmth.rgba[top]!).toBeGreaterThan(warmth.rgba[top + 2]!);
    expect(warmth.rgba[bottom + 2]!).toBeGreaterThan(warmth.rgba[bottom]!);
    const rain = veilOf(air, "clouds", 1, true);
    expect([rain.rgba[top + 3]! > 150, rain.rgba[bottom + 3]]).toEqual([true, 0]);
  });

  test("is told in a sentence", () => {
    expect(airInWords(grid(0, 0.5), false)).toBe(
      "Clouds over 50 % of it, rain or snow over 33 %. 7 °C in the mean, from -20 °C to 20 °C; the strongest wind is 5 m/s.",
    );
  });
});
