import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { systemClock } from "#adapters/system-clock.ts";
import { lobbyWorldId } from "#core/lib/ids.ts";
import type { ChaosBot } from "#tests/support/chaos-bot.ts";
import {
  type Chaos,
  hasServers,
  leaseMs,
  longestSilenceMs,
  serversAreHere,
  startChaos,
  type WorldWorker,
} from "#tests/support/chaos-rig.ts";
import { measurements } from "#tests/support/measured.ts";
import { seed } from "#tests/support/seed.ts";

serversAreHere();

/** A world whose worker is lost is back within this. */
const backMsMax = leaseMs + 1000;
/** Where every worker is lost, the launcher waits half a second and starts a process, on cores that the tests use too. */
const processStartMsMax = 8_000;
/** Far less than anybody waits whose world has lost its worker. */
const undisturbedMsMax = 1_200;
/** Promised are 250 ms; machines that are busy with something else must not fail the suite. */
const handOverMsMax = 1_500;

describe.skipIf(!hasServers)(`processes that die while people type (E2E_SEED=${seed})`, () => {
  let chaos: Chaos;
  const inLobby: ChaosBot[] = [];
  const inValley: ChaosBot[] = [];
  const measured = measurements("Processes that die");

  beforeAll(async () => {
    chaos = await startChaos();
    inLobby.push(await chaos.bot("Ada", { v1: true, habit: "talks", everyMs: 40 }));
    inLobby.push(await chaos.bot("Ben", { v1: false, habit: "talks" }));
    inValley.push(await chaos.bot("Cleo", { v1: true, habit: "talks", world: "Hearthvale" }));
    await chaos.bot("Wim", { v1: true, habit: "travels" });
    await chaos.bot("Zoe", { v1: true, habit: "walks", world: "Verdance" });
  });
  afterAll(async () => {
    measured.print();
    await chaos[Symbol.asyncDispose]();
  });

  /** From `atMs` until the last of them is answered again. */
  const back = async (bots: readonly ChaosBot[], atMs: number): Promise<number> =>
    Math.max(...(await Promise.all(bots.map((bot) => bot.answered(atMs))))) - atMs;
  const expectNothingLost = async (): Promise<void> => expect((await chaos.settled()).violations).toEqual([]);
  const linesSince = (worker: WorldWorker, count: number, pattern: RegExp): boolean =>
    chaos.lines.slice(count).some((line) => pattern.test(line) && line.startsWith(workerPrefix[worker]));
  const workerPrefix = { north: "[world-1]", south: "[world-2]" };

  test.each([1, 2])("a world worker killed: its world is back, and the others notice nothing (%i)", async () => {
    await chaos.steady();
    const atMs = systemClock.nowMs();
    chaos.signal("north", "SIGKILL");
    expect(measured.note("kill −9 of the lobby's worker: lobby back after", await back(inLobby, atMs))).toBeLessThan(
      backMsMax,
    );
    const silenceMs = Math.max(...inValley.map((bot) => longestSilenceMs(bot, atMs, systemClock.nowMs())));
    expect(measured.note("… longest silence in another world", silenceMs)).toBeLessThan(undisturbedMsMax);
    await expectNothingLost();
  });

  test("every world worker killed: the worlds are back as soon as a process has started", async () => {
    await chaos.steady();
    const atMs = systemClock.nowMs();
    for (const worker of ["north", "south"]) chaos.signal(worker, "SIGKILL");
    const backMs = await back(chaos.bots, atMs);
    expect(measured.note("kill −9 of every world worker: all back after", backMs)).toBeLessThan(
      backMsMax + processStartMsMax,
    );
    await expectNothingLost();
  });

  test("a world worker frozen for longer than its lease loses its world, and writes nothing when it wakes", async () => {
    await chaos.steady();
    const before = chaos.lines.length;
    const atMs = systemClock.nowMs();
    chaos.signal("north", "SIGSTOP");
    expect(measured.note("freeze of the lobby's worker: lobby back after", await back(inLobby, atMs))).toBeLessThan(
      backMsMax,
    );
    const silenceMs = Math.max(...inValley.map((bot) => longestSilenceMs(bot, atMs, systemClock.nowMs())));
    expect(measured.note("… longest silence in another world", silenceMs)).toBeLessThan(undisturbedMsMax);
    await systemClock.sleep(atMs + leaseMs + 2000 - systemClock.nowMs());

    const wokenAtMs = systemClock.nowMs();
    chaos.signal("north", "SIGCONT");
    await vi.waitFor(
      () => expect(linesSince("north", before, /another owner has this world|a world stopped/u)).toBe(true),
      { timeout: 10_000, interval: 20 },
    );
    await back(chaos.bots, wokenAtMs);
    await chaos.steady();
    await expectNothingLost();
  });

  test.each<[WorldWorker, number]>([
    ["north", 1],
    ["south", 1],
    ["north", 2],
  ])("a world worker that is told to stop hands its worlds over (%s, %i)", async (worker) => {
    await chaos.steady();
    const sinceMs = systemClock.nowMs();
    chaos.signal(worker, "SIGTERM");
    // It comes back, and gets them back in good order, too.
    await vi.waitFor(
      async () => {
        const changes = (await chaos.handOvers()).filter(({ atMs }) => atMs >= sinceMs);
        expect(changes.filter(({ owner }) => owner === worker).length).toBeGreaterThan(0);
      },
      { timeout: 20_000, interval: 50 },
    );
    await back(chaos.bots, systemClock.nowMs());
    const changes = (await chaos.handOvers()).filter(({ atMs }) => atMs >= sinceMs);
    for (const [worldId, ofWorld] of Map.groupBy(changes, ({ worldId: id }) => id)) {
      for (const [index, released] of ofWorld.entries()) {
        const taken = ofWorld[index + 1];
        if (released.owner !== null || taken === undefined) continue;
        measured.note("SIGTERM: from release to the next owner's lease", taken.atMs - released.atMs);
        if (worldId !== lobbyWorldId) continue;
        const answeredAtMs = Math.min(...inLobby.flatMap((bot) => bot.answeredAtMs.filter((ms) => ms >= taken.atMs)));
        const handOverMs = measured.note("SIGTERM: from release to the first answer", answeredAtMs - released.atMs);
        expect(handOverMs).toBeLessThan(handOverMsMax);
      }
    }
    for (const bot of inLobby)
      measured.note("SIGTERM: longest silence in the lobby", longestSilenceMs(bot, sinceMs, systemClock.nowMs()));
    const { evidence, violations } = await chaos.settled();
    expect(violations).toEqual([]);
    // A world that was handed over has left a snapshot, and the events alone come to the same.
    expect(evidence.replays.length).toBeGreaterThan(3);
  });

  test("the functions killed: whoever types goes on when they are back", async () => {
    await chaos.steady();
    const atMs = systemClock.nowMs();
    chaos.signal("functions", "SIGKILL");
    const backMs = await back(chaos.bots, atMs);
    expect(measured.note("kill −9 of the functions: all answered again after", backMs)).toBeLessThan(processStartMsMax);
    await expectNothingLost();
  });

  test("the functions frozen: what was typed meanwhile is done, once", async () => {
    await chaos.steady();
    const frozenMs = 3_000;
    const atMs = systemClock.nowMs();
    chaos.signal("functions", "SIGSTOP");
    await systemClock.sleep(frozenMs);
    chaos.signal("functions", "SIGCONT");
    const backMs = await back(chaos.bots, atMs);
    expect(measured.note("freeze of the functions for 3 s: all answered again after", backMs)).toBeLessThan(
      frozenMs + processStartMsMax,
    );
    await expectNothingLost();
  });
});
