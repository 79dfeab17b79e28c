import { describe, expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import { lobbyWorldId, type InputId, type WorldId } from "#core/lib/ids.ts";
import { worldLook, worldTick, type TickMessage } from "#core/protocol/subjects.ts";
import { liveWorld } from "#core/world/evolve.ts";
import { fromStored, hashOf } from "#core/world/stored.ts";
import { fieldId, leaseMs, worldRig, type WorldRig } from "#tests/support/world-rig.ts";
import type { WorldContext } from "./context.ts";

const replayed = (rig: WorldRig, id: WorldId) => {
  const world = liveWorld();
  for (const { event, metadata } of (rig.tables.events.get(id) ?? []).map(fromStored)) world.apply(event, metadata);
  return world;
};
const errors = (rig: WorldRig) => rig.lines.filter(({ level }) => level === "error").map(({ message }) => message);
const stopped = "a world stopped; it goes on from its log";

async function visited(given?: (ctx: WorldContext) => WorldContext) {
  const rig = worldRig();
  const service = await rig.serve(given?.(rig.ctx) ?? rig.ctx);
  const ana = await rig.player("Ana");
  await ana.connect();
  return { rig, service, ana };
}

describe("a commit that does not go through", () => {
  type Commit = WorldContext["worldLog"]["commit"];
  const answers: [string, (commit: Commit) => Commit][] = [
    ["says that a newer owner exists", () => async () => "stale-fence"],
    ["says that the stream has moved on", () => async () => "wrong-version"],
    ["fails", () => async () => Promise.reject(new AppError("UNAVAILABLE", "no database"))],
    [
      "fails, and was done",
      (commit) => async (given) => (await commit(given), Promise.reject(new AppError("UNAVAILABLE", "cut"))),
    ],
    ["fails in a way nobody has thought of", () => async () => Promise.reject(new TypeError("oops"))],
  ];

  test.each(answers)(
    "and %s ends the world, which goes on from its log and applies once what was not acknowledged",
    async (_name, answer) => {
      let isBroken = false;
      const { rig, ana } = await visited((ctx) => ({
        ...ctx,
        worldLog: {
          ...ctx.worldLog,
          commit: (commit) => (isBroken ? answer(ctx.worldLog.commit)(commit) : ctx.worldLog.commit(commit)),
        },
      }));
      isBroken = true;
      await ana.say("say one");
      await ana.say("say two");
      await rig.quiet();
      expect(ana.heard()).toHaveLength(3);
      expect(errors(rig)).toEqual([stopped]);
      isBroken = false;
      await rig.pass(1500, 250);
      await ana.say("say three");
      await rig.quiet();
      expect(rig.said(lobbyWorldId)).toEqual(["one", "two", "three"]);
      expect(ana.heard().at(-1)).toBe('speech_self: You say: "three"');
      expect(errors(rig)).toEqual([stopped]);
    },
  );
});

describe("a world that cannot go on", () => {
  test("tries again less and less often, while the others go on, and recovers where it was", async () => {
    const reads: number[] = [];
    let isPoisoned = true;
    const { rig } = await visited((ctx) => ({
      ...ctx,
      worldLog: {
        ...ctx.worldLog,
        async read(id, after, limit) {
          if (id !== fieldId || !isPoisoned) return ctx.worldLog.read(id, after, limit);
          reads.push(ctx.clock.monotonicMs());
          return [{ version: 1, type: "danced", schemaVersion: 99, payload: {}, metadata: {} }];
        },
      },
    }));
    await rig.pass(100_000, 500);
    const gaps = reads.slice(1).map((at, i) => at - reads[i]!);
    expect(gaps.length).toBeGreaterThan(5);
    expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
    expect(gaps.at(-1)).toBeGreaterThan(25_000);
    const bob = await rig.player("Bob");
    await bob.connect();
    expect(bob.heard()).toHaveLength(3);

    isPoisoned = false;
    await rig.pass(40_000, 500);
    await bob.say("enter field");
    await rig.pass(200);
    expect((await rig.stored(fieldId)).state.bodies.has(bob.own)).toBe(true);
  });

  test("because of one input sets that one aside after a while, and goes on", async () => {
    const { rig, ana } = await visited((ctx) => ({
      ...ctx,
      connections: {
        ...ctx.connections,
        byName: async (name) => {
          throw new TypeError(`a bug about ${name}`);
        },
      },
    }));
    await ana.say("tell Bob hi");
    await ana.say("say after");
    await ana.say("say last");
    // In its turn with others, and three times alone.
    await rig.pass(1500, 250);
    expect(rig.said(lobbyWorldId)).toEqual([]);
    await rig.pass(3000, 250);
    expect(rig.said(lobbyWorldId)).toEqual(["after", "last"]);
    const set = rig.tables.events.get(lobbyWorldId)!.filter(({ type }) => type === "inputRejected");
    expect(set.map(({ payload }) => payload)).toMatchObject([
      { input: { type: "command", text: "tell Bob hi" }, reason: "TypeError: a bug about Bob" },
    ]);
    expect(rig.tables.worlds.get(lobbyWorldId)).toMatchObject({ fault: { isQuarantined: false } });
    await rig.pass(40_000, 500);
    expect(rig.tables.worlds.get(lobbyWorldId)).not.toHaveProperty("fault");
  });
});

describe("ownership", () => {
  test("a world whose lease could have run out is stopped before it writes", async () => {
    let isUnreachable = false;
    const { rig, ana } = await visited((ctx) => ({
      ...ctx,
      leases: {
        ...ctx.leases,
        renew: (...args) =>
          isUnreachable ? Promise.reject(new AppError("UNAVAILABLE", "no")) : ctx.leases.renew(...args),
      },
    }));
    isUnreachable = true;
    await rig.pass(leaseMs * 0.8 - 1500, 500);
    await ana.say("say in time");
    await rig.quiet();
    await rig.pass(1600, 100);
    const before = rig.tables.events.get(lobbyWorldId)!.length;
    const heard = ana.heard().length;
    await ana.say("look");
    await rig.quiet();
    await ana.say("say too late");
    await rig.pass(300, 100);
    expect(ana.heard()).toHaveLength(heard);
    expect(rig.said(lobbyWorldId)).toEqual(["in time"]);
    expect(rig.tables.events.get(lobbyWorldId)).toHaveLength(before);
    isUnreachable = false;
    await rig.pass(2500, 500);
    expect(rig.said(lobbyWorldId)).toEqual(["in time", "too late"]);
  });

  test("a world that another worker has taken is left to it, without another word", async () => {
    const { rig, service } = await visited();
    const lease = rig.tables.leases.get(lobbyWorldId)!;
    rig.tables.leases.set(lobbyWorldId, { ...lease, owner: "other", fence: lease.fence + 1, expiresAtMs: Infinity });
    await rig.pass(1100, 100);
    expect([...service.owned]).toEqual([fieldId]);
    const events = rig.tables.events.get(lobbyWorldId)!.length;
    await rig.ctx.inputs.append(lobbyWorldId, { type: "settled", id: "x" as InputId, messageId: "y" as InputId });
    await rig.pass(200, 100);
    expect(rig.tables.events.get(lobbyWorldId)).toHaveLength(events);
    await expect(
      rig.ctx.bus.request(worldLook(lobbyWorldId), { characterId: "c" }, { timeoutMs: 100 }),
    ).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("worlds given up in good order are free at once, drained, and as the log tells them", async () => {
    const { rig, service, ana } = await visited();
    await ana.say("say last");
    await ana.say("enter field");
    await ana.say("say first");
    const stopping = service.stop();
    await rig.pass(500, 100);
    await stopping;
    expect([...rig.tables.leases.values()].map(({ owner }) => owner)).toEqual([null, null]);
    for (const id of [lobbyWorldId, fieldId]) {
      const { state } = await rig.stored(id);
      expect(hashOf(state)).toBe(hashOf(replayed(rig, id).state));
      if (state.version > 0) expect(rig.tables.snapshots.get(id)![0]!.version).toBe(state.version);
    }
    await rig.serve(rig.ctx, undefined, "next");
    await rig.pass(6000, 100);
    expect([rig.said(lobbyWorldId), rig.said(fieldId)]).toEqual([["last"], ["first"]]);
  });

  test("stopping twice is stopping once", async () => {
    const { rig, service } = await visited();
    const both = Promise.all([service.stop(), service.stop()]);
    await rig.pass(100);
    await both;
    expect(service.owned.size).toBe(0);
  });
});

describe("time", () => {
  test("of a world with someone in it is told ten times a second; a world without anyone is silent", async () => {
    const rig = worldRig();
    const ticks: TickMessage[] = [];
    for (const id of [lobbyWorldId, fieldId]) rig.ctx.bus.subscribe(worldTick(id), (tick) => ticks.push(tick));
    await rig.serve();
    await rig.pass(3000, 100);
    expect(ticks).toEqual([]);
    const ana = await rig.player("Ana");
    await ana.connect();
    ticks.length = 0;
    await rig.pass(2000, 10);
    expect(ticks.map(({ worldId }) => worldId)).toEqual(Array(20).fill(lobbyWorldId));
    const numbers = ticks.map(({ tickNumber }) => tickNumber);
    expect(numbers).toEqual(numbers.map((_, i) => numbers[0]! + i));
    await ana.leave(1000);
    await rig.quiet();
    ticks.length = 0;
    await rig.pass(2000, 100);
    expect(ticks).toEqual([]);
  });

  test("does not go back when the wall clock does, and no frame or event says so", async () => {
    let jumpMs = 0;
    const { rig, ana } = await visited((ctx) => ({
      ...ctx,
      clock: { ...ctx.clock, nowMs: () => ctx.clock.nowMs() + jumpMs },
    }));
    await rig.pass(1000);
    jumpMs = -3_600_000;
    for (const text of ["time", "say hi", "n"]) await ana.say(text);
    await rig.pass(500);
    const times = rig.tables.events.get(lobbyWorldId)!.map(({ metadata }) => (metadata as { atMs: number }).atMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(rig.said(lobbyWorldId)).toEqual(["hi"]);
  });
});

describe("snapshots", () => {
  test("are taken every thousand events; the world read from one is the world replayed from its start", async () => {
    const { rig, ana } = await visited();
    for (let i = 0; i < 1100; i++) {
      await ana.say(`say ${i}`);
      if (i % 200 === 0) await rig.quiet();
    }
    await rig.pass(500);
    const [snapshot] = rig.tables.snapshots.get(lobbyWorldId)!;
    expect(snapshot!.version).toBeGreaterThanOrEqual(1000);
    expect(snapshot!.version).toBeLessThan(rig.tables.events.get(lobbyWorldId)!.length);
    expect(hashOf((await rig.stored(lobbyWorldId)).state)).toBe(hashOf(replayed(rig, lobbyWorldId).state));
  });
});

test("what the place looks like is answered for those who are here, and for those who would wake up here", async () => {
  const { rig, ana } = await visited();
  const look = async (characterId: string) =>
    (await rig.ctx.bus.request(worldLook(lobbyWorldId), { characterId }, { timeoutMs: 100 })).text;
  expect(await look(ana.own)).toMatch(/^Lobby\n/);
  const bob = await rig.player("Bob");
  expect(await look(bob.own)).toMatch(/Ana is here\.$/);
  await expect(look("nobody")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("words for someone in another world arrive in the order in which they were said, also while its stream is down", async () => {
  let isDown = false;
  const { rig, ana } = await visited((ctx) => ({
    ...ctx,
    inputs: {
      ...ctx.inputs,
      append: (id, input) =>
        isDown && id === fieldId ? Promise.reject(new AppError("UNAVAILABLE", "down")) : ctx.inputs.append(id, input),
    },
  }));
  const bob = await rig.player("Bob");
  await bob.connect();
  await bob.say("enter field");
  await rig.pass(200);
  isDown = true;
  for (const word of ["one", "two", "three"]) {
    await ana.say(`tell Bob ${word}`);
    await rig.pass(150);
  }
  await ana.say("say meanwhile");
  await rig.quiet();
  expect(ana.heard().at(-1)).toBe('speech_self: You say: "meanwhile"');
  isDown = false;
  await rig.pass(8000, 100);
  expect(bob.heard().filter((text) => text.startsWith("tell:"))).toEqual(
    ["one", "two", "three"].map((word) => `tell: Ana tells you: "${word}"`),
  );
  expect((await rig.stored(lobbyWorldId)).state.outbound.size).toBe(0);
});

test("words for someone who is just walking on follow them", async () => {
  const { rig, ana } = await visited();
  const bob = await rig.player("Bob");
  await bob.connect();
  await bob.say("enter field");
  await rig.pass(200);
  // Looked up while Bob was in the field, delivered when he is back.
  await bob.say("lobby");
  await ana.say("tell Bob wait");
  await rig.pass(500);
  expect(bob.heard().filter((text) => text.startsWith("tell:"))).toEqual(['tell: Ana tells you: "wait"']);
});
