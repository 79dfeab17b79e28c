import type { MapData, MapEntity, MapTile } from "../protocol/map.ts";
import { npcsInSight } from "./inhabitants/describe.ts";
import type { Npc } from "./inhabitants/inhabitants.ts";
import type { Body } from "./model.ts";
import { inSight } from "./perception.ts";
import { featuresFor } from "./portals.ts";
import type { Scene } from "./scene.ts";
import { offsetM, type Position, round, travel } from "./space.ts";
import type { Feature } from "./spec.ts";

/** Tiles along one side. */
export const mapGridSize = 9;
/** The nearest others are shown: with the longest names, more would not fit into a frame. */
export const mapEntitiesMax = 250;

/** The land around one character, north at the top: rows from low y to high y, x inner. */
export function mapOf(scene: Scene, viewer: Body): MapData {
  const { spec, id } = scene.place;
  const half = (mapGridSize - 1) / 2;
  const others = [...inSight(scene, viewer).map(entityOfBody), ...npcsInSight(scene, viewer).map(entityOfNpc)].slice(
    0,
    mapEntitiesMax,
  );
  const onTiles = onTilesAround(scene, viewer, others, featuresFor(spec, viewer));
  const tiles: MapTile[] = [];
  for (let row = -half; row <= half; row++) {
    for (let column = -half; column <= half; column++) {
      const tile = tileAt(scene, viewer, column * spec.stepM, row * spec.stepM);
      tiles.push({
        ...tile,
        ...onTiles.get(`${column},${row}`),
        ...(row === 0 && column === 0 ? { is_player: true } : {}),
      });
    }
  }
  const names = scene.place.terrain.names?.at(viewer.position.x, viewer.position.y);
  return {
    tiles,
    player_x: viewer.position.x,
    player_y: viewer.position.y,
    player_z: viewer.position.z,
    render_quality: "high",
    grid_size: mapGridSize,
    scale: spec.stepM,
    world_id: id,
    is_simulated: spec.ground !== "room",
    ...(names !== undefined && Object.keys(names).length > 0 && { place_names: names }),
  };
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

type OnTile = Pick<MapTile, "entities" | "portal">;

function onTilesAround(
  scene: Scene,
  viewer: Body,
  others: readonly Standing[],
  features: readonly Feature[],
): ReadonlyMap<string, OnTile> {
  const found = new Map<string, { entities?: MapEntity[]; portal?: NonNullable<MapTile["portal"]> }>();
  const tileOf = (position: Body["position"]) => {
    const { east, north } = offsetM(scene.place.spec, viewer.position, position);
    const key = `${Math.round(east / scene.place.spec.stepM) + 0},${Math.round(north / scene.place.spec.stepM) + 0}`;
    const tile = found.get(key) ?? {};
    found.set(key, tile);
    return tile;
  };
  for (const feature of features) {
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
