import * as z from "zod";
import { biomes } from "./map.ts";

// The map of a whole world. Of the endless ones a window of it.

/** Of any world with ground. */
export const landLayers = ["biomes", "elevation", "temperature", "rain"] as const;
export type LandLayer = (typeof landLayers)[number];
/** The others are known of planets only. */
export const mapLayers = [...landLayers, "climate", "winds"] as const;
export const mapLayer = z.enum(mapLayers);
export type MapLayer = z.output<typeof mapLayer>;
export const isLandLayer = (layer: MapLayer): layer is LandLayer => landLayers.some((each) => each === layer);

/** Tiles along a row, as they may be asked for. */
export const mapWidth = { min: 8, max: 128, default: 64 } as const;
/** With these a map in JSON stays below 1 MB. */
export const mapTilesMax = 8_192;

export const mapEdge = z.enum(["drawn", "none"]);
export type MapEdge = z.output<typeof mapEdge>;

/** Of a picture, in pixels; and what fits through the bus. */
export const pictureWidth = { min: 64, max: 1_024, default: 512 } as const;
export const pictureBase64Max = 900_000;

/** By query: what is not a number here is refused. */
export const worldMapQuery = z.object({
  width: z.coerce
    .number()
    .int()
    .min(mapWidth.min)
    .max(pictureWidth.max)
    .describe("Tiles along a row, 8 to 128 (64 where nothing is said); pixels of a picture, 64 to 1,024 (512)")
    .exactOptional(),
  layer: mapLayer
    .default("biomes")
    .describe("What the tiles tell beside biome and elevation, and what a picture shows: elevation is its relief"),
  edge: mapEdge
    .default("drawn")
    .describe(
      "Of a picture of a sphere: its outline and the shadow inside it, or none where it is to be laid on a globe",
    ),
});

export const worldMapTile = z.object({
  /** From the west. */
  grid_x: z.int(),
  /** From the south. */
  grid_y: z.int(),
  biome: z.enum(biomes),
  /** Metres above the world's sea; of the bed where there is water. */
  avg_elevation: z.number(),
  /** °C, mean of the year; only in the layer of that name. */
  temperature: z.number().exactOptional(),
  /** mm a year; only in the layer of that name. */
  rain: z.number().exactOptional(),
  /** After Köppen and Geiger, such as "Cfb"; at sea, that of the air over it. Only in the layer of that name. */
  climate: z.string().max(3).exactOptional(),
  /** m/s towards the east and the north, mean of the year; only in the layer "winds". */
  wind_east: z.number().exactOptional(),
  wind_north: z.number().exactOptional(),
  is_player: z.literal(true).exactOptional(),
});
export type WorldMapTile = z.output<typeof worldMapTile>;

const satellite = z.object({
  id: z.string(),
  name: z.string(),
  /** kg, metres, days of the world, metres. */
  mass: z.number(),
  distance: z.number(),
  period: z.number(),
  radius: z.number(),
});

const placeName = z.object({
  kind: z.enum(["sea", "range", "river"]),
  name: z.string(),
  x: z.number(),
  y: z.number(),
});

const colour = z.string().regex(/^#[0-9a-f]{6}$/u);

/** What the colours of a layer's picture mean: bars of numbers, between whose stops colours run evenly, or names. */
export const mapLegend = z.object({
  bars: z.array(
    z.object({ title: z.string(), unit: z.string(), stops: z.array(z.object({ at: z.number(), colour })).min(2) }),
  ),
  /** `code`: as the tiles have it; "" of what no tile tells. */
  names: z.array(z.object({ code: z.string(), name: z.string(), colour })),
});
export type MapLegend = z.output<typeof mapLegend>;

/** Of what is laid over a whole world: how many, and in metres how large, and where its south-west corner is. */
export const worldGrid = {
  grid_width: z.int(),
  grid_height: z.int(),
  world_width: z.number(),
  world_height: z.number(),
  origin_x: z.number(),
  origin_y: z.number(),
};

/** Rows from the south to the north, from the west within one. */
export const worldMap = z.object({
  tiles: z.array(worldMapTile).max(mapTilesMax),
  ...worldGrid,
  world_id: z.guid(),
  world_name: z.string(),
  is_simulated: z.boolean(),
  /** °C, mean of the surface and the year; null in a room. */
  avg_temperature: z.number().nullable(),
  /** Metres, of what the map looked at. */
  max_elevation: z.number(),
  sea_level: z.number(),
  /** Share of the map that is not under water, 0 … 1. */
  land_coverage: z.number(),
  seed: z.number(),
  history: z.array(z.object({ year: z.number(), type: z.string(), importance: z.number() })),
  satellites: z.array(satellite),
  /** Largest first. */
  names: z.array(placeName),
  /** Of the layer that was asked for; left out where a map comes over the game's link. */
  legend: mapLegend.exactOptional(),
});
export type WorldMap = z.output<typeof worldMap>;
