import { expect, test } from "vitest";
import type { ConnectionId, InputId } from "#core/lib/ids.ts";
import type { Delivery } from "#core/ports/input-streams.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";
import { reorderWindowMs } from "#core/world/reorder.ts";
import { characterId, userId, worldId } from "#tests/support/records.ts";
import { createInbox, typedAheadMsMax } from "./inbox.ts";

const connectionId = "socket-1" as ConnectionId;
const common = { connectionId, characterId: characterId(1) };
const delivery = (input: WorldInput): Delivery => ({ input, ack: () => {} });
const command = (number: number, id = `command-${number}`) =>
  delivery({ ...common, type: "command", id: id as InputId, number, text: "look" });
const arrival = (nextNumber: number) =>
  delivery({
    type: "arrive",
    id: "arrival" as InputId,
    fromWorldId: worldId(2),
    traveller: {
      characterId: characterId(1),
      userId: userId(1),
      homeWorldId: worldId(2),
      travels: 1,
      name: "Ana",
      role: "player",
      species: "Human",
      appearance: null,
      description: null,
      attributes: null,
      isFlying: false,
      stamina: null,
    },
    connectionId,
    nextNumber,
  });
const ids = (deliveries: readonly Delivery[]) => deliveries.map(({ input }) => input.id);

test("what is typed after an arrival waits for what was typed ahead in the world before, however slowly that is sent on", () => {
  const inbox = createInbox();
  inbox.push(arrival(3), 0);
  inbox.push(command(5), 0);
  expect(ids(inbox.take(reorderWindowMs * 4))).toEqual(["arrival"]);
  expect(inbox.isHolding).toBe(true);
  inbox.push(command(3, "on1:command-3"), reorderWindowMs * 5);
  inbox.push(command(4, "on1:command-4"), reorderWindowMs * 9);
  expect(ids(inbox.take(reorderWindowMs * 9))).toEqual(["on1:command-3", "on1:command-4", "command-5"]);
});

test("what was typed ahead and never comes is given up after a while", () => {
  const inbox = createInbox();
  inbox.push(arrival(3), 0);
  inbox.push(command(5), 0);
  expect(ids(inbox.take(typedAheadMsMax - 1))).toEqual(["arrival"]);
  expect(ids(inbox.take(typedAheadMsMax))).toEqual(["command-5"]);
});

test("one who comes from no other world waits for an overtaken command only for a moment", () => {
  const inbox = createInbox();
  const { characterId: id } = common;
  inbox.push(
    delivery({
      type: "connected",
      id: "connected" as InputId,
      connectionId,
      userId: userId(1),
      characterId: id,
      protocol: "v1",
    }),
    0,
  );
  inbox.push(command(2), 0);
  expect(ids(inbox.take(reorderWindowMs - 1))).toEqual(["connected"]);
  expect(ids(inbox.take(reorderWindowMs))).toEqual(["command-2"]);
});
