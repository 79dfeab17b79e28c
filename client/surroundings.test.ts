import { expect, test } from "vitest";
import type { MapData, MapTile } from "#core/protocol/map.ts";
import { describeMap, directionTo, neighboursOf, whereabouts } from "./surroundings.ts";

/** Five by five of two metres each; the player in the middle. */
function mapWith(change: (tile: MapTile, column: number, row: number) => Partial<MapTile>): MapData {
  const tiles = Array.from({ length: 25 }, (_, index): MapTile => {
    const [column, row] = [index % 5, Math.floor(index / 5)];
    const tile: MapTile = { x: column * 2, y: row * 2, biome: "Grassland", elevation: 10 };
    return { ...tile, ...change(tile, column, row) };
  });
  return {
    tiles,
    player_x: 4,
    player_y: 4,
    player_z: 10,
    render_quality: "high",
    grid_size: 5,
    scale: 2,
    world_id: "w",
    is_simulated: true,
  };
}

const bob = { id: "b", type: "player", name: "Bob", glyph: "@" };
const statue = { id: "s", type: "statue", name: "marble statue" };

test("who and what is on the map is told with where it is, nearest first, and dark portals not at all", () => {
  const map = mapWith((_, column, row) => {
    if (column === 2 && row === 2) return { entities: [bob] };
    if (column === 4 && row === 3) return { entities: [statue] };
    if (column === 2 && row === 0) return { portal: { world_name: "Verdance", destination: "v", active: true } };
    return column === 0 ? { portal: { world_name: "", destination: "", active: false } } : {};
  });
  const found = neighboursOf(map);
  expect(found.map(({ kind, name }) => [kind, name])).toEqual([
    ["person", "Bob"],
    ["portal", "Verdance"],
    ["thing", "marble statue"],
  ]);
  expect(found.map(whereabouts)).toEqual(["here", "4 m south", "4 m northeast"]);
});

test.each([
  [0, 1, "north"],
  [1, 1, "northeast"],
  [1, 0, "east"],
  [1, -1, "southeast"],
  [0, -1, "south"],
  [-1, -1, "southwest"],
  [-1, 0, "west"],
  [-1, 1, "northwest"],
  [-0.2, 1, "north"],
])("%d east and %d north is %s", (east, north, direction) => {
  expect(directionTo({ east, north })).toBe(direction);
});

test("the map in words tells the land in every direction, how it lies, and who is there", () => {
  const words = describeMap(
    mapWith((_, column, row) => {
      if (row === 4) return { biome: "Lake", elevation: 4 };
      if (column === 4) return { out_of_bounds: true, biome: "Void", elevation: 0 };
      if (column === 0) return { elevation: 14 };
      return column === 2 && row === 2 ? { entities: [bob] } : {};
    }),
  );
  expect(words).toContain("You stand on grassland.");
  expect(words).toContain("North: grassland, then lake, falling.");
  expect(words).toContain("East: grassland, then the edge.");
  expect(words).toContain("West: grassland, rising.");
  expect(words.at(-1)).toBe("Bob: here.");
  expect(words).toHaveLength(10);
});
