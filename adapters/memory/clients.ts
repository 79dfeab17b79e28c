import { Buffer } from "node:buffer";
import { AppError } from "#core/lib/errors.ts";
import type { ConnectionId } from "#core/lib/ids.ts";
import type { Clients } from "#core/ports/clients.ts";
import { frameOutBytesMax } from "#core/protocol/frames-out.ts";

export type MemoryClients = Clients & {
  /** From now on it takes frames. */
  open(id: ConnectionId): void;
  /** It went away by itself. */
  leave(id: ConnectionId): void;
  /** It stops draining: the next post gives it up. */
  stall(id: ConnectionId): void;
  isOpen(id: ConnectionId): boolean;
  /** Every frame it was ever sent, in order. */
  frames(id: ConnectionId): readonly string[];
};

/** A twin that remembers what was said to whom. */
export function memoryClients(): MemoryClients {
  const open = new Set<ConnectionId>();
  const stalled = new Set<ConnectionId>();
  const sent = new Map<ConnectionId, string[]>();

  return {
    async post(id, frame) {
      if (Buffer.byteLength(frame) > frameOutBytesMax)
        throw new AppError("PAYLOAD_TOO_LARGE", "The frame is larger than a socket may be sent.");
      if (!open.has(id)) return "gone";
      if (stalled.has(id)) {
        open.delete(id);
        return "slow";
      }
      sent.get(id)?.push(frame);
      return "posted";
    },
    async close(id) {
      open.delete(id);
    },
    open(id) {
      open.add(id);
      stalled.delete(id);
      sent.set(id, []);
    },
    leave: (id) => void open.delete(id),
    stall: (id) => void stalled.add(id),
    isOpen: (id) => open.has(id),
    frames: (id) => sent.get(id) ?? [],
  };
}
