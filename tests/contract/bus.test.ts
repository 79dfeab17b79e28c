import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import * as z from "zod";
import { memoryBus, newsPendingMax, requestsInFlightMax } from "#adapters/memory/bus.ts";
import { manualClock } from "#adapters/memory/clock.ts";
import type { Log } from "#core/ports/system.ts";
import type { News, Rpc } from "#core/protocol/subjects.ts";
import { busContract } from "./bus.ts";

const setup = async () => {
  const clock = manualClock();
  const told = { warn: 0, error: 0 };
  const log: Log = { debug() {}, info() {}, warn: () => void told.warn++, error: () => void told.error++ };
  return {
    bus: memoryBus({ clock, log }),
    clock,
    told,
    pass: (ms: number) => clock.advance(ms),
    quiet: async () => {
      for (let turn = 0; turn < 3; turn++) await nextTurn();
    },
    errorsLogged: () => told.error,
    [Symbol.asyncDispose]: async () => {},
  };
};

busContract("the bus within one process", setup);

const wait: Rpc<object, object> = { subject: "wait", input: z.object({}), output: z.object({}) };
const count: News<number> = { subject: "count", message: z.number() };

test("a request more than may wait for answers is refused, and one is taken again after an answer", async () => {
  const { bus, clock } = await setup();
  const gates: PromiseWithResolvers<object>[] = [];
  bus.serve(wait, () => {
    const gate = Promise.withResolvers<object>();
    gates.push(gate);
    return gate.promise;
  });
  const ask = () => bus.request(wait, {}, { timeoutMs: 1_000 });
  const asked = Array.from({ length: requestsInFlightMax }, ask);
  await expect(ask()).rejects.toMatchObject({ code: "UNAVAILABLE", retryAfterS: 1 });
  await clock.advance(0);
  gates[0]?.resolve({});
  await asked[0];
  const oneMore = ask();
  await clock.advance(0);
  for (const gate of gates) gate.resolve({});
  expect(await oneMore).toEqual({});
  await Promise.all(asked);
  expect(clock.sleeping()).toBe(0);
});

test("news beyond what may be on its way to a subscriber is lost, and that is said", async () => {
  const { bus, told, quiet } = await setup();
  let heard = 0;
  bus.subscribe(count, () => void heard++);
  for (let n = 0; n < newsPendingMax + 2; n++) bus.publish(count, n);
  await quiet();
  expect([heard, told.warn]).toEqual([newsPendingMax, 2]);
});
