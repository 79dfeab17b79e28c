import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { GameLink } from "#client/game-link.ts";
import { ApiError } from "#client/rest.ts";
import { estimate } from "../../../cli/cost/estimate.ts";
import { loadOf } from "../../../cli/cost/page.ts";
import { prices } from "../../../cli/cost/prices.ts";
import { createScheduler } from "../scheduler.ts";
import { leaseMs, startFleet } from "./fleet-run.ts";
import { createDoor, type Doors, handshakeMs, reconnectStorm, refusedMs, ticketMs, uniform } from "./reconnects.ts";
import { fleetReport } from "./scenarios.ts";
import { sizeOf, zones } from "./sizes.ts";
import { columnOf, quantile, quotas } from "./table.ts";

const isLong = process.env["LONG_TESTS"] === "true";
const seed = 11;

describe.each(isLong ? [1_000, 20_000, 100_000] : [1_000, 20_000])("a fleet for %i players", (players) => {
  const size = sizeOf(players);
  const wants = size.commandsPerS;
  const reported = fleetReport(size, { seed, wants });

  test("never has a world run twice, and never fails", async () => {
    expect((await reported).violations).toEqual([]);
  });

  test("has worlds of a dead worker, and of a dead zone, back within the lease and a second", async () => {
    const { oneKilled, zoneLost } = await reported;
    for (const { worldsMoved, gapMsMost, gapMsMedian } of [oneKilled, zoneLost]) {
      expect(worldsMoved).toBeGreaterThan(0);
      expect(gapMsMost).toBeLessThanOrEqual(leaseMs + 1_000);
      // They are not taken from somebody who may still live.
      expect(gapMsMedian).toBeGreaterThan(leaseMs / 2);
    }
    const ofOne = size.worlds / size.workers;
    expect(oneKilled.worldsMoved).toBeLessThan(1.5 * ofOne);
    expect(zoneLost.worldsMoved).toBeLessThan(1.5 * ofOne * Math.ceil(size.workers / zones));
  });

  test("stands still for less than half a second where worlds change hands in good order", async () => {
    const { zoneBack, release } = await reported;
    for (const { gapMsMost } of [zoneBack, release]) expect(gapMsMost).toBeLessThan(500);
    // To a new worker at once or after it, and no further.
    expect(release.worldsMoved).toBeLessThanOrEqual(2 * size.worlds);
    expect(release.settledMs).toBeLessThan(60_000);
  });

  test("asks of the database what its workers ask twice a second, however much is played", async () => {
    const { statementsPerS, rowsWrittenPerS } = await reported;
    expect(statementsPerS).toBeLessThanOrEqual(2 * 2 * size.workers);
    // Each world's lease three times in the time of one.
    expect(rowsWrittenPerS).toBeLessThan(1.2 * (size.worlds + size.workers) * (3 / (leaseMs / 1000)));
  });

  test("has no worker with half as many worlds again as its share", async () => {
    expect((await reported).fullest).toBeLessThan(1.5);
  });
});

test("the same seed is the same fleet, to the millisecond", async () => {
  const report = () => fleetReport(sizeOf(1_000), { seed: 5, wants: 3 });
  expect(await report()).toEqual(await report());
});

test("a world that is run twice is noticed", async () => {
  const run = startFleet({ worlds: 4, seed });
  const [first, second] = [run.add(0), run.add(1)];
  await run.pass(5_000);
  // Frozen beyond its lease it is not dead: it still counts as running here until it lets go.
  const frozen = first.fleet.owned.size > 0 ? first : second;
  frozen.process.pause();
  await run.pass(2 * leaseMs);
  expect(run.violations.join("\n")).toMatch(/runs .{36}, and world-\d does/u);
});

describe("everybody's socket is cut at once", () => {
  const doors = quotas;

  test.each([150, 15_000])("%i come back, as fast as they are let in and not much slower", (clients) => {
    const storm = reconnectStorm({ clients, seed, doors });
    const lowest = (clients - doors.handshakesPerS) / doors.handshakesPerS;
    const allMs = quantile(storm, 1);
    expect(allMs / 1000).toBeGreaterThan(lowest);
    expect(quantile(storm, 0.9) / 1000).toBeLessThan(1.4 * lowest + 2);
    // The last one may have to wait a whole wait, which is 20 s at most, for nothing.
    expect(allMs / 1000).toBeLessThan(lowest + 22);
  });

  test("no second lets in more than it may", () => {
    const { backMs } = reconnectStorm({ clients: 15_000, seed, doors });
    const sorted = backMs.toSorted();
    // What was saved up before, a second's worth, comes on top once.
    let leastAhead = 0;
    for (const [before, atMs] of sorted.entries()) {
      const ahead = before - (atMs / 1000) * doors.handshakesPerS;
      leastAhead = Math.min(leastAhead, ahead);
      expect(ahead + 1 - leastAhead).toBeLessThanOrEqual(doors.handshakesPerS + 1);
    }
  });

  test("waits that grow spare the doors what waits that do not would cost them", () => {
    const ours = reconnectStorm({ clients: 15_000, seed, doors });
    const stubborn = reconnectStorm({ clients: 15_000, seed, doors, waitMs: () => 500 });
    const attempts = ({ attempts: of }: typeof ours) => of.reduce((sum, count) => sum + count, 0);
    expect(attempts(stubborn)).toBeGreaterThan(4 * attempts(ours));
  });

  test("is what links of the client do, one by one", async () => {
    const clients = 3_000;
    const narrow = { handshakesPerS: 100, requestsPerS: 400 };
    const links = await linksBackMs(clients, narrow);
    const { backMs } = reconnectStorm({ clients, seed, doors: narrow });
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      const at = Math.floor(share * clients);
      expect(links[at]! / backMs.toSorted()[at]!).toBeCloseTo(1, 1);
    }
  });
});

test("docs/scaling.md quotes what the simulation says", async () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/scaling.md"), "utf8");
  const rows = page.split("\n").map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  for (const players of [1_000, 100_000, 10_000_000])
    expect(page).toContain(`$${Math.round(estimate(loadOf(players), prices).totalUsd).toLocaleString("en")}`);
  for (const players of isLong ? [1_000, 100_000] : [1_000]) {
    const { head, cells } = await columnOf(players);
    const from = rows.findIndex(([label]) => label === cells[0]![0]);
    // Two lines above is the head.
    const at = rows[from - 2]?.indexOf(head) ?? -1;
    expect(rows.slice(from, from + cells.length).map((row) => [row[0], row[at]])).toEqual(cells);
  }
});

/** When each is back, in order: links of client/game-link.ts at the same doors, with the same dice. */
async function linksBackMs(clients: number, doors: Doors): Promise<number[]> {
  const scheduler = createScheduler(2_000_000);
  const [requests, handshakes] = [createDoor(doors.requestsPerS), createDoor(doors.handshakesPerS)];
  const cutMs = 20_000;
  const back: number[] = [];
  const cuts: (() => void)[] = [];
  const links: GameLink[] = [];
  for (let client = 0; client < clients; client++) {
    let attempt = 0;
    const isCut = () => scheduler.nowMs() >= cutMs;
    const ticket = () =>
      new Promise<{ ticket: string }>((resolve, reject) => {
        const isIn = !isCut() || requests.enter(scheduler.nowMs() - cutMs);
        const refused = new ApiError(429, {});
        scheduler.after(isIn ? ticketMs : refusedMs, () => (isIn ? resolve({ ticket: "t" }) : reject(refused)));
      });
    const link = new GameLink(
      {
        url: "ws://local",
        ticket,
        characterId: null,
        lastSeq: null,
        onFrame() {},
        onState: ({ kind }) => kind === "open" && isCut() && back.push(scheduler.nowMs() - cutMs),
        onCommand() {},
      },
      {
        nowMs: scheduler.nowMs,
        after(ms, work) {
          const happening = scheduler.after(ms, work);
          return () => void (happening.work = null);
        },
        random: () => uniform(seed, client, attempt++),
        uuid: () => "id",
        openSocket(_url, _protocols, { onOpen, onClose }) {
          const atMs = scheduler.nowMs() - cutMs;
          const isIn = !isCut() || (requests.enter(atMs) && handshakes.enter(atMs));
          scheduler.after(isIn ? handshakeMs : refusedMs, () => (isIn ? onOpen() : onClose(1006)));
          cuts[client] = () => onClose(1006);
          return { send() {}, close() {} };
        },
      },
    );
    links.push(link);
  }
  await scheduler.run(cutMs);
  expect(links.every(({ state }) => state.kind === "open")).toBe(true);
  for (const cut of cuts) cut();
  while (back.length < clients) await scheduler.run(scheduler.nowMs() + 10_000);
  return back.toSorted((one, other) => one - other);
}
