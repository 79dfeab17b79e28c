import type { CharacterId, ConnectionId } from "#core/lib/ids.ts";
import type { Delivery } from "#core/ports.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import { Reorder } from "#core/world/reorder.ts";
import { dependsOnState } from "./gather-facts.ts";

export const inputsPerTurnMax = 256;
/** What somebody typed ahead in the world he comes from has this long to be sent on, before it is taken as lost. */
export const typedAheadMsMax = 2000;

/** What has come for a world and not been applied: in the order of the stream, and each connection's commands in the order they were sent. */
export type Inbox = {
  push(delivery: Delivery, monotonicMs: number): void;
  /** At most a turn's worth. What is looked up before a turn must still be true in it: for that, some inputs begin a new one. */
  take(monotonicMs: number): Delivery[];
  readonly isEmpty: boolean;
  /** Something waits for an earlier command that is still under way. */
  readonly isHolding: boolean;
  /** Of the connection's first command that has not been taken. */
  nextNumber(connection: ConnectionId): number | undefined;
  /** It goes on elsewhere. What was held back for it is free. */
  forget(connection: ConnectionId): void;
};

export function createInbox(): Inbox {
  const reorder = new Reorder<Delivery>();
  let ready: Delivery[] = [];
  const expect = (connection: ConnectionId, next: number | undefined, nowMs: number): Delivery[] =>
    next === undefined ? reorder.expect(connection, 1) : reorder.expect(connection, next, nowMs + typedAheadMsMax);
  return {
    push(delivery, monotonicMs) {
      const { input } = delivery;
      if (input.type === "connected") {
        ready.push(delivery, ...expect(input.connectionId, input.nextNumber, monotonicMs));
      } else if (input.type === "arrive" && input.connectionId !== undefined && input.nextNumber !== undefined) {
        ready.push(delivery, ...expect(input.connectionId, input.nextNumber, monotonicMs));
      } else if (input.type === "disconnected") {
        ready.push(...reorder.forget(input.connectionId), delivery);
      } else if ((input.type === "command" || input.type === "resume") && input.number > 0) {
        ready.push(...reorder.push(input.connectionId, input.number, delivery, monotonicMs));
      } else {
        ready.push(delivery);
      }
    },
    take(monotonicMs) {
      ready.push(...reorder.expire(monotonicMs));
      const length = turnLength(ready);
      const taken = ready.slice(0, length);
      ready = ready.slice(length);
      return taken;
    },
    get isEmpty() {
      return ready.length === 0;
    },
    get isHolding() {
      return reorder.isHolding;
    },
    nextNumber(connection) {
      const next = reorder.nextNumber(connection);
      const waiting = ready.flatMap(({ input }) =>
        numberOf(input, connection) > 0 ? [numberOf(input, connection)] : [],
      );
      return next === undefined ? undefined : Math.min(next, ...waiting);
    },
    forget: (connection) => void ready.push(...reorder.forget(connection)),
  };
}

function numberOf(input: WorldInput, connection: ConnectionId): number {
  return input.type === "command" && input.connectionId === connection ? input.number : 0;
}

function turnLength(ready: readonly Delivery[]): number {
  const length = Math.min(ready.length, inputsPerTurnMax);
  const named = new Set<CharacterId>();
  for (let i = 0; i < length; i++) {
    const { input } = ready[i]!;
    const id = characterOf(input);
    if (id === null) continue;
    if (named.has(id) && dependsOnState(input)) return i;
    named.add(id);
  }
  return length;
}

function characterOf(input: WorldInput): CharacterId | null {
  if (input.type === "arrive") return input.traveller.characterId;
  return input.type === "hear" || input.type === "settled" ? null : input.characterId;
}
