import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { systemClock } from "#adapters/system-clock.ts";
import type { ChaosBot } from "#tests/support/chaos-bot.ts";
import { type Chaos, hasServers, leaseMs, type Links, serversAreHere, startChaos } from "#tests/support/chaos-rig.ts";
import { measurements } from "#tests/support/measured.ts";
import { seed } from "#tests/support/seed.ts";

serversAreHere();

const backMsMax = leaseMs + 1000;
/** Its name goes over the wire with every commit. */
const commitStatement = "world_log_commit";
const names: readonly (keyof Links)[] = ["postgres", "redis", "nats"];

describe.skipIf(!hasServers)(`links between a world worker and its servers (E2E_SEED=${seed})`, () => {
  let chaos: Chaos;
  const inLobby: ChaosBot[] = [];
  const measured = measurements("Links that break");

  beforeAll(async () => {
    chaos = await startChaos();
    inLobby.push(await chaos.bot("Ada", { v1: true, habit: "talks", everyMs: 40 }));
    inLobby.push(await chaos.bot("Ben", { v1: false, habit: "talks" }));
    await chaos.bot("Cleo", { v1: true, habit: "talks", world: "Hearthvale" });
    await chaos.bot("Wim", { v1: true, habit: "travels" });
  });
  afterAll(async () => {
    measured.print();
    await chaos[Symbol.asyncDispose]();
  });

  const back = async (bots: readonly ChaosBot[], atMs: number): Promise<number> =>
    Math.max(...(await Promise.all(bots.map((bot) => bot.answered(atMs))))) - atMs;
  const expectNothingLost = async (): Promise<void> => expect((await chaos.settled()).violations).toEqual([]);

  test("a commit that is under way for longer than the lease comes too late, and is refused", async () => {
    await chaos.steady();
    const before = chaos.lines.length;
    const atMs = systemClock.nowMs();
    chaos.links.postgres.when(commitStatement, chaos.links.postgres.hold);
    const backMs = await back(inLobby, atMs);
    expect(measured.note("no way to Postgres: lobby back, elsewhere, after", backMs)).toBeLessThan(backMsMax);
    expect(chaos.links.postgres.heldBytes).toBeGreaterThan(0);

    chaos.links.postgres.release();
    // Nobody but the database stood between that commit and the log.
    await vi.waitFor(() => expect(chaos.lines.slice(before).join("\n")).toMatch(/\[world-1\].*\(stale-fence\)/u), {
      timeout: 10_000,
      interval: 20,
    });
    await chaos.steady();
    await expectNothingLost();
  });

  test("a worker that dies between a commit and its acknowledgement: what is delivered again is done once", async () => {
    await chaos.steady();
    chaos.links.postgres.when(commitStatement, chaos.links.nats.hold);
    await vi.waitFor(() => expect(chaos.links.nats.heldBytes).toBeGreaterThan(0), { timeout: 10_000, interval: 1 });
    const atMs = systemClock.nowMs();
    chaos.signal("north", "SIGKILL");
    chaos.links.nats.cut();
    chaos.links.nats.release();
    const backMs = await back(inLobby, atMs);
    expect(measured.note("kill −9 between commit and acknowledgement: lobby back after", backMs)).toBeLessThan(
      backMsMax,
    );
    await chaos.steady();
    await expectNothingLost();
  });

  test.each(names)("every connection to %s cut, again and again", async (name) => {
    await chaos.steady();
    const cuts = 3;
    for (let cut = 0; cut < cuts; cut++) {
      const atMs = systemClock.nowMs();
      chaos.links[name].cut();
      measured.note(`connections to ${name} cut: lobby back after`, await back(inLobby, atMs));
    }
    await chaos.steady();
    await expectNothingLost();
  });

  test("everything on its way takes 60 ms longer", async () => {
    await chaos.steady();
    for (const name of names) chaos.links[name].delay(60);
    const atMs = systemClock.nowMs();
    await back(chaos.bots, atMs);
    const laterMs = systemClock.nowMs() + 2000;
    await systemClock.sleep(2000);
    measured.note("60 ms more each way: a line answered after", await back(inLobby, laterMs));
    for (const name of names) chaos.links[name].delay(0);
    await chaos.steady();
    await expectNothingLost();
  });

  test.each(["redis", "nats"] as const)("nothing gets through to %s for longer than the lease", async (name) => {
    await chaos.steady();
    chaos.links[name].hold();
    await systemClock.sleep(leaseMs + 1500);
    // As a firewall would that has forgotten the connections.
    chaos.links[name].cut();
    chaos.links[name].release();
    const atMs = systemClock.nowMs();
    measured.note(`nothing through to ${name} for 4 s: lobby back after`, await back(inLobby, atMs));
    await chaos.steady();
    await expectNothingLost();
  });
});
