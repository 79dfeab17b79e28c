import { AppError } from "../lib/errors.ts";
import type { WorldId } from "../lib/ids.ts";
import type { Planets } from "../ports/planets.ts";
import type { Worlds } from "../ports/worlds.ts";
import { isLandLayer, type MapEdge, type MapLayer, type WorldMap } from "../protocol/world-map.ts";
import { mapLegendOf } from "./map-legend.ts";
import { readTerrain } from "./open-world.ts";
import { someWorld } from "./own-world.ts";
import type { WorldRecord } from "./spec.ts";
import { worldMapOf } from "./world-map.ts";

export type MapAsked = { readonly worldId: WorldId; readonly width: number; readonly layer: MapLayer };
/** `edge`: drawn where nothing is said. */
export type PictureAsked = MapAsked & { readonly edge?: MapEdge };

/**
 * Paints a world as a PNG at most so many pixels wide, in base64, as it crosses the bus; `planet` as it is kept, null of worlds that have none.
 * It is done beside this thread. Throws UNAVAILABLE where too many are being painted.
 */
export type MapPicture = (
  world: { readonly record: WorldRecord; readonly planet: Uint8Array | null },
  wanted: { readonly width: number; readonly layer: MapLayer; readonly edge?: MapEdge },
) => Promise<string>;

export type MapContext = {
  readonly worlds: Worlds;
  readonly planets: Planets;
  /** Left out: there are no pictures. */
  readonly mapPicture?: MapPicture;
};

/** Maps, and pictures, that were asked for lately; each has up to 1 MB. */
const keptMax = 24;

export type Maps = {
  map(asked: MapAsked): Promise<WorldMap>;
  picture(asked: PictureAsked): Promise<{ readonly png: string }>;
};

/** Land never changes, so a map that was made is good for ever. Throws NOT_FOUND, and UNAVAILABLE while a planet is being made. */
export function createMaps(ctx: MapContext): Maps {
  const maps = new Map<string, Promise<WorldMap>>();
  const pictures = new Map<string, Promise<{ readonly png: string }>>();
  return {
    async map({ worldId, width, layer }) {
      const record = await opened(ctx, worldId);
      return kept(maps, `${worldId} ${width} ${layer}`, async () => {
        const terrain = await readTerrain(ctx, record);
        const map = worldMapOf({ id: record.id, name: record.name, spec: record.spec, terrain }, { width, layer });
        return { ...map, legend: mapLegendOf(layer) };
      });
    },

    async picture({ worldId, width, layer, edge = "drawn" }) {
      const { mapPicture } = ctx;
      if (mapPicture === undefined) throw new AppError("UNAVAILABLE", "There are no pictures of worlds here.");
      const record = await opened(ctx, worldId);
      return kept(pictures, `${worldId} ${width} ${layer} ${edge}`, async () => {
        const planet = await ctx.planets.get(worldId);
        if (planet === null && !isLandLayer(layer))
          throw new AppError("INVALID_INPUT", `Only planets have a picture of their ${layer}. Ask for another layer.`);
        return { png: await mapPicture({ record, planet }, { width, layer, edge }) };
      });
    },
  };
}

/** Asked each time: one that is deleted is not there, whatever is kept of it. */
async function opened(ctx: MapContext, worldId: WorldId): Promise<WorldRecord> {
  const record = await someWorld(ctx, worldId);
  if (record.status === "generating")
    throw new AppError("UNAVAILABLE", "This world is still being made.", { retryAfterS: 5 });
  return record;
}

/** What failed is not kept. The one that was asked for longest ago goes first. */
async function kept<Made>(all: Map<string, Promise<Made>>, key: string, make: () => Promise<Made>): Promise<Made> {
  const made = all.get(key) ?? make();
  all.delete(key);
  all.set(key, made);
  for (const old of all.keys()) {
    if (all.size <= keptMax) break;
    all.delete(old);
  }
  try {
    return await made;
  } catch (error) {
    all.delete(key);
    throw error;
  }
}
