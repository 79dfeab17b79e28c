import { describe, expect, test } from "vitest";
import { frameOutBytesMax } from "../protocol/frames-out.ts";
import { mapTilesMax, mapWidth, worldMap } from "../protocol/world-map.ts";
import { gridCache, makePlanet } from "../sim/planet/generate.ts";
import { earthLike } from "../sim/planet/spec.ts";
import { summaryOf } from "../sim/planet/summary.ts";
import { fieldSpec, metadataOf, person, stage } from "#tests/support/stage.ts";
import { worldId, worldRecord } from "#tests/support/records.ts";
import type { WorldSpec } from "./spec.ts";
import { terrainOf } from "./terrain.ts";
import { tileOf, worldMapOf } from "./world-map.ts";

const planetSpec = { ...earthLike, level: 5, seed: 5 };
const planet = makePlanet(planetSpec, { gridOf: gridCache() });
const painted: WorldSpec = { ...worldRecord(1).spec, features: [] };
const terra: WorldSpec = {
  ...painted,
  radiusM: planetSpec.radiusM,
  ground: "planet",
  generator: { kind: "planet", version: 1, planet: planetSpec },
};
const valley: WorldSpec = {
  ...painted,
  shape: "bounded",
  radiusM: null,
  bounds: { minX: -2000, minY: 0, maxX: 2000, maxY: 1000 },
};
const plane: WorldSpec = { ...painted, shape: "infinite", radiusM: null };
const mapped = (spec: WorldSpec) => ({
  id: worldId(1),
  name: "Terra",
  spec,
  terrain: terrainOf(spec, spec.ground === "planet" ? planet : undefined),
});

describe("a world's map", { timeout: 30_000 }, () => {
  test("of a planet has the planet's land, heights, warmth, names and moons", () => {
    const map = worldMapOf(mapped(terra), { width: 64, layer: "temperature" });
    const summary = summaryOf(planet);
    expect([map.grid_width, map.grid_height, map.tiles.length]).toEqual([64, 32, 2048]);
    expect(Math.abs(map.land_coverage - summary.landShare)).toBeLessThan(0.03);
    expect(Math.abs(map.avg_temperature! - summary.meanTemperatureC)).toBeLessThan(1.5);
    expect(map.max_elevation).toBeLessThanOrEqual(summary.highestM * 1.3);
    expect(map.names.length).toBeGreaterThan(10);
    const [pole, equator] = [map.tiles[32]!, map.tiles[16 * 64 + 32]!];
    expect([pole.grid_y, equator.grid_y]).toEqual([0, 16]);
    expect(pole.temperature!).toBeLessThan(equator.temperature! - 20);
    expect(map.satellites).toMatchObject([{ mass: 7.346e22, distance: 384_400_000 }]);
    expect(map.satellites[0]!.radius / 1_737_400).toBeCloseTo(1, 2);
    expect(worldMap.parse(map)).toEqual(map);
  });

  test("of a planet tells its climates and its winds in layers of their own", () => {
    const climates = worldMapOf(mapped(terra), { width: 64, layer: "climate" });
    const of = (y: number) =>
      new Set(climates.tiles.filter(({ grid_y }) => grid_y === y).map(({ climate }) => climate));
    expect([...of(0)].every((climate) => climate === "EF" || climate === "ET")).toBe(true);
    expect([...of(16)].some((climate) => climate!.startsWith("A"))).toBe(true);
    const winds = worldMapOf(mapped(terra), { width: 64, layer: "winds" });
    const meanEast = (y: number) => {
      const row = winds.tiles.filter(({ grid_y }) => grid_y === y);
      return row.reduce((sum, { wind_east: east }) => sum + east!, 0) / row.length;
    };
    // Trades blow to the west, and beyond the horse latitudes it blows to the east.
    expect(meanEast(19)).toBeLessThan(0);
    expect(meanEast(24)).toBeGreaterThan(0);
    for (const map of [climates, winds]) expect(worldMap.parse(map)).toEqual(map);
    const { climate, wind_east: wind } = worldMapOf(mapped(painted), { width: 8, layer: "climate" }).tiles[0]!;
    expect([climate, wind]).toEqual([undefined, undefined]);
  });

  test.each([
    ["a painted sphere", painted, [32, 16]],
    ["a valley, in its own shape", valley, [32, 8]],
    ["a window of an endless plane", plane, [32, 32]],
  ] as const)("of %s", (_what, spec, [columns, rows]) => {
    const map = worldMapOf(mapped(spec), { width: 32, layer: "rain" });
    expect([map.grid_width, map.grid_height]).toEqual([columns, rows]);
    expect(map.tiles.every(({ rain }) => rain! > 0)).toBe(true);
    expect(new Set(map.tiles.map(({ biome }) => biome)).size).toBeGreaterThan(1);
    expect(map.tiles.map(({ grid_x, grid_y }) => grid_y * columns + grid_x)).toEqual([...map.tiles.keys()]);
    expect(worldMap.parse(map)).toEqual(map);
  });

  test("of a room is its floor", () => {
    const map = worldMapOf(mapped(fieldSpec), { width: 8, layer: "temperature" });
    expect(new Set(map.tiles.map(({ biome }) => biome))).toEqual(new Set(["Lobby"]));
    expect([map.avg_temperature, map.is_simulated, map.satellites]).toEqual([null, false, []]);
  });

  test("has no more tiles than fit, whatever the shape of the world", () => {
    const high = { ...valley, bounds: { minX: 0, minY: 0, maxX: 10, maxY: 100_000 } };
    expect(worldMapOf(mapped(high), { width: mapWidth.max, layer: "biomes" }).tiles).toHaveLength(mapTilesMax);
  });

  test("finds the tile of a place, and none outside", () => {
    const map = worldMapOf(mapped(valley), { width: 32, layer: "biomes" });
    expect(tileOf(map, { x: -2000, y: 0 })).toBe(0);
    expect(tileOf(map, { x: 2000, y: 1000 })).toBe(32 * 8 - 1);
    expect(tileOf(map, { x: 0, y: 500 })).toBe(4 * 32 + 16);
    expect(tileOf(map, { x: 2500, y: 500 })).toBeNull();
  });
});

describe("`world map`", { timeout: 30_000 }, () => {
  const walked = (spec: WorldSpec) => {
    const { terrain } = mapped(spec);
    const world = stage({ spec, terrain });
    world.enter(1, { ...person(1), position: { x: 1000, y: 900, z: 0 } });
    return metadataOf(world.say(1, "world map"), 1, "world_map_data") as {
      tiles: object[];
      player_x: number;
      player_y: number;
      simulated_years: number;
    };
  };

  test.each([
    ["a planet", terra],
    ["a valley", valley],
    ["a plane", plane],
    ["a room", fieldSpec],
  ])("shows the whole of %s in one frame, and the player on it", (_what, spec) => {
    const { player_x, player_y, simulated_years, ...map } = walked(spec);
    expect([player_x, player_y]).toEqual([1000, 900]);
    expect(simulated_years).toBeGreaterThanOrEqual(0);
    const players = map.tiles.filter((tile) => "is_player" in tile);
    expect(players).toHaveLength(1);
    expect(map.tiles.indexOf(players[0]!)).toBe(tileOf(worldMap.parse(map), { x: 1000, y: 900 }));
    const longest = map.tiles.map((tile) => ({
      ...tile,
      biome: "Deciduous Forest",
      avg_elevation: -10_000.1,
    }));
    expect(JSON.stringify({ ...map, tiles: longest }).length).toBeLessThan(frameOutBytesMax - 2_000);
  });

  test("tells the name of the sea, the range or the river where one is, in words and with the small map", () => {
    const { terrain } = mapped(terra);
    const sea = terrain.names!.list.find(({ kind }) => kind === "sea")!;
    const world = stage({ spec: terra, terrain });
    world.enter(1, { ...person(1), position: { x: sea.x, y: sea.y, z: 0 } });
    const heard = JSON.stringify([world.say(1, "look").tellings, world.say(1, "map").tellings]);
    expect(heard).toContain(`This is the ${sea.name}.`);
    expect(heard).toContain(`"place_names":{"sea":"${sea.name}"}`);
  });
});
