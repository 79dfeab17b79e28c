import { assert } from "../lib/assert.ts";
import type { Biome } from "../protocol/map.ts";
import { isLandLayer, type LandLayer, type MapEdge, type MapLayer } from "../protocol/world-map.ts";
import type { BiomeClass } from "../sim/biome.ts";
import type { Picture } from "../sim/picture/canvas.ts";
import { coastInk } from "../sim/picture/colours.ts";
import { floorPicture } from "../sim/picture/floor-picture.ts";
import { drawThing, type LandLook, landPicture, type LandPictureOptions } from "../sim/picture/land-picture.ts";
import { drawEdge, drawGraticule } from "../sim/picture/lines.ts";
import type { Layer } from "../sim/picture/paint.ts";
import { placeAt, projectionOf } from "../sim/picture/projection.ts";
import { worldPicture } from "../sim/picture/world-picture.ts";
import { gridCache } from "../sim/planet/generate.ts";
import { decodePlanet } from "../sim/planet/storage.ts";
import { biomeNames } from "./biome-names.ts";
import { zonalClimateOf } from "./read-clock.ts";
import type { Position } from "./space.ts";
import type { WorldSpec } from "./spec.ts";
import { type Terrain, terrainOf } from "./terrain.ts";
import { type Frame, frameOf } from "./world-map.ts";

export type PaintedMap = { readonly width: number; readonly layer: MapLayer; readonly edge?: MapEdge };

/** So many at most: in 256 colours, as base64, they fit through the bus however little they can be packed. A map that would have more is narrower. */
export const pixelsMax = 600_000;
/** Above so many, each pixel is one sample; below, the mean of four. */
const finePixelsMax = 150_000;

/**
 * A world as a picture, north at the top; the same bytes for the same world. Planets by their cells, other worlds by looking at their land once
 * for each pixel, rooms as the plan of their floor. `planet`: of a world that has one, as it was kept. Costs 0.3 to 3 s: for a thread.
 */
export function paintMap(spec: WorldSpec, planet: Uint8Array | null, wanted: PaintedMap): Picture {
  if (planet !== null) return paintPlanet(planet, wanted);
  const { width, layer, edge = "drawn" } = wanted;
  const frame = frameOf(spec, { width, layer, tilesMax: Infinity });
  if (spec.ground === "room") return paintRoom(spec, frame);
  assert(isLandLayer(layer), `only planets have a map of ${layer}`);
  if (spec.radiusM !== null) return paintGlobe(spec, spec.radiusM, { width, layer, edge });
  return paintField(spec, frame, layer);
}

const layerOfLand = {
  biomes: "biomes",
  elevation: "relief",
  temperature: "temperature",
  rain: "precipitation",
} as const satisfies Record<LandLayer, LandPictureOptions["layer"]>;
const layerOfPlanet = { ...layerOfLand, climate: "climate", winds: "winds" } as const satisfies Record<MapLayer, Layer>;

const gridOf = gridCache();

function paintPlanet(bytes: Uint8Array, { width, layer, edge }: PaintedMap): Picture {
  const planet = decodePlanet(bytes, gridOf);
  assert(!("problem" in planet), "a planet that cannot be read is no map");
  const samples = (width * width) / 2 <= finePixelsMax ? 2 : 1;
  return worldPicture(planet, { width, layer: layerOfPlanet[layer], samples, hasEdge: edge !== "none" });
}

function paintRoom(spec: WorldSpec, frame: Frame): Picture {
  const { width, height } = sizeOf(frame);
  const picture = floorPicture(width, height, width / frame.width);
  putFeatures(picture, spec, frame);
  return picture;
}

/** A sphere whose land is painted from the seed: on the same paper as planets. */
function paintGlobe(
  spec: WorldSpec,
  radiusM: number,
  { width, layer, edge }: PaintedMap & { readonly layer: LandLayer },
): Picture {
  const projection = projectionOf("equal-earth");
  const height = Math.round(width / projection.aspect);
  const look = lookInto(spec);
  const { picture, cell_p } = landPicture({
    width,
    height,
    pixelM: (2 * Math.PI * radiusM) / width,
    layer: layerOfLand[layer],
    lookAt(west, north) {
      const place = placeAt(projection, 2 * west - 1, 1 - 2 * north);
      return place === null ? null : look(radiusM * place.longitudeRad, radiusM * place.latitudeRad);
    },
  });
  const globe = { projection, width, height, samples: 1, cell_p };
  drawGraticule(picture, globe, coastInk, 0.13);
  if (edge !== "none") drawEdge(picture, globe, coastInk);
  return picture;
}

function paintField(spec: WorldSpec, frame: Frame, layer: LandLayer): Picture {
  const size = sizeOf(frame);
  const look = lookInto(spec);
  const { picture } = landPicture({
    ...size,
    pixelM: frame.width / size.width,
    layer: layerOfLand[layer],
    lookAt: (west, north) => look(frame.minX + west * frame.width, frame.minY + (1 - north) * frame.height),
  });
  putFeatures(picture, spec, frame);
  return picture;
}

function sizeOf({ columns, width, height }: Frame): { readonly width: number; readonly height: number } {
  const across = Math.max(1, Math.min(columns, Math.floor(Math.sqrt((pixelsMax * width) / height))));
  return { width: across, height: Math.max(1, Math.min(Math.round((across * height) / width), pixelsMax / across)) };
}

const classes = new Map(Object.entries(biomeNames).map(([code, name]) => [name, Number(code) as BiomeClass]));
const classOf = (name: Biome): BiomeClass => classes.get(name)!;

function lookInto(spec: WorldSpec): (x: number, y: number) => LandLook {
  const terrain: Terrain = terrainOf(spec);
  const climateAt = terrain.climateAt ?? zonalClimateOf(spec);
  return (x, y) => {
    const { elevationM, waterDepthM, biome } = terrain.groundAt(x, y);
    const { temperatureC, rainMmPerYear } = climateAt(x, y, Math.max(0, elevationM));
    return { elevationM, waterDepthM, biome: classOf(biome), temperatureC, rainMmDay: rainMmPerYear / 365.25 };
  };
}

const featureColours = { statue: "#f4f1ea", portal: "#8a5fbf" } as const;

function putFeatures(picture: Picture, spec: WorldSpec, frame: Frame): void {
  for (const feature of spec.features) {
    const trueSizePx = feature.kind === "statue" ? (feature.radiusM * picture.width) / frame.width : 0;
    const radiusPx = Math.max(trueSizePx, picture.width / 90);
    drawThing(picture, shareOf(feature.position, frame), { radiusPx, colour: featureColours[feature.kind] });
  }
}

function shareOf({ x, y }: Position, frame: Frame): readonly [west: number, north: number] {
  return [(x - frame.minX) / frame.width, 1 - (y - frame.minY) / frame.height];
}
