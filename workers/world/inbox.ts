import type { ConnectionId } from "#core/lib/ids.ts";
import type { Delivery } from "#core/ports.ts";
import { Reorder } from "#core/world/reorder.ts";

export const inputsPerTurnMax = 256;

/** What has come for a world and not been applied: in the order of the stream, and each connection's commands in the order they were sent. */
export type Inbox = {
  push(delivery: Delivery, nowMs: number): void;
  /** At most a turn's worth. */
  take(nowMs: number): Delivery[];
  readonly isEmpty: boolean;
  /** Something waits for an earlier command that is still under way. */
  readonly isHolding: boolean;
  expect(connection: ConnectionId, nextNumber: number): void;
  nextNumber(connection: ConnectionId): number | undefined;
  forget(connection: ConnectionId): void;
};

export function createInbox(): Inbox {
  const reorder = new Reorder<Delivery>();
  let ready: Delivery[] = [];
  return {
    push(delivery, nowMs) {
      const { input } = delivery;
      if (input.type === "connected") reorder.expect(input.connectionId, input.nextNumber ?? 1);
      if ((input.type === "command" || input.type === "resume") && input.number > 0) {
        ready.push(...reorder.push(input.connectionId, input.number, delivery, nowMs));
      } else {
        ready.push(delivery);
      }
    },
    take(nowMs) {
      ready.push(...reorder.expire(nowMs));
      const taken = ready.slice(0, inputsPerTurnMax);
      ready = ready.slice(inputsPerTurnMax);
      return taken;
    },
    get isEmpty() {
      return ready.length === 0;
    },
    get isHolding() {
      return reorder.isHolding;
    },
    expect: (connection, next) => reorder.expect(connection, next),
    nextNumber: (connection) => reorder.nextNumber(connection),
    forget: (connection) => reorder.forget(connection),
  };
}
