import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock } from "#adapters/system-clock.ts";
import { type Rng, rng } from "#core/sim/rng.ts";
import type { ServerProcess } from "#dev/servers/server-process.ts";
import { type Chaos, hasServers, leaseMs, sendTo, serversAreHere, startChaos } from "#tests/support/chaos-rig.ts";
import { measurements } from "#tests/support/measured.ts";
import { seed } from "#tests/support/seed.ts";

serversAreHere();

type Fault = { readonly name: string; readonly strike: (chaos: Chaos, rng: Rng) => Promise<void> };

const stormMs = process.env["LONG_TESTS"] === "true" ? 60_000 : 12_000;
const pauseMsMax = 1_000;

const kill = (name: string): Fault => ({
  name: `kill ${name}`,
  strike: async (chaos) => sendTo(chaos.pid(name), "SIGKILL"),
});
const freeze = (name: string): Fault => ({
  name: `freeze ${name}`,
  async strike(chaos, draw) {
    const pid = chaos.pid(name);
    sendTo(pid, "SIGSTOP");
    await systemClock.sleep(200 + draw.int(leaseMs + 1000));
    sendTo(pid, "SIGCONT");
  },
});
const crash = (name: "postgres" | "redis" | "nats"): Fault => ({
  name: `crash ${name}`,
  async strike(chaos, draw) {
    const server: ServerProcess = chaos.services.servers[name]!;
    await server.kill();
    await systemClock.sleep(draw.int(1000));
    await server.start();
  },
});
const cut = (name: "postgres" | "redis" | "nats"): Fault => ({
  name: `cut north from ${name}`,
  strike: async (chaos) => chaos.links[name].cut(),
});

const faults: readonly Fault[] = [
  kill("north"),
  kill("south"),
  kill("functions"),
  freeze("north"),
  freeze("south"),
  freeze("functions"),
  crash("postgres"),
  crash("redis"),
  crash("nats"),
  cut("postgres"),
  cut("redis"),
  cut("nats"),
];

describe.skipIf(!hasServers)(`a storm (E2E_SEED=${seed})`, () => {
  let chaos: Chaos;
  const measured = measurements("A storm");
  beforeAll(async () => {
    chaos = await startChaos();
    await chaos.bot("Ada", { v1: true, habit: "talks" });
    await chaos.bot("Ben", { v1: false, habit: "talks" });
    await chaos.bot("Cleo", { v1: true, habit: "walks", world: "Hearthvale" });
    await chaos.bot("Wim", { v1: true, habit: "travels" });
    await chaos.bot("Xan", { v1: true, habit: "travels" });
  });
  afterAll(async () => {
    measured.print();
    await chaos[Symbol.asyncDispose]();
  });

  test("of two faults at a time loses nothing, and doubles nothing", { timeout: 120_000 }, async () => {
    const draw = rng(seed, "storm");
    await chaos.steady();
    const untilMs = systemClock.nowMs() + stormMs;
    const struck: string[] = [];
    while (systemClock.nowMs() < untilMs) {
      const first = draw.int(faults.length);
      const second = (first + 1 + draw.int(faults.length - 1)) % faults.length;
      const both = [faults[first]!, faults[second]!];
      struck.push(...both.map(({ name }) => name));
      await Promise.all(both.map(({ strike }) => strike(chaos, draw)));
      await systemClock.sleep(draw.int(pauseMsMax));
    }
    const overAtMs = systemClock.nowMs();
    const answeredAtMs = await Promise.all(chaos.bots.map((bot) => bot.answered(overAtMs)));
    measured.note(`after ${struck.length} faults: all answered again after`, Math.max(...answeredAtMs) - overAtMs);
    await chaos.steady();
    const { evidence, violations } = await chaos.settled();
    expect(violations, struck.join(", ")).toEqual([]);
    expect(evidence.promised.every(({ spoken }) => spoken.length > 0)).toBe(true);
  });
});
