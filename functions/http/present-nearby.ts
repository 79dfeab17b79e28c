import type { WorldId } from "#core/lib/ids.ts";
import type { Nearby } from "#core/ports/placements.ts";
import type { NearbyResponse } from "#core/protocol/nearby.ts";

export function nearbyResponse(worldId: WorldId, found: readonly Nearby[]): NearbyResponse {
  return {
    world_id: worldId,
    entities: found.map(({ kind, id, name, distanceM, position }) => ({
      type: kind,
      id,
      name,
      distance: Math.round(distanceM * 1000) / 1000,
      ...position,
    })),
  };
}
