import type { CharacterId, ConnectionId, InputId } from "#core/lib/ids.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import type { WorldState } from "#core/world/model.ts";
import type { Route } from "./line.ts";

/** Whoever has not left by then is asked again, and after so many times put out: his row is sent home with the rest. */
export const askAgainMs = 2_000;
export const askedMax = 15;

/** Sends everyone out of a world that ends. Each goes as if he had said so himself; those whose link is broken just leave. */
export function createEvictor() {
  const asked = new Map<CharacterId, { times: number; againMs: number }>();
  return (state: WorldState, routeOf: (id: CharacterId) => Route | undefined, nowMs: number): WorldInput[] => {
    if (state.ending !== "closed") return [];
    return [...state.bodies.keys()].flatMap((characterId): WorldInput[] => {
      const before = asked.get(characterId) ?? { times: 0, againMs: 0 };
      if (nowMs < before.againMs) return [];
      asked.set(characterId, { times: before.times + 1, againMs: nowMs + askAgainMs });
      const id = `evict:${before.times}:${characterId}` as InputId;
      const connectionId = routeOf(characterId)?.connectionId;
      if (connectionId === undefined || before.times >= askedMax) {
        const nobody = "evicted" as ConnectionId;
        return [{ type: "disconnected", id, characterId, connectionId: connectionId ?? nobody, mayReturn: false }];
      }
      return [{ type: "command", id, characterId, connectionId, number: 0, text: "lobby" }];
    });
  };
}
