import type { CharacterId, ConnectionId } from "#core/lib/ids.ts";
import type { Delivery } from "#core/ports/input-streams.ts";
import { usedNumbersMax, type InputOf, type WorldInput } from "#core/protocol/world-input.ts";
import { type Begun, Reorder } from "#core/world/reorder.ts";
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
  /** From which of its frames on the connection is to go on elsewhere, beside those that were taken and are to be sent on. */
  goingOn(connection: ConnectionId, taken: readonly WorldInput[]): GoingOn;
  /** It goes on elsewhere. What was held back for it is free. */
  forget(connection: ConnectionId): void;
};

/** As an input says it to the world where the connection goes on. */
export type GoingOn = Pick<InputOf<"connected">, "nextNumber" | "usedNumbers">;

export function createInbox(): Inbox {
  const reorder = new Reorder<Delivery>();
  let ready: Delivery[] = [];
  const expect = (connection: ConnectionId, { nextNumber, usedNumbers }: GoingOn, nowMs: number): Delivery[] =>
    nextNumber === undefined
      ? reorder.expect(connection, { next: 1 }, nowMs)
      : reorder.expect(connection, { next: nextNumber, used: usedNumbers }, nowMs, nowMs + typedAheadMsMax);
  return {
    push(delivery, monotonicMs) {
      const { input } = delivery;
      if (input.type === "connected") {
        ready.push(delivery, ...expect(input.connectionId, input, monotonicMs));
      } else if (input.type === "arrive" && input.connectionId !== undefined && input.nextNumber !== undefined) {
        ready.push(delivery, ...expect(input.connectionId, input, monotonicMs));
      } else if (input.type === "disconnected") {
        ready.push(...bidFarewell(reorder, delivery, input, monotonicMs));
      } else if ((input.type === "command" || input.type === "resume") && input.number > 0) {
        ready.push(...reorder.push(input.connectionId, input, delivery, monotonicMs));
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
    goingOn(connection, taken) {
      const begun = reorder.begun(connection);
      if (!begun) return {};
      const all = [...ready.map(({ input }) => input), ...taken].map((input) => numberOf(input, connection));
      return without(begun, new Set(all.filter((number) => number > 0)));
    },
    forget: (connection) => void ready.push(...reorder.forget(connection)),
  };
}

/** Who says goodbye is heard out: what was taken of him before may still be under way. */
function bidFarewell(
  reorder: Reorder<Delivery>,
  delivery: Delivery,
  { connectionId, lastNumber }: InputOf<"disconnected">,
  nowMs: number,
): Delivery[] {
  if (lastNumber !== undefined) return reorder.end(connectionId, lastNumber, delivery, nowMs);
  return [...reorder.forget(connectionId), delivery];
}

/** The same, where some that were let through have not been applied after all. */
function without({ next, used = [] }: Begun, unapplied: ReadonlySet<number>): GoingOn {
  const nextNumber = Math.min(next, ...unapplied);
  const between = Array.from({ length: Math.min(next - nextNumber, usedNumbersMax) }, (_, i) => nextNumber + i);
  const usedNumbers = [...between, ...used].filter((number) => !unapplied.has(number)).slice(0, usedNumbersMax);
  return usedNumbers.length === 0 ? { nextNumber } : { nextNumber, usedNumbers };
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
  return "characterId" in input ? input.characterId : null;
}
