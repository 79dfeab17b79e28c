import type { WorldId } from "../lib/ids.ts";
import type { Position, Space } from "../world/space.ts";

export const placedKinds = ["character", "inhabitant", "thing"] as const;

/** Somebody or something at a place of a world. */
export type Placed = {
  readonly kind: (typeof placedKinds)[number];
  readonly id: string;
  readonly name: string;
  readonly position: Position;
};

export type Nearby = Placed & { readonly distanceM: number };

export type PlacementsChange = {
  readonly worldId: WorldId;
  readonly fence: number;
  readonly space: Space;
  readonly placed: readonly Placed[];
  readonly gone: readonly Pick<Placed, "kind" | "id">[];
  /** What is not placed here is gone, too. */
  readonly isWhole: boolean;
};

/** Who and what is where, as the owners of worlds wrote it last. A projection: it lags behind, and questions about places need no owner. */
export type Placements = {
  /** In one step, however many. Nothing changes under a fence that is not in force. */
  write(change: PlacementsChange): Promise<void>;
  /** Within a radius in metres, as `distanceM` of core/world/space.ts measures it, the nearest first, at most `limit`. */
  nearby(
    world: { readonly id: WorldId; readonly space: Space },
    around: { readonly position: Position; readonly radiusM: number; readonly limit: number },
  ): Promise<Nearby[]>;
};
