import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import type { Nats } from "#adapters/nats/connect.ts";
import { natsInputStreams } from "#adapters/nats/input-streams.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { Delivery, InputStreams } from "#core/ports/input-streams.ts";
import { commandInput } from "#tests/contract/input-streams.ts";
import { connectedNats, jetStreamApi } from "#tests/support/nats-rig.ts";
import { findNatsServer, type NatsServer, startNatsServer, testNatsServerIsHere } from "#tests/support/nats-server.ts";

const bin = findNatsServer();
testNatsServerIsHere();

const world = "11111111-1111-4111-8111-111111111111" as WorldId;
const patient = { timeout: 20_000, interval: 10 };

describe.skipIf(bin === null)("the inputs of worlds over a real server", () => {
  let server: NatsServer;
  const connections: Nats[] = [];
  beforeEach(async () => {
    server = await startNatsServer(bin as string);
  });
  afterEach(async () => {
    await Promise.all(connections.splice(0).map((nats) => nats[Symbol.asyncDispose]()));
    await server[Symbol.asyncDispose]();
  });

  /** As another process would. */
  const connectAnew = async () => {
    const nats = await connectedNats(server.url);
    connections.push(nats);
    return { nats, streams: natsInputStreams(nats) };
  };

  test("through kill −9 and restart, no input is lost or doubled, and each appender's stay in order", async () => {
    const appending = await connectAnew();
    const consuming = await connectAnew();
    const seen: string[] = [];
    const consumer = consuming.streams.consume(world, ({ input, ack }) => {
      seen.push(input.id);
      ack();
    });
    const appenders = 8;
    const each = 125;
    const appended = Array.from({ length: appenders }, async (_, a) => {
      for (let n = 0; n < each; n++) await insist(appending.streams, `${a}:${n}`);
    });
    for (const killAt of [200, 600]) {
      await vi.waitFor(() => expect(seen.length).toBeGreaterThan(killAt), patient);
      await server.kill();
      await server.start();
    }
    await Promise.all(appended);
    await vi.waitFor(() => expect(seen.length).toBeGreaterThanOrEqual(appenders * each), patient);
    await consumer.stop();
    for (let a = 0; a < appenders; a++)
      expect(seen.filter((id) => id.startsWith(`${a}:`))).toEqual(Array.from({ length: each }, (_, n) => `${a}:${n}`));
    expect(seen).toHaveLength(appenders * each);
    expect(await stored(appending.nats)).toBe(0);
  }, 60_000);

  test("a consumer is given nothing twice when the server is killed, and the next one all that was open, in order", async () => {
    const { streams } = await connectAnew();
    for (const id of ["a", "b", "c"]) await streams.append(world, commandInput(id));
    const first = collect(streams);
    await vi.waitFor(() => expect(first.ids()).toEqual(["a", "b", "c"]), patient);
    first.ack("b");
    await server.kill();
    first.ack("c"); // nobody hears it
    await server.start();
    await insist(streams, "d");
    await vi.waitFor(() => expect(first.ids()).toEqual(["a", "b", "c", "d"]), patient);
    await first.stop();

    const next = collect((await connectAnew()).streams);
    await vi.waitFor(() => expect(next.ids()).toEqual(["a", "d"]), patient);
  });

  test("while the server is away an append is UNAVAILABLE in good time, and may be sent again", async () => {
    const { streams } = await connectAnew();
    await streams.append(world, commandInput("a"));
    await server.kill();
    const startMs = performance.now();
    await expect(streams.append(world, commandInput("b"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(performance.now() - startMs).toBeLessThan(6_000);
    await server.start();
    await insist(streams, "b");
    const consumer = collect(streams);
    await vi.waitFor(() => expect(consumer.ids()).toEqual(["a", "b"]), patient);
  });

  test("an append that a frozen server did not answer is tried again, and is in once", async () => {
    const { streams } = await connectAnew();
    await streams.append(world, commandInput("a"));
    server.freeze();
    const appending = streams.append(world, commandInput("b"));
    await expect(appending).rejects.toMatchObject({ code: expect.stringMatching(/UNAVAILABLE|TIMEOUT/) });
    server.thaw();
    await insist(streams, "b");
    const consumer = collect(streams);
    await insist(streams, "c");
    await vi.waitFor(() => expect(consumer.ids()).toEqual(["a", "b", "c"]), patient);
  });

  test("a new owner takes over from one that did not stop: all that is open comes again, and the old one's acks do nothing", async () => {
    const old = await connectAnew();
    const next = await connectAnew();
    for (const id of ["a", "b"]) await old.streams.append(world, commandInput(id));
    const stale = collect(old.streams);
    await vi.waitFor(() => expect(stale.ids()).toEqual(["a", "b"]), patient);
    stale.ack("a");
    await vi.waitFor(async () => expect(await stored(old.nats)).toBe(1), patient);

    const owner = collect(next.streams);
    await vi.waitFor(() => expect(owner.ids()).toEqual(["b"]), patient);
    stale.ack("b");
    await old.nats.ready();
    await next.streams.append(world, commandInput("c"));
    await vi.waitFor(() => expect(owner.ids()).toEqual(["b", "c"]), patient);
    expect(stale.ids()).toEqual(["a", "b"]);
    expect(await stored(next.nats)).toBe(2);

    const third = collect((await connectAnew()).streams);
    await vi.waitFor(() => expect(third.ids()).toEqual(["b", "c"]), patient);
  });

  test("one that was pushed aside has the world again once the other has stopped", async () => {
    const first = collect((await connectAnew()).streams);
    const { streams, nats } = await connectAnew();
    await vi.waitFor(async () => expect(await consumers(nats)).toHaveLength(1), patient);
    const [firstName] = await consumers(nats);
    const other = collect(streams);
    await vi.waitFor(
      async () => expect(await consumers(nats)).toEqual([expect.not.stringMatching(firstName ?? "")]),
      patient,
    );
    await streams.append(world, commandInput("a"));
    await vi.waitFor(() => expect(other.ids()).toEqual(["a"]), patient);
    other.ack("a");
    await other.stop();
    await streams.append(world, commandInput("b"));
    await vi.waitFor(() => expect(first.ids()).toEqual(["b"]), patient);
  });

  test("a consumer that the server lost is made anew, and misses nothing", async () => {
    const { streams, nats } = await connectAnew();
    const consumer = collect(streams);
    await streams.append(world, commandInput("a"));
    await vi.waitFor(() => expect(consumer.ids()).toEqual(["a"]), patient);
    const [name] = await consumers(nats);
    await jetStreamApi(nats, `CONSUMER.DELETE.WORLD_INPUT.${name}`);
    await streams.append(world, commandInput("b"));
    await vi.waitFor(() => expect(consumer.ids()).toEqual(["a", "b"]), patient);
  });

  test("after the server has lost its disk, new inputs flow, though their numbers begin again", async () => {
    const { streams } = await connectAnew();
    const consumer = collect(streams);
    for (const id of ["a", "b"]) await streams.append(world, commandInput(id));
    await vi.waitFor(() => expect(consumer.ids()).toEqual(["a", "b"]), patient);
    consumer.ack("a");
    await server.wipe();
    await server.start();
    for (const id of ["c", "d"]) await insist(streams, id);
    await vi.waitFor(() => expect(consumer.ids()).toEqual(["a", "b", "c", "d"]), patient);
  });

  test("a message that is no input stays where it is, and holds up nobody", async () => {
    const { streams, nats } = await connectAnew();
    const consumer = collect(streams);
    await streams.append(world, commandInput("a"));
    nats.connection().publish(`world.input.${world}`, "{{{");
    await streams.append(world, commandInput("b"));
    await vi.waitFor(() => expect(consumer.ids()).toEqual(["a", "b"]), patient);
    consumer.ack("a");
    consumer.ack("b");
    await consumer.stop();
    expect(await stored(nats)).toBe(1);
  });

  test("hands over many worlds at once", async () => {
    const worlds = Array.from({ length: 300 }, (_, n) => `w${n}` as WorldId);
    const old = await connectAnew();
    const heard = new Set<string>();
    for (const id of worlds) old.streams.consume(id, ({ input }) => heard.add(`old ${input.id}`));
    await Promise.all(worlds.map((id) => old.streams.append(id, commandInput(id))));
    await vi.waitFor(() => expect(heard.size).toBe(300), patient);
    const next = await connectAnew();
    for (const id of worlds) next.streams.consume(id, ({ input }) => heard.add(`new ${input.id}`));
    await vi.waitFor(() => expect(heard.size).toBe(600), patient);
  });
});

/** As a caller would: what is UNAVAILABLE is sent again. */
async function insist(streams: InputStreams, id: string): Promise<void> {
  await vi.waitFor(() => streams.append(world, commandInput(id)), patient);
}

function collect(streams: InputStreams) {
  const deliveries: Delivery[] = [];
  const consumer = streams.consume(world, (delivery) => deliveries.push(delivery));
  return {
    ids: () => deliveries.map(({ input }) => input.id as string),
    ack: (id: string) => deliveries.find(({ input }) => input.id === id)?.ack(),
    stop: () => consumer.stop(),
  };
}

async function stored(nats: Nats): Promise<number> {
  const info = z.object({ state: z.object({ messages: z.number() }) });
  return info.parse(await jetStreamApi(nats, "STREAM.INFO.WORLD_INPUT")).state.messages;
}

async function consumers(nats: Nats): Promise<readonly string[]> {
  const names = z.object({ consumers: z.array(z.string()).nullable() });
  return names.parse(await jetStreamApi(nats, "CONSUMER.NAMES.WORLD_INPUT")).consumers ?? [];
}
