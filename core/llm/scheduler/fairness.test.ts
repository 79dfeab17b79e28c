import { expect, test } from "vitest";
import { seededEntropy } from "#adapters/memory/entropy.ts";
import { type Arrival, jain, simulate } from "#tests/support/scheduler-simulation.ts";
import { shareOfSlots } from "../share-slots.ts";
import { type HostSpec, type PriorityRank, schedulerDefaults } from "./model.ts";

const host = (id: string, over: Partial<HostSpec> = {}): HostSpec => ({
  id,
  models: new Set(["m", "a", "b"]),
  slotsPerModel: 4,
  loadedMax: 1,
  runningMax: 16,
  ...over,
});
const options = {
  scheduler: { ...schedulerDefaults, waitingMax: 100_000, waitingPerUserMax: 100_000 },
  hosts: [host("gpu-1")],
  tokensPerSecond: 50,
  untilMs: Infinity,
};
const random = (seed: number) => {
  const { uint32 } = seededEntropy(seed);
  return (min: number, max: number) => min + (uint32() / 2 ** 32) * (max - min);
};

test.each([1, 2, 3, 4, 5])(
  "users who are equally greedy get the same tokens, however different their requests are (seed %i)",
  (seed) => {
    const between = random(seed);
    const arrivals: Arrival[] = [];
    // Each user asks for much more than there is: some in large pieces, some in small ones, some saying less than they take.
    for (let user = 0; user < 20; user++) {
      const size = 40 * 2 ** (user % 5);
      const asks = 1.6e6 / 20 / size;
      for (let n = 0; n < asks; n++) {
        const tokens = Math.ceil(between(0.5, 1.5) * size);
        arrivals.push({ atMs: between(0, 1000), userId: `u${user}`, expected: user % 2 ? size : size / 3, tokens });
      }
    }
    const untilMs = 2_000_000;
    const { ended } = simulate(arrivals, { ...options, untilMs });
    const taken = new Map<string, number>();
    for (const each of ended) taken.set(each.userId, (taken.get(each.userId) ?? 0) + each.tokens);
    expect(ended.every(({ outcome }) => outcome === "done")).toBe(true);
    // Had everything been served the shares would be equal without any merit of the scheduler's.
    expect(ended.length).toBeLessThan(arrivals.length / 2);
    expect(jain([...taken.values()])).toBeGreaterThanOrEqual(0.99);
  },
);

test("a light user behind a hog of a thousand jobs waits for his turn, not for the hog's", () => {
  const hog = Array.from({ length: 1000 }, (): Arrival => ({ atMs: 0, userId: "hog", expected: 200, tokens: 200 }));
  const light: Arrival = { atMs: 60_000, userId: "light", expected: 200, tokens: 200 };
  const { ended } = simulate([...hog, light], options);
  const own = ended.find(({ userId }) => userId === "light")!;
  // 200 tokens at 50 a second: one of the hog's four has to end first.
  expect(own.startedMs - own.atMs).toBeLessThanOrEqual(4_000);
});

const gatewayNames = ["gateway-1", "gateway-2", "gateway-3"];
/** As the queue deals: each request to any of the gateways, which know nothing of each other's users and divide the slots. */
function simulateGateways(
  arrivals: readonly Arrival[],
  between: (min: number, max: number) => number,
  untilMs: number,
) {
  const dealt = Map.groupBy(arrivals, () => Math.floor(between(0, gatewayNames.length)));
  return gatewayNames.flatMap((name, index) => {
    const hosts = options.hosts.map((each) => ({
      ...each,
      slotsPerModel: shareOfSlots(each.slotsPerModel, each.id, name, new Set(gatewayNames)),
    }));
    return simulate(dealt.get(index) ?? [], { ...options, hosts, untilMs }).ended;
  });
}

test.each([1, 2, 3])("three gateways that share a host are as fair together as one (seed %i)", (seed) => {
  const between = random(seed);
  const arrivals = Array.from({ length: 12_000 }, (_, n): Arrival => {
    const size = 40 * 2 ** (n % 5);
    return {
      atMs: between(0, 1000),
      userId: `u${n % 20}`,
      expected: size,
      tokens: Math.ceil(between(0.5, 1.5) * size),
    };
  });
  const ended = simulateGateways(arrivals, between, 2_000_000);
  const taken = new Map<string, number>();
  for (const each of ended) taken.set(each.userId, (taken.get(each.userId) ?? 0) + each.tokens);
  expect(ended.length).toBeLessThan(arrivals.length / 2);
  expect(taken.size).toBe(20);
  expect(jain([...taken.values()])).toBeGreaterThanOrEqual(0.99);
});

test("a light user behind a hog on three gateways still waits for one job, not for the hog's thousand", () => {
  const hog = Array.from({ length: 1000 }, (): Arrival => ({ atMs: 0, userId: "hog", expected: 200, tokens: 200 }));
  const light: Arrival = { atMs: 60_000, userId: "light", expected: 200, tokens: 200 };
  const ended = simulateGateways([...hog, light], random(7), 500_000);
  const own = ended.find(({ userId }) => userId === "light")!;
  expect(own.startedMs - own.atMs).toBeLessThanOrEqual(4_000);
});

test("a light user waits no longer than about one job of each other user", () => {
  const hogs = Array.from({ length: 2000 }, (_, n): Arrival => ({
    atMs: 0,
    userId: `hog-${n % 8}`,
    expected: 100,
    tokens: 100,
  }));
  const light: Arrival = { atMs: 100_000, userId: "light", expected: 100, tokens: 100 };
  const { ended } = simulate([...hogs, light], options);
  const own = ended.find(({ userId }) => userId === "light")!;
  expect(own.startedMs - own.atMs).toBeLessThanOrEqual(3 * 2_000);
});

test("the urgent hardly notice that others wait, and the least urgent still get their share", () => {
  const arrivals: Arrival[] = [];
  for (const rank of [0, 1, 2, 3] as PriorityRank[])
    for (let n = 0; n < 4000; n++) arrivals.push({ atMs: 0, userId: `u${rank}`, rank, expected: 100, tokens: 100 });
  const { ended } = simulate(arrivals, { ...options, untilMs: 1_000_000 });
  const done = [0, 1, 2, 3].map((rank) => ended.filter((each) => each.rank === rank).length);
  expect(done[3]).toBeGreaterThan(ended.length / 85 / 1.3);
  expect(done[0]! / done[1]!).toBeCloseTo(4, 0);
  expect(done[1]! / done[2]!).toBeCloseTo(4, 0);

  const urgent: Arrival = { atMs: 50_000, userId: "late", rank: 0, expected: 100, tokens: 100 };
  const others = arrivals.filter(({ rank }) => rank === 3);
  const late = simulate([...others, urgent], options).ended.find(({ userId }) => userId === "late")!;
  expect(late.startedMs - late.atMs).toBeLessThanOrEqual(2_000);
});

test("nothing starts at or after its deadline, and what cannot start is given back at that moment", () => {
  const between = random(7);
  const arrivals = Array.from({ length: 2000 }, (_, n): Arrival => {
    const atMs = between(0, 200_000);
    return { atMs, userId: `u${n % 30}`, expected: 100, tokens: 100, deadlineMs: atMs + between(1, 60_000) };
  });
  const { ended, waiting } = simulate(arrivals, options);
  const [done, expired] = ["done", "expired"].map((outcome) => ended.filter((each) => each.outcome === outcome));
  expect(waiting).toBe(0);
  expect(done!.length + expired!.length).toBe(2000);
  expect(expired!.length).toBeGreaterThan(100);
  expect(done!.filter(({ startedMs, deadlineMs }) => startedMs >= deadlineMs!)).toEqual([]);
  expect(expired!.filter(({ endedMs, deadlineMs }) => Math.abs(endedMs - deadlineMs!) > 1)).toEqual([]);
});

test("within a user the earliest deadline is first", () => {
  const arrivals = [9, 3, 7, 1, 5].map((n): Arrival => ({
    atMs: 1,
    userId: "u",
    expected: 10,
    tokens: 10,
    deadlineMs: n * 1e6,
  }));
  const first: Arrival = { atMs: 0, userId: "u", expected: 10, tokens: 10 };
  const hosts = [host("one", { slotsPerModel: 1 })];
  const { ended } = simulate([first, ...arrivals], { ...options, hosts });
  expect(ended.slice(1).map(({ deadlineMs }) => deadlineMs! / 1e6)).toEqual([1, 3, 5, 7, 9]);
});

/** Two models asked for at random. First come, first served would load for every change of mind. */
function alternating(everyMs: number) {
  const between = random(11);
  const arrivals = Array.from({ length: 1200 }, (_, n): Arrival => {
    const model = between(0, 1) < 0.5 ? "a" : "b";
    return { atMs: n * everyMs, userId: `u${n % 10}`, model, expected: 60, tokens: 60 };
  });
  const changes = arrivals.filter(({ model }, n) => n > 0 && arrivals[n - 1]!.model !== model).length;
  const { ended, loads } = simulate(arrivals, options);
  expect(ended.filter(({ outcome }) => outcome === "done")).toHaveLength(1200);
  expect(changes).toBeGreaterThan(500);
  const waitMsMax = Math.max(...ended.map(({ startedMs, atMs }) => startedMs - atMs));
  return { changes, loads, waitMsMax, lastMs: Math.max(...ended.map(({ endedMs }) => endedMs)) };
}

test("two models that are both always wanted on one host take turns of the length of patience", () => {
  const { loads, lastMs } = alternating(100);
  expect(loads).toBeLessThanOrEqual(lastMs / schedulerDefaults.swapPatienceMs + 2);
});

test("a host that is not busy changes models only when nobody wants the one it has, and nobody waits long for his", () => {
  const { loads, changes, waitMsMax } = alternating(500);
  expect(loads).toBeLessThanOrEqual(changes / 6);
  expect(waitMsMax).toBeLessThanOrEqual(2 * (schedulerDefaults.swapPatienceMs + schedulerDefaults.loadMs));
});

test("two hosts end up with a model each, and neither loads again", () => {
  const arrivals = Array.from({ length: 400 }, (_, n): Arrival => {
    return { atMs: n * 400, userId: `u${n % 10}`, model: n % 2 ? "a" : "b", expected: 60, tokens: 60 };
  });
  const { ended, loads } = simulate(arrivals, { ...options, hosts: [host("gpu-1"), host("gpu-2")] });
  expect(ended).toHaveLength(400);
  expect(loads).toBe(2);
});

test("a request with little time does not wait for patience that is longer than its life", () => {
  const flood = Array.from({ length: 400 }, (_, n): Arrival => ({
    atMs: n * 100,
    userId: "a",
    model: "a",
    expected: 50,
    tokens: 50,
  }));
  const short: Arrival = { atMs: 20_000, userId: "b", model: "b", expected: 50, tokens: 50, deadlineMs: 35_000 };
  const { ended } = simulate([...flood, short], options);
  expect(ended.find(({ userId }) => userId === "b")).toMatchObject({ outcome: "done" });
});
