import { describe, expect, test } from "vitest";
import { lobbyWorldId, type InputId, type UserId } from "#core/lib/ids.ts";
import { worldTick, type TickMessage } from "#core/protocol/subjects.ts";
import type { ClockChange } from "#core/protocol/world-input.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import type { WorldSpec } from "#core/world/spec.ts";
import { worldRig } from "#tests/support/world-rig.ts";

/** Ana in the lobby (or in another world), and the news of its clock. */
async function setup(options: { spec?: Partial<WorldSpec> } = {}) {
  const rig = worldRig();
  const lobby = rig.tables.worlds.get(lobbyWorldId)!;
  rig.tables.worlds.set(lobbyWorldId, { ...lobby, spec: { ...lobby.spec, ...options.spec } });
  const slow = { commitMs: 0, wallOffMs: 0 };
  const { worldLog } = rig.ctx;
  const given = {
    ...rig.ctx,
    clock: { ...rig.clock, nowMs: () => rig.clock.nowMs() + slow.wallOffMs },
    worldLog: {
      ...worldLog,
      async commit(...args: Parameters<typeof worldLog.commit>) {
        if (slow.commitMs > 0) await rig.clock.sleep(slow.commitMs);
        return worldLog.commit(...args);
      },
    },
  };
  const news: TickMessage[] = [];
  rig.ctx.bus.subscribe(worldTick(lobbyWorldId), (message) => void news.push(message));
  const service = await rig.serve(given);
  const ana = await rig.player("Ana");
  await ana.connect();
  await rig.pass(200, 10);
  news.length = 0;
  let changes = 0;
  const change = async (to: ClockChange) => {
    const id = `change-${++changes}` as InputId;
    await rig.ctx.inputs.append(lobbyWorldId, { type: "setClock", id, by: { userId: "u" as UserId }, change: to });
    await rig.quiet();
  };
  return { rig, slow, news, service, ana, change };
}

const logged = (rig: Awaited<ReturnType<typeof setup>>["rig"], message: string) =>
  rig.lines.filter((line) => line.message === message).map(({ fields }) => fields);

describe("the ticks of a world", () => {
  test.each([1, 10, 20])("come %d times a second, each with its own number", async (ticksPerSecond) => {
    const { rig, news } = await setup({ spec: { ticksPerSecond } });
    await rig.pass(10_000, 10);
    expect(news).toHaveLength(10 * ticksPerSecond);
    const [first] = news;
    news.forEach((message, i) => {
      expect(message.tickNumber).toBe(first!.tickNumber + i);
      expect(message.gameTimeMs - first!.gameTimeMs).toBe((i * 1000) / ticksPerSecond);
    });
  });

  test("go on by the monotonic clock, whatever the wall clock does", async () => {
    const { rig, slow, news } = await setup();
    slow.wallOffMs = -3_600_000;
    await rig.pass(2000, 10);
    expect(news.map(({ tickNumber }) => tickNumber - news[0]!.tickNumber)).toEqual(news.map((_, i) => i));
    expect(news).toHaveLength(20);
  });

  test("stop with the world's time, which is told all the same, and go on with it", async () => {
    const { rig, news, change, ana } = await setup();
    await change({ kind: "pause" });
    await rig.pass(5000, 10);
    expect(ana.heard().at(-1)).toBe(
      "time: The owner of this world raises a hand, and all is still. Time stands still.",
    );
    const still = news.filter(({ isPaused }) => isPaused);
    expect(still.length).toBeGreaterThanOrEqual(4);
    expect(still.length).toBeLessThanOrEqual(6);
    expect(
      new Set(
        still.map(({ tickNumber, gameTimeMs, dilationFactor }) => `${tickNumber} ${gameTimeMs} ${dilationFactor}`),
      ).size,
    ).toBe(1);
    const before = still[0]!;
    expect(before.dilationFactor).toBe(0);
    await ana.say("north");
    await ana.say("say hello");
    await rig.pass(100, 10);
    expect(ana.heard().slice(-2)).toEqual([
      expect.stringContaining("error: Time stands still here."),
      'speech_self: You say: "hello"',
    ]);
    news.length = 0;
    await change({ kind: "resume" });
    await rig.pass(1000, 10);
    expect(news.at(-1)!.gameTimeMs - before.gameTimeMs).toBe(1000);
    expect(news.at(-1)!.tickNumber - before.tickNumber).toBe(10);
  });

  test("bring as much time as the world's pace says, from the change on", async () => {
    const { rig, news, change } = await setup();
    await rig.pass(1000, 10);
    const before = news.at(-1)!;
    await change({ kind: "dilation", dilation: 100 });
    news.length = 0;
    await rig.pass(1000, 10);
    expect(news.at(-1)!.gameTimeMs - before.gameTimeMs).toBe(100_000);
    expect(new Set(news.map(({ dilationFactor }) => dilationFactor))).toEqual(new Set([100]));
    expect(logged(rig, "the world's clock was changed")).toEqual([
      { worldId: lobbyWorldId, type: "dilationChanged", isPaused: false, dilation: 100, userId: "u" },
    ]);
  });
});

test("a world that cannot keep up slows its time, drops nothing, says so, and recovers by itself", async () => {
  const { rig, slow, news, ana } = await setup();
  slow.commitMs = 400;
  const said: string[] = [];
  for (let i = 0; i < 120; i++) {
    said.push(`word ${i}`);
    await ana.say(`say word ${i}`);
    await rig.pass(100, 20);
  }
  const slowest = Math.min(...news.map(({ stretch }) => stretch));
  expect(slowest).toBeGreaterThanOrEqual(0.1);
  expect(slowest).toBeLessThanOrEqual(0.25);
  // A tick that comes four times too late brings no more time than a punctual one.
  const [last, previous] = [news.at(-1)!, news.at(-2)!];
  expect(last.gameTimeMs - previous.gameTimeMs).toBeLessThanOrEqual(110);
  slow.commitMs = 0;
  await rig.pass(20_000, 20);
  expect(rig.said(lobbyWorldId)).toEqual(said);
  expect(news.at(-1)!.stretch).toBe(1);
  const times = ana.heard().filter((line) => line.startsWith("time: "));
  expect(times).toEqual([
    expect.stringContaining("time itself slows"),
    "time: The world has caught its breath: time runs at its own pace again.",
  ]);
  const steps = logged(rig, "the world's time keeps this share of its pace");
  expect(steps.length).toBeLessThanOrEqual(8);
  expect(steps.at(-1)).toEqual({ worldId: lobbyWorldId, stretch: 1 });
});

test("a pause is no overload: a world that goes on after it keeps its pace", async () => {
  const { rig, news, change } = await setup();
  await rig.pass(500, 10);
  await change({ kind: "pause" });
  await rig.pass(60_000, 100);
  await change({ kind: "resume" });
  await rig.pass(5000, 20);
  expect(new Set(news.map(({ stretch }) => stretch))).toEqual(new Set([1]));
});

test("a world that falls asleep while it is stretched wakes at its own pace", async () => {
  const { rig, slow, news, ana } = await setup();
  slow.commitMs = 400;
  for (let i = 0; i < 60; i++) {
    await ana.say("say hm");
    await rig.pass(100, 20);
  }
  expect(news.at(-1)!.stretch).toBeLessThan(1);
  await ana.leave(1000);
  slow.commitMs = 0;
  await rig.pass(5000, 50);
  const { state } = await rig.stored(lobbyWorldId);
  expect([state.bodies.size, state.clock.stretch]).toEqual([0, 1]);
});

test("a world whose owner died catches up in large steps as soon as somebody needs it, and says how much that was", async () => {
  const { rig, service, ana } = await setup();
  await ana.leave(1000);
  await rig.pass(200);
  await service.stop();
  const before = (await rig.stored(lobbyWorldId)).state;
  await rig.clock.advance(50 * 3_600_000);
  await rig.serve();
  await rig.pass(1000);
  expect(logged(rig, "the world has caught up")).toEqual([]);
  const ben = await rig.player("Ben");
  await ben.connect();
  await rig.pass(200);
  const [caughtUp] = logged(rig, "the world has caught up");
  expect(caughtUp).toMatchObject({ worldId: lobbyWorldId, steps: 9, skippedMs: 0 });
  const { state } = await rig.stored(lobbyWorldId);
  expect(state.clock).toEqual(before.clock);
});

test("dusk is told to who is there, once", async () => {
  const { spec } = readyMadeWorlds[1]!;
  const { rig, ana } = await setup({ spec: { ...spec, dilation: 100 } });
  await rig.pass(12 * 60_000, 500);
  const times = ana.heard().filter((line) => line.startsWith("time: "));
  expect(times.filter((line) => line.includes("Dusk"))).toEqual(["time: Dusk: the sun sets in the west."]);
  expect(times.length).toBeGreaterThanOrEqual(5);
});
