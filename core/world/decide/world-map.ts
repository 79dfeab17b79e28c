import type { WorldMap } from "../../protocol/world-map.ts";
import { type Act, answer, type Decision, type Place } from "../scene.ts";
import type { Terrain } from "../terrain.ts";
import { tileOf, worldMapOf } from "../world-map.ts";

/** With the longest biome's name in each of them and all the names, the frame stays below 128 KiB. */
export const commandTilesMax = 1_152;
const columnsOfSphere = 48;
const columns = 32;

/** Land does not change: what has been drawn of it is good for as long as the world is open. */
const drawn = new WeakMap<Terrain, WorldMap>();

export function decideWorldMap({ scene, actor }: Act): Decision {
  const { place, gameMs } = scene;
  const { spec } = place;
  const map = mapOf(place, actor.position);
  const { tiles, ...rest } = map;
  const here = tileOf(map, actor.position);
  const years = gameMs / (spec.sky.dayLengthS * 1000 * spec.sky.daysPerYear);
  return answer(actor, "world_map_data", wordsOf(map), {
    tiles: tiles.map((tile, index) => (index === here ? { ...tile, is_player: true } : tile)),
    ...rest,
    player_x: actor.position.x,
    player_y: actor.position.y,
    simulated_years: Math.round(years * 1000) / 1000,
  });
}

function mapOf({ id, name, spec, terrain }: Place, around: { readonly x: number; readonly y: number }): WorldMap {
  const width = spec.radiusM === null ? columns : columnsOfSphere;
  const draw = () =>
    worldMapOf({ id, name, spec, terrain }, { width, layer: "biomes", around, tilesMax: commandTilesMax });
  if (spec.shape === "infinite") return draw();
  const map = drawn.get(terrain) ?? draw();
  drawn.set(terrain, map);
  // The floor of every room is one and the same terrain.
  return map.world_id === id ? map : draw();
}

function wordsOf({ world_name, land_coverage, avg_temperature, max_elevation }: WorldMap): string {
  if (avg_temperature === null) return `The whole of ${world_name}.`;
  const land = `${Math.round(100 * land_coverage)} % of it is land`;
  return `The whole of ${world_name}: ${land}, up to ${Math.round(max_elevation)} metres high, and it is ${Math.round(avg_temperature)} °C on average.`;
}
