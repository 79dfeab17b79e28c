import { useEffect, useState } from "preact/hooks";
import type { MapLayer, WorldMap } from "#core/protocol/world-map.ts";
import { api } from "../state/session.ts";
import { readSheet, type Sheet } from "./sheet.ts";

/** The server paints no wider ones. */
const pictureWidth = 1024;
export const tilesAcross = 64;

export type Painted = { readonly layer: MapLayer; readonly map: WorldMap; readonly sheet: Sheet };

/** A layer of a world: painted, and as data. The last one stays until the next is there. */
export function useSheet(id: string, layer: MapLayer, isRound: boolean) {
  const [painted, setPainted] = useState<Painted | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    setFailure(null);
    const ask = async () => {
      const [map, picture] = await Promise.all([
        api.worldMap(id, { width: tilesAcross, layer }),
        api.worldPicture(id, { width: pictureWidth, layer, edge: "none" }),
      ]);
      const sheet = await readSheet(picture, isRound);
      if (isCurrent) setPainted({ layer, map, sheet });
    };
    ask().catch((error: unknown) => {
      if (isCurrent) setFailure(error instanceof Error ? error.message : "The map could not be had.");
    });
    return () => {
      isCurrent = false;
    };
  }, [id, layer, isRound, turn]);
  return { painted, failure, again: () => setTurn((last) => last + 1) };
}
