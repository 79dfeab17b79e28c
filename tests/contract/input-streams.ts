import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AssertionFailed } from "#core/lib/assert.ts";
import type { CharacterId, ConnectionId, InputId, WorldId } from "#core/lib/ids.ts";
import type { Delivery, InputStreams } from "#core/ports/input-streams.ts";
import type { WorldInput } from "#core/protocol/world-input.ts";

export type InputStreamsSetup = AsyncDisposable & {
  readonly streams: InputStreams;
  /** What the adapter under test was given as its bounds. */
  readonly pendingMax: number;
  readonly inFlightMax: number;
  /** Lets this much time pass; absent where time cannot be moved. */
  readonly pass?: (ms: number) => Promise<void>;
  /** Resolves when whatever can be delivered has been. */
  quiet(): Promise<void>;
};

const world = "11111111-1111-4111-8111-111111111111" as WorldId;
const otherWorld = "22222222-2222-4222-8222-222222222222" as WorldId;

export function commandInput(id: string, text = id): WorldInput {
  return {
    type: "command",
    id: id as InputId,
    connectionId: "connection" as ConnectionId,
    characterId: "33333333-3333-4333-8333-333333333333" as CharacterId,
    number: 1,
    text,
  };
}

/** A consumer that keeps what it gets. */
function collect(streams: InputStreams, worldId = world) {
  const deliveries: Delivery[] = [];
  const consumer = streams.consume(worldId, (delivery) => deliveries.push(delivery));
  return {
    deliveries,
    ids: () => deliveries.map(({ input }) => input.id as string),
    ack: (id: string) => {
      for (const delivery of deliveries) if (delivery.input.id === id) delivery.ack();
    },
    stop: () => consumer.stop(),
  };
}

const names = (count: number, prefix = "i") => Array.from({ length: count }, (_, n) => `${prefix}${n}`);

async function appendAll(streams: InputStreams, ids: readonly string[], worldId = world): Promise<void> {
  for (const id of ids) await streams.append(worldId, commandInput(id));
}

export function inputStreamsContract(
  name: string,
  setup: () => Promise<InputStreamsSetup>,
  options: { readonly historiesMax: number },
): void {
  describe(`${name} keeps the promises of InputStreams`, () => {
    deliveryContract(setup);
    redeliveryContract(setup);
    dedupeContract(setup);
    boundsContract(setup);
    historyContract(setup, options.historiesMax);
  });
}

function deliveryContract(setup: () => Promise<InputStreamsSetup>): void {
  test("worlds with something that is not acknowledged are known, read or unread", async () => {
    await using s = await setup();
    expect(await s.streams.waiting()).toEqual([]);
    await appendAll(s.streams, ["a", "b"]);
    await appendAll(s.streams, ["c"], otherWorld);
    expect((await s.streams.waiting()).toSorted()).toEqual([world, otherWorld]);
    const consumer = collect(s.streams);
    await s.quiet();
    consumer.ack("a");
    await s.quiet();
    expect((await s.streams.waiting()).toSorted()).toEqual([world, otherWorld]);
    consumer.ack("b");
    await s.quiet();
    expect(await s.streams.waiting()).toEqual([otherWorld]);
  });

  test("inputs are delivered whole and in order, those from before the consumer came first", async () => {
    await using s = await setup();
    await appendAll(s.streams, ["a", "b"]);
    const consumer = collect(s.streams);
    await appendAll(s.streams, ["c"]);
    await s.quiet();
    expect(consumer.deliveries.map(({ input }) => input)).toEqual(["a", "b", "c"].map((id) => commandInput(id)));
  });

  test("a delivery is never made in the stack of the append or of consume", async () => {
    await using s = await setup();
    const consumer = collect(s.streams);
    const appending = s.streams.append(world, commandInput("a"));
    expect(consumer.ids()).toEqual([]);
    await appending;
    await s.quiet();
    await consumer.stop();
    const next = collect(s.streams);
    expect(next.ids()).toEqual([]);
    await s.quiet();
    expect(next.ids()).toEqual(["a"]);
  });

  test("each world has a stream of its own", async () => {
    await using s = await setup();
    const [here, there] = [collect(s.streams), collect(s.streams, otherWorld)];
    await appendAll(s.streams, ["a"]);
    await appendAll(s.streams, ["a", "b"], otherWorld);
    await s.quiet();
    expect([here.ids(), there.ids()]).toEqual([["a"], ["a", "b"]]);
  });

  test("what was appended is not what is delivered: neither side can change the other's", async () => {
    await using s = await setup();
    const input = commandInput("a") as WorldInput & { text: string };
    await s.streams.append(world, input);
    input.text = "changed later";
    const consumer = collect(s.streams);
    await s.quiet();
    expect(consumer.deliveries.map((delivery) => delivery.input)).toEqual([commandInput("a")]);
  });
}

function redeliveryContract(setup: () => Promise<InputStreamsSetup>): void {
  test("what was not acknowledged comes again to the next consumer, in order, and what was does not", async () => {
    await using s = await setup();
    await appendAll(s.streams, ["a", "b", "c", "d"]);
    const first = collect(s.streams);
    await s.quiet();
    first.ack("c");
    first.ack("a");
    await first.stop();
    await appendAll(s.streams, ["e"]);
    const second = collect(s.streams);
    await s.quiet();
    expect(second.ids()).toEqual(["b", "d", "e"]);
  });

  test("a consumer that has stopped gets nothing more", async () => {
    await using s = await setup();
    const consumer = collect(s.streams);
    await appendAll(s.streams, ["a"]);
    await s.quiet();
    await consumer.stop();
    await appendAll(s.streams, ["b"]);
    await s.quiet();
    await consumer.stop();
    expect(consumer.ids()).toEqual(["a"]);
  });

  test("a consumer may stop, and acknowledge, in the middle of a delivery", async () => {
    await using s = await setup();
    await appendAll(s.streams, ["a", "b", "c"]);
    const ids: string[] = [];
    const stopped = Promise.withResolvers<void>();
    const consumer = s.streams.consume(world, ({ input, ack }) => {
      ids.push(input.id);
      ack();
      if (input.id === "b") void consumer.stop().then(stopped.resolve);
    });
    await stopped.promise;
    await s.quiet();
    const next = collect(s.streams);
    await s.quiet();
    expect([ids, next.ids()]).toEqual([["a", "b"], ["c"]]);
  });

  test("an acknowledgement given twice, or after the end, takes nothing else away", async () => {
    await using s = await setup();
    await appendAll(s.streams, ["a", "b"]);
    const first = collect(s.streams);
    await s.quiet();
    await first.stop();
    first.ack("a");
    first.ack("a");
    await s.quiet();
    const second = collect(s.streams);
    await s.quiet();
    expect(second.ids()).toEqual(["b"]);
  });

  test("a second consumer of a world before the first has stopped is a bug and is refused as one", async () => {
    await using s = await setup();
    const first = collect(s.streams);
    expect(() => collect(s.streams)).toThrow(AssertionFailed);
    await appendAll(s.streams, ["a"]);
    await s.quiet();
    expect(first.ids()).toEqual(["a"]);
  });
}

function dedupeContract(setup: () => Promise<InputStreamsSetup>): void {
  test("the same input again is taken once: while it waits, in flight, acknowledged, and after a change of consumers", async () => {
    await using s = await setup();
    await appendAll(s.streams, ["a", "a"]);
    const first = collect(s.streams);
    await s.quiet();
    await appendAll(s.streams, ["a"]);
    first.ack("a");
    await s.quiet();
    await appendAll(s.streams, ["a"]);
    await first.stop();
    const second = collect(s.streams);
    await appendAll(s.streams, ["a", "b"]);
    await s.quiet();
    expect([first.ids(), second.ids()]).toEqual([["a"], ["b"]]);
  });

  test("appends of one input racing each other are taken once", async () => {
    await using s = await setup();
    await Promise.all(names(20).map(() => s.streams.append(world, commandInput("a"))));
    const consumer = collect(s.streams);
    await s.quiet();
    expect(consumer.ids()).toEqual(["a"]);
  });

  test("an input is remembered for two minutes", async (t) => {
    await using s = await setup();
    if (s.pass === undefined) return t.skip();
    await appendAll(s.streams, ["a"]);
    await s.pass(119_999);
    await appendAll(s.streams, ["a"]);
    const consumer = collect(s.streams);
    await s.quiet();
    expect(consumer.ids()).toEqual(["a"]);
  });
}

function boundsContract(setup: () => Promise<InputStreamsSetup>): void {
  test("a full stream refuses with UNAVAILABLE, other worlds are not touched, and an ack makes room", async () => {
    await using s = await setup();
    const full = names(s.pendingMax);
    await appendAll(s.streams, full);
    const oneMore = () => s.streams.append(world, commandInput("one more"));
    await expect(oneMore()).rejects.toMatchObject({ code: "UNAVAILABLE", retryAfterS: 1 });
    await s.streams.append(world, commandInput(full[0]!)); // is in already
    await appendAll(s.streams, ["elsewhere"], otherWorld);
    const consumer = collect(s.streams);
    await s.quiet();
    consumer.ack(full[0]!);
    await s.quiet();
    await oneMore(); // was not remembered as taken
    for (let acked = 0; acked < consumer.deliveries.length; acked++) {
      consumer.deliveries[acked]!.ack();
      if (acked === consumer.deliveries.length - 1) await s.quiet();
    }
    expect(consumer.ids()).toEqual([...full, "one more"]);
  });

  test("no more than the bound is in flight; the next comes with an acknowledgement", async () => {
    await using s = await setup();
    await appendAll(s.streams, names(s.inFlightMax + 3));
    const consumer = collect(s.streams);
    await s.quiet();
    expect(consumer.ids()).toEqual(names(s.inFlightMax));
    consumer.ack("i1");
    await s.quiet();
    expect(consumer.ids()).toEqual(names(s.inFlightMax + 1));
    consumer.ack("i0");
    consumer.ack("i2");
    await s.quiet();
    expect(consumer.ids()).toEqual(names(s.inFlightMax + 3));
  });
}

type Step =
  | { readonly do: "append"; readonly id: number }
  | { readonly do: "ack"; readonly pick: number }
  | { readonly do: "consume" | "stop" | "quiet" };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("append" as const), id: fc.nat(40) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("ack" as const), pick: fc.nat(1_000) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom("consume" as const, "stop" as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("quiet" as const) }) },
);

function historyContract(setup: () => Promise<InputStreamsSetup>, numRuns: number): void {
  test("whatever the history, nothing is lost, nothing comes again once acknowledged, and every consumer sees the order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), (steps) => runHistory(setup, steps)),
      { numRuns },
    );
  }, 60_000);
}

/** Plays a history, then drains the stream with a last consumer. `taken` is what the stream must hold, in order; `acked` what it must not deliver any more. */
async function runHistory(setup: () => Promise<InputStreamsSetup>, steps: readonly Step[]): Promise<void> {
  await using s = await setup();
  const taken: string[] = [];
  const acked = new Set<string>();
  let consumer: ReturnType<typeof collect> | null = null;
  let ackedBefore = new Set<string>();

  const start = () => {
    ackedBefore = new Set(acked);
    return collect(s.streams);
  };
  const check = (ids: readonly string[]) => {
    const expected = taken.filter((id) => !ackedBefore.has(id));
    expect(ids, "a consumer sees, in order, what was not acknowledged before it").toEqual(
      expected.slice(0, ids.length),
    );
  };

  for (const next of steps) {
    if (next.do === "append") {
      const id = `i${next.id}`;
      if (!taken.includes(id)) {
        if (taken.length - acked.size >= s.pendingMax) continue;
        taken.push(id);
      }
      await s.streams.append(world, commandInput(id));
    } else if (next.do === "consume") consumer ??= start();
    else if (next.do === "quiet") await s.quiet();
    else if (consumer !== null && next.do === "ack" && consumer.deliveries.length > 0) {
      const delivery = consumer.deliveries[next.pick % consumer.deliveries.length]!;
      delivery.ack();
      acked.add(delivery.input.id);
    } else if (consumer !== null && next.do === "stop") {
      await consumer.stop();
      check(consumer.ids());
      consumer = null;
    }
  }

  const last = consumer ?? start();
  for (let seen = -1; seen < last.deliveries.length;) {
    seen = last.deliveries.length;
    for (const delivery of last.deliveries) delivery.ack();
    await s.quiet();
  }
  check(last.ids());
  expect(last.ids().length, "nothing is lost").toBe(taken.filter((id) => !ackedBefore.has(id)).length);
  await last.stop();
}
