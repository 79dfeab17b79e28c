import type { WorldId } from "../lib/ids.ts";
import type { Biome } from "../protocol/map.ts";
import { type MapLayer, mapTilesMax, type WorldMap, type WorldMapTile } from "../protocol/world-map.ts";
import { createPlanetAir, type PlanetAir } from "../sim/planet-land/air.ts";
import { zonalClimateOf } from "./read-clock.ts";
import { satellitesOf } from "./satellites.ts";
import type { Position } from "./space.ts";
import type { WorldSpec } from "./spec.ts";
import type { Ground, Terrain } from "./terrain.ts";

export type Mapped = {
  readonly id: WorldId;
  readonly name: string;
  readonly spec: WorldSpec;
  readonly terrain: Terrain;
};

export type MapWanted = {
  /** Tiles along a row. */
  readonly width: number;
  readonly layer: MapLayer;
  /** The middle of a world without end. */
  readonly around?: Pick<Position, "x" | "y">;
  /** `mapTilesMax` where nothing is said. */
  readonly tilesMax?: number;
};

/** Of a world without end, on each side. */
const windowM = 100_000;
/** Above so many tiles each is looked at once; below, four times. */
const fineTilesMax = 2_048;
const namesMax = 52;

/** What a map shows of its world, in the world's metres, and in how many tiles. */
export type Frame = { minX: number; minY: number; width: number; height: number; columns: number; rows: number };

/** A world from above, tile by tile. Costs some 4 µs a look at the land, of which there are at most 8,192: for the asking, not for every tick. */
export function worldMapOf({ id, name, spec, terrain }: Mapped, wanted: MapWanted): WorldMap {
  const { layer } = wanted;
  const frame = frameOf(spec, wanted);
  const { columns, rows } = frame;
  const climateAt = spec.ground === "room" ? null : (terrain.climateAt ?? zonalClimateOf(spec));
  const airAt = terrain.planet && (layer === "climate" || layer === "winds") ? createPlanetAir(terrain.planet) : null;
  const tiles: WorldMapTile[] = [];
  let [maxM, dry, warmth, weights] = [-Infinity, 0, 0, 0];
  for (let grid_y = 0; grid_y < rows; grid_y++) {
    const y = frame.minY + ((grid_y + 0.5) * frame.height) / rows;
    // Tiles near the poles of a sphere are small.
    const weight = spec.radiusM === null ? 1 : Math.cos(y / spec.radiusM);
    for (let grid_x = 0; grid_x < columns; grid_x++) {
      const looked = looksAt(terrain, frame, grid_x, grid_y);
      const x = frame.minX + ((grid_x + 0.5) * frame.width) / columns;
      const elevationM = mean(looked.map((ground) => ground.elevationM));
      const climate = climateAt?.(x, y, Math.max(0, elevationM));
      weights += weight;
      warmth += weight * (climate?.temperatureC ?? 0);
      dry += weight * mean(looked.map(({ isWater }) => (isWater ? 0 : 1)));
      for (const ground of looked) maxM = Math.max(maxM, ground.elevationM);
      tiles.push({
        grid_x,
        grid_y,
        biome: commonest(looked),
        avg_elevation: round(elevationM),
        ...(layer === "temperature" && climate && { temperature: round(climate.temperatureC) }),
        ...(layer === "rain" && climate && { rain: Math.round(climate.rainMmPerYear) }),
        ...(airAt && airOf(airAt(x, y), layer)),
      });
    }
  }
  return {
    tiles,
    grid_width: columns,
    grid_height: rows,
    world_width: frame.width,
    world_height: frame.height,
    origin_x: frame.minX,
    origin_y: frame.minY,
    world_id: id,
    world_name: name,
    is_simulated: spec.ground !== "room",
    avg_temperature: climateAt === null ? null : round(warmth / weights),
    max_elevation: round(maxM),
    sea_level: 0,
    land_coverage: Math.round((1000 * dry) / weights) / 1000,
    seed: spec.seed,
    history: [],
    satellites: spec.ground === "room" ? [] : satellitesOf(spec),
    names: (terrain.names?.list ?? [])
      .slice(0, namesMax)
      .map(({ kind, name: called, x, y }) => ({ kind, name: called, x, y })),
  };
}

function airOf({ koppen, windEastMs, windNorthMs }: PlanetAir, layer: MapLayer): Partial<WorldMapTile> {
  if (layer === "climate") return { climate: koppen };
  return { wind_east: round(windEastMs), wind_north: round(windNorthMs) };
}

/** The tile that holds a place; null outside of the map. */
export function tileOf(map: WorldMap, { x, y }: Pick<Position, "x" | "y">): number | null {
  const column = Math.floor(((x - map.origin_x) / map.world_width) * map.grid_width);
  const row = Math.floor(((y - map.origin_y) / map.world_height) * map.grid_height);
  const inside = (at: number, count: number) => at >= 0 && at <= count;
  if (!inside(column, map.grid_width) || !inside(row, map.grid_height)) return null;
  return Math.min(row, map.grid_height - 1) * map.grid_width + Math.min(column, map.grid_width - 1);
}

export function frameOf(
  spec: WorldSpec,
  { width, around = spec.spawn.position, tilesMax = mapTilesMax }: MapWanted,
): Frame {
  const framed = (minX: number, minY: number, wide: number, high: number): Frame => {
    const rows = Math.max(1, Math.min(Math.round((width * high) / wide), Math.floor(tilesMax / width)));
    return { minX, minY, width: wide, height: high, columns: width, rows };
  };
  const { radiusM, bounds } = spec;
  if (radiusM !== null) {
    const half = Math.PI * radiusM;
    return framed(-half, -half / 2, 2 * half, half);
  }
  if (bounds !== null) return framed(bounds.minX, bounds.minY, bounds.maxX - bounds.minX, bounds.maxY - bounds.minY);
  return framed(around.x - windowM / 2, around.y - windowM / 2, windowM, windowM);
}

function looksAt(terrain: Terrain, frame: Frame, gridX: number, gridY: number): Ground[] {
  const { columns, rows, minX, minY } = frame;
  const at = (dx: number, dy: number): Ground =>
    terrain.groundAt(minX + ((gridX + dx) * frame.width) / columns, minY + ((gridY + dy) * frame.height) / rows);
  if (columns * rows > fineTilesMax) return [at(0.5, 0.5)];
  return [at(0.25, 0.25), at(0.75, 0.25), at(0.25, 0.75), at(0.75, 0.75)];
}

function commonest(looked: readonly Ground[]): Biome {
  const counts = new Map<Biome, number>();
  for (const { biome } of looked) counts.set(biome, (counts.get(biome) ?? 0) + 1);
  let best = looked[0]!.biome;
  for (const [biome, count] of counts) if (count > counts.get(best)!) best = biome;
  return best;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const round = (value: number): number => Math.round(value * 10) / 10 + 0;
