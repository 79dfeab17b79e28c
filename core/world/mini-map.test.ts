import { describe, expect, test } from "vitest";
import { characterId, worldId } from "#tests/support/records.ts";
import { fieldSpec, stage, watcher } from "#tests/support/stage.ts";
import { frameOf } from "#workers/world/frames.ts";
import { frameOutBytesMax } from "../protocol/frames-out.ts";
import type { MapData } from "../protocol/map.ts";
import { mapEntitiesMax, mapGridSizeMax, mapOf } from "./mini-map.ts";

type Stage = ReturnType<typeof stage>;
const mapFor = (s: Stage, number: number): MapData => mapOf(s.scene(), s.body(number)!);
const tileAt = (map: MapData, x: number, y: number) => map.tiles.find((tile) => tile.x === x && tile.y === y);

describe("the mini-map", () => {
  test("is nine by nine tiles a step apart, from the south-west to the north-east, with the player in the middle", () => {
    const s = stage();
    s.enter(1);
    const map = mapFor(s, 1);
    expect(map).toMatchObject({ player_x: 5, player_y: 2, player_z: 0, grid_size: 9, scale: 1, world_id: worldId(1) });
    const expected = Array.from({ length: 81 }, (_, i) => [1 + (i % 9), -2 + Math.floor(i / 9)]);
    expect(map.tiles.map(({ x, y }) => [x, y])).toEqual(expected);
    expect(map.tiles.flatMap((tile, i) => (tile.is_player ? [i] : []))).toEqual([40]);
  });

  test("marks what lies outside the walls, and nothing that lies on them", () => {
    const s = stage();
    s.enter(1);
    for (const tile of mapFor(s, 1).tiles) expect(tile.out_of_bounds ?? false).toBe(tile.y < 0);
  });

  test("shows the statue, portals and where they lead", () => {
    const s = stage();
    s.enter(1, { position: { x: 4, y: 4, z: 0 } });
    const map = mapFor(s, 1);
    expect(tileAt(map, 5, 5)!.entities).toEqual([{ id: "statue", type: "statue", name: "marble statue", glyph: "Ω" }]);
    expect(tileAt(map, 0, 5)!.portal).toMatchObject({ world_name: "Verdance", active: true });
    expect(tileAt(map, 5, 0)!.portal).toEqual({ world_name: "", destination: "", active: false });
    expect(map.tiles.filter(({ portal }) => portal)).toHaveLength(2);
  });

  test("shows others where they stand, and neither watchers nor oneself", () => {
    const s = stage();
    s.enter(1);
    s.enter(2, { position: { x: 6.4, y: 2.6, z: 0 } });
    s.enter(3, { ...watcher });
    const shown = mapFor(s, 1).tiles.filter(({ entities }) => entities);
    expect(shown.map(({ x, y, entities }) => [x, y, entities![0]!.name])).toEqual(
      [
        [5, 5, "marble statue"],
        [6, 3, "Ana 2"],
      ].toSorted((a, b) => Number(a[1]) - Number(b[1])),
    );
  });

  test("fits into a frame with a thousand others in sight, all with the longest names, and shows the nearest", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(0, { position: { x: 0, y: 0, z: 0 } });
    for (let i = 1; i <= 1000; i++)
      s.enter(i, { name: `${"𝕎".repeat(46)}${i}`, position: { x: (i % 4) / 10, y: 1 + i / 1000, z: 0 } });
    const map = mapFor(s, 0);
    const shown = map.tiles.flatMap(({ entities }) => entities ?? []).map(({ id }) => id);
    expect(shown).toHaveLength(mapEntitiesMax);
    expect(shown).toContain(characterId(1));
    expect(shown).not.toContain(characterId(1000));
    for (const protocol of ["legacy", "v1"] as const)
      expect(Buffer.byteLength(frameOf({ kind: "map", map }, protocol, { id: "0".repeat(36), atMs: 0 }))).toBeLessThan(
        frameOutBytesMax,
      );
  });

  test("says in words what it draws, for both protocols", () => {
    const s = stage();
    s.enter(1, { position: { x: 4, y: 4, z: 0 } });
    s.enter(2, { position: { x: 6, y: 4, z: 0 } });
    const map = mapFor(s, 1);
    expect(map.speech).toBe(
      "Map of 9 metres across. Here is the lobby. On it: marble statue to the northeast, Ana 2 to the east, a dark portal to the south and a portal to Verdance to the west.",
    );
    const frame = (protocol: "legacy" | "v1") =>
      JSON.parse(frameOf({ kind: "map", map }, protocol, { id: "0", atMs: 0 })) as { data: object };
    expect([frame("legacy"), frame("v1")]).toMatchObject([
      { type: "game_message", data: { type: "map_update", text: "", speech: map.speech } },
      { type: "map_update", data: { speech: map.speech } },
    ]);
  });

  test("hides the ground behind a ridge, and shows it from above", () => {
    const spec = { ...fieldSpec, ground: "land" as const, stepM: 5 };
    const ridge = (_x: number, y: number) => (y === 5 ? 10 : 0);
    const terrain = {
      groundAt: (x: number, y: number) =>
        ({ elevationM: ridge(x, y), biome: "Grassland", isWater: false, waterDepthM: 0 }) as const,
      slopeAt: () => ({ grade: 0, downhillRad: 0 }),
    };
    const s = stage({ spec, terrain });
    s.enter(1, { ...watcher, position: { x: 0, y: 0, z: 0 } });
    const hidden = () => mapFor(s, 1).tiles.flatMap(({ x, y, occluded }) => (occluded ? [[x, y]] : []));
    expect(hidden().length).toBeGreaterThan(20);
    expect(hidden().every(([, y]) => y! >= 5)).toBe(true);
    s.say(1, "fly 60");
    expect(mapFor(s, 1)).toMatchObject({ grid_size: mapGridSizeMax, scale: 10 });
    s.say(1, "fly 1000");
    expect(hidden()).toEqual([]);
  });

  test("from high up, with a crowd below, is cut to what fits into a frame", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(0, { ...watcher, position: { x: 0, y: 0, z: 0 } });
    for (let i = 1; i <= 300; i++)
      s.enter(i, { name: `${"𝕎".repeat(46)}${i}`, position: { x: (i % 9) - 4, y: (i % 7) - 3, z: 0 } });
    s.give(s.commanded(0, "fly 3"));
    const body = { ...s.body(0)!, isFlying: true, position: { x: 0, y: 0, z: 50 } };
    const map = mapOf(s.scene(), body);
    expect(map.tiles).toHaveLength(map.grid_size ** 2);
    expect(map.grid_size % 2).toBe(1);
    for (const protocol of ["legacy", "v1"] as const)
      expect(Buffer.byteLength(frameOf({ kind: "map", map }, protocol, { id: "0".repeat(36), atMs: 0 }))).toBeLessThan(
        frameOutBytesMax,
      );
  });

  test("goes across the antimeridian and over the pole without a hole", () => {
    const radiusM = 637_100;
    const spec = { ...fieldSpec, bounds: null, radiusM, shape: "spherical" as const, stepM: 5 };
    for (const position of [
      { x: Math.PI * radiusM - 1, y: 0, z: 0 },
      { x: 0, y: (Math.PI / 2) * radiusM - 1, z: 0 },
    ]) {
      const s = stage({ spec });
      s.enter(1, { position });
      s.enter(2, { position });
      s.say(2, "north");
      const map = mapFor(s, 1);
      for (const { x, y } of map.tiles) {
        expect(Math.abs(x)).toBeLessThanOrEqual(Math.PI * radiusM + 0.001);
        expect(Math.abs(y)).toBeLessThanOrEqual((Math.PI / 2) * radiusM + 0.001);
      }
      expect(map.tiles[49]!.entities).toMatchObject([{ name: "Ana 2" }]);
    }
  });
});
