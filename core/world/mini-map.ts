import { frameOutBytesMax } from "../protocol/frames-out.ts";
import type { MapData, MapEntity, MapTile } from "../protocol/map.ts";
import { npcsInSight } from "./inhabitants/describe.ts";
import type { Npc } from "./inhabitants/inhabitants.ts";
import type { Body, Thing } from "./model.ts";
import { heightM } from "./flight.ts";
import { mapInWords } from "./map-in-words.ts";
import { inSight } from "./perception.ts";
import { featuresFor } from "./portals.ts";
import type { Scene } from "./scene.ts";
import { eyesM } from "./sight-line.ts";
import { offsetM, type Position, round, travel } from "./space.ts";
import { thingsInSight } from "./things/describe.ts";
import { countedName } from "./things/names.ts";
import { type Animal, animalsInSight } from "./wildlife/in-sight.ts";

/** Tiles along one side, for whoever is on the ground. */
export const mapGridSize = 9;
/** From high up. */
export const mapGridSizeMax = 21;
/** The nearest others are shown: with the longest names, more would not fit into a frame. */
export const mapEntitiesMax = 250;
/** Of the map as JSON; what else is in a frame fits into the rest. */
const mapBytesMax = frameOutBytesMax - 4096;

/** The land around one character, north at the top: rows from low y to high y, x inner. From above one sees more of it, and less of each square. */
export function mapOf(scene: Scene, viewer: Body): MapData {
  const height = heightM(scene.place, viewer);
  const scale = scene.place.spec.stepM * Math.max(1, Math.round(height / 25));
  const others = [
    ...inSight(scene, viewer).map(entityOfBody),
    ...npcsInSight(scene, viewer).map(entityOfNpc),
    ...animalsInSight(scene, viewer).map(entityOfAnimal),
    ...thingsInSight(scene, viewer).map(entityOfThing),
  ].slice(0, mapEntitiesMax);
  let size = Math.min(mapGridSizeMax, mapGridSize + 2 * Math.floor(height / 10));
  let map = draw(scene, viewer, { others, size, scale });
  // What does not fit is cut to a smaller radius.
  while (size > 1 && isTooLarge(map, others.length)) {
    size -= 2;
    map = draw(scene, viewer, { others, size, scale });
  }
  return map;
}

type Drawing = { readonly others: readonly Standing[]; readonly size: number; readonly scale: number };

function draw(scene: Scene, viewer: Body, { others, size, scale }: Drawing): MapData {
  const { spec, id, terrain } = scene.place;
  const half = (size - 1) / 2;
  const onTiles = onTilesAround(scene, viewer, { others, scale });
  const ground: MapTile[] = [];
  for (let row = -half; row <= half; row++) {
    for (let column = -half; column <= half; column++) ground.push(tileAt(scene, viewer, column * scale, row * scale));
  }
  const eyeM = viewer.position.z + eyesM;
  const tiles = ground.map((tile, index): MapTile => {
    const [column, row] = [(index % size) - half, Math.floor(index / size) - half];
    return {
      ...tile,
      ...onTiles.get(`${column},${row}`),
      ...(isHiddenTile(ground, { size, column, row, eyeM }) && { occluded: true }),
      ...(row === 0 && column === 0 && { is_player: true }),
    };
  });
  const names = terrain.names?.at(viewer.position.x, viewer.position.y);
  const map: MapData = {
    tiles,
    player_x: viewer.position.x,
    player_y: viewer.position.y,
    player_z: viewer.position.z,
    render_quality: "high",
    grid_size: size,
    scale,
    world_id: id,
    is_simulated: spec.ground !== "room",
    ...(names !== undefined && Object.keys(names).length > 0 && { place_names: names }),
  };
  return { ...map, speech: mapInWords(scene, viewer, map) };
}

/** Only what could be is measured. */
function isTooLarge(map: MapData, others: number): boolean {
  const bytesAtMost = map.tiles.length * 160 + others * 400 + 4096;
  return bytesAtMost > mapBytesMax && utf8Bytes(JSON.stringify(map)) > mapBytesMax;
}

function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Each half of a pair counts two of its four bytes.
    if (code >= 0x80) bytes += code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

type Look = { readonly size: number; readonly column: number; readonly row: number; readonly eyeM: number };

/** Whether a higher square on the way hides the ground of this one. By the squares that are drawn: the map agrees with itself. */
function isHiddenTile(ground: readonly MapTile[], { size, column, row, eyeM }: Look): boolean {
  const half = (size - 1) / 2;
  const squares = Math.max(Math.abs(column), Math.abs(row));
  const elevationAt = (c: number, r: number): number => ground[(r + half) * size + c + half]?.elevation ?? 0;
  const target = elevationAt(column, row);
  for (let i = 1; i < squares; i++) {
    const share = i / squares;
    const between = elevationAt(Math.round(column * share), Math.round(row * share));
    if (between > eyeM + (target - eyeM) * share) return true;
  }
  return false;
}

function tileAt({ place }: Scene, viewer: Body, eastM: number, northM: number): MapTile {
  const at = travel(place.spec, viewer.position, Math.atan2(eastM, northM), Math.hypot(eastM, northM));
  const bounds = place.spec.bounds;
  const isOutside =
    bounds !== null && (at.x < bounds.minX || at.x > bounds.maxX || at.y < bounds.minY || at.y > bounds.maxY);
  if (isOutside) return { x: at.x, y: at.y, biome: "Void", elevation: 0, out_of_bounds: true };
  const ground = place.terrain.groundAt(at.x, at.y);
  return { x: at.x, y: at.y, biome: ground.biome, elevation: round(ground.elevationM) };
}

type Standing = { readonly position: Position; readonly entity: MapEntity };

const entityOfBody = ({ id, name, position }: Body): Standing => ({
  position,
  entity: { id, type: "player", name, glyph: "@" },
});

const entityOfNpc = ({ person: { id, name }, doing, position }: Npc): Standing => ({
  position,
  entity: { id, type: "npc", name, status: doing, glyph: "&" },
});

const entityOfAnimal = ({ id, species, doing, position }: Animal): Standing => ({
  position,
  entity: { id, type: "animal", name: species.name, status: doing, glyph: species.element === "water" ? "~" : "a" },
});

const entityOfThing = ({ item, position }: Thing): Standing => ({
  position,
  entity: { id: item.id, type: "item", name: countedName(item), glyph: "*" },
});

type OnTile = Pick<MapTile, "entities" | "portal">;

function onTilesAround(
  scene: Scene,
  viewer: Body,
  { others, scale }: Pick<Drawing, "others" | "scale">,
): ReadonlyMap<string, OnTile> {
  const found = new Map<string, { entities?: MapEntity[]; portal?: NonNullable<MapTile["portal"]> }>();
  const tileOf = (position: Body["position"]) => {
    const { east, north } = offsetM(scene.place.spec, viewer.position, position);
    const key = `${Math.round(east / scale) + 0},${Math.round(north / scale) + 0}`;
    const tile = found.get(key) ?? {};
    found.set(key, tile);
    return tile;
  };
  for (const feature of featuresFor(scene.place.spec, viewer)) {
    const tile = tileOf(feature.position);
    if (feature.kind === "portal") {
      tile.portal = {
        world_name: feature.destination?.name ?? "",
        destination: feature.destination?.worldId ?? "",
        active: feature.destination !== null,
      };
    } else {
      (tile.entities ??= []).push({ id: feature.id, type: feature.kind, name: feature.name, glyph: "Ω" });
    }
  }
  for (const { position, entity } of others) (tileOf(position).entities ??= []).push(entity);
  return found;
}
