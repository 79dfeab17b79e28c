import { Buffer } from "node:buffer";
import { orderedPosts } from "#adapters/api-gateway/ordered-posts.ts";
import type { Clients } from "#core/ports/clients.ts";
import type { Clock } from "#core/ports/system.ts";
import type { GatewayLimits } from "./limits.ts";
import type { Sockets } from "./sockets.ts";

const outcomes = { sent: "posted", gone: "gone", full: "full" } as const;

/** The `Clients` port without HTTP between: for when the functions run in the gateway's own process. */
export function directClients(sockets: Sockets, clock: Clock, limits: GatewayLimits): Clients {
  return orderedPosts({
    clock,
    async attempt(id, frame) {
      if (Buffer.byteLength(frame) > limits.messageBytesMax) return { outcome: "too-large" };
      return { outcome: outcomes[sockets.get(id)?.send(frame) ?? "gone"] };
    },
    async close(id) {
      sockets.get(id)?.close({ code: 1000, reason: "Connection Closed Normally" });
    },
  });
}
