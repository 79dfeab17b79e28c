import type { ConnectionId } from "../lib/ids.ts";

/** The way out to the sockets. */
export type Clients = {
  /**
   * One frame. Resolves once it is handed over; those of one connection arrive in the order posted, and nobody waits for another's.
   * "gone": the socket is no more. "slow": it does not drain and has been given up, so that it is gone now.
   * Throws PAYLOAD_TOO_LARGE over `frameOutBytesMax`, and UNAVAILABLE when the gateway cannot be reached: then it may have arrived.
   */
  post(id: ConnectionId, frame: string): Promise<"posted" | "gone" | "slow">;
  /** Closes the socket, after what was posted before. What is gone already is no error. */
  close(id: ConnectionId): Promise<void>;
};
