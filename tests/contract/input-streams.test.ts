import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import { dedupeWindowMs, memoryInputStreams } from "#adapters/memory/input-streams.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { Log } from "#core/ports/system.ts";
import { commandInput, inputStreamsContract } from "./input-streams.ts";

const world = "11111111-1111-4111-8111-111111111111" as WorldId;

const setup = async (inputIdsMax = 1_000) => {
  const clock = manualClock();
  const errors: string[] = [];
  const log: Log = { debug() {}, info() {}, warn() {}, error: (_, message) => void errors.push(message) };
  const bounds = { inputsPendingMax: 12, deliveriesInFlightMax: 4 };
  return {
    streams: memoryInputStreams({ clock, log, ...bounds, inputIdsMax }),
    pendingMax: bounds.inputsPendingMax,
    inFlightMax: bounds.deliveriesInFlightMax,
    errors,
    pass: (ms: number) => clock.advance(ms),
    quiet: async () => {
      for (let turn = 0; turn < 3; turn++) await nextTurn();
    },
    [Symbol.asyncDispose]: async () => {},
  };
};

inputStreamsContract("the streams within one process", setup, { historiesMax: 300 });

test("an id is forgotten after two minutes, and the input is taken anew", async () => {
  const { streams, pass, quiet } = await setup();
  const ids: string[] = [];
  streams.consume(world, ({ input, ack }) => {
    ids.push(input.id);
    ack();
  });
  await streams.append(world, commandInput("a"));
  await pass(dedupeWindowMs);
  await streams.append(world, commandInput("a"));
  await quiet();
  expect(ids).toEqual(["a", "a"]);
});

test("with no room to remember another id an input is refused, until one is two minutes old", async () => {
  const { streams, pass } = await setup(2);
  await streams.append(world, commandInput("a"));
  await pass(1_000);
  await streams.append(world, commandInput("b"));
  await expect(streams.append(world, commandInput("c"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await pass(dedupeWindowMs - 1_000);
  await streams.append(world, commandInput("c"));
  await expect(streams.append(world, commandInput("d"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a consumer that throws is told to the log, keeps its input unacknowledged, and gets the next", async () => {
  const { streams, errors, quiet } = await setup();
  const ids: string[] = [];
  const first = streams.consume(world, ({ input, ack }) => {
    ids.push(input.id);
    if (input.id === "a") throw new Error("a bad day");
    ack();
  });
  await streams.append(world, commandInput("a"));
  await streams.append(world, commandInput("b"));
  await quiet();
  await first.stop();
  streams.consume(world, ({ input }) => void ids.push(`again ${input.id}`));
  await quiet();
  expect([ids, errors.length]).toEqual([["a", "b", "again a"], 1]);
});
