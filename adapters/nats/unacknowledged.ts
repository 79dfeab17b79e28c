import type { DeliveryInfo } from "./delivery.ts";

/** What one owner of a world has been given, so that nothing is delivered to it twice however often the server sends it. */
export type Unacknowledged = {
  /** "new": to be delivered. "waiting": it was, and is not acknowledged. "acknowledged": it was, and the server does not know. */
  receive(info: DeliveryInfo, reply: string): "new" | "waiting" | "acknowledged";
  /** Where to send the ack; null where that is done already. */
  acknowledge(info: DeliveryInfo): string | null;
  readonly size: number;
};

/** After a crash of the server some of the latest acks are undone. Of older ones no memory is needed. */
const acknowledgedMax = 2_000;

export function unacknowledged(): Unacknowledged {
  const waiting = new Map<string, string>();
  const acknowledged = new Set<string>();
  const keyOf = ({ sequence, storedAtNs }: DeliveryInfo) => `${sequence} ${storedAtNs}`;
  return {
    receive(info, reply) {
      const key = keyOf(info);
      if (acknowledged.has(key)) return "acknowledged";
      const isNew = !waiting.has(key);
      waiting.set(key, reply);
      return isNew ? "new" : "waiting";
    },
    acknowledge(info) {
      const key = keyOf(info);
      const reply = waiting.get(key);
      if (reply === undefined) return null;
      waiting.delete(key);
      acknowledged.add(key);
      if (acknowledged.size > acknowledgedMax) {
        const [oldest] = acknowledged;
        if (oldest !== undefined) acknowledged.delete(oldest);
      }
      return reply;
    },
    get size() {
      return waiting.size;
    },
  };
}
