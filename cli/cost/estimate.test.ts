import { describe, expect, test } from "vitest";
import { loadFrom } from "./arguments.ts";
import { count, countsOf, defaultLoad, estimate, type Load, worldWorkers } from "./estimate.ts";
import { loadOf } from "./page.ts";
import { type Price, prices } from "./prices.ts";

/** A hundred connected, one command a minute, two tellings of it in one frame each: to be reckoned by hand. */
const small: Load = {
  ...defaultLoad,
  players: 2_000,
  connected: 100,
  worlds: 20,
  commandsPerMinute: 1,
  tellingsPerCommand: 2,
  tellingsPerFrame: 1,
  frameBytes: 1_000,
  sessionHours: 2,
  requestsPerSession: 10,
  modelCallsPerPlayerHour: 1,
  secondsPerModelCall: 3.6,
  callsAtOncePerGpu: 4,
  gpuUse: 0.5,
};
const usdOf = (load: Load, name: string) => estimate(load, prices).parts.find((part) => part.name === name)?.usd;

test("a month's counts follow from who is connected", () => {
  expect(countsOf(small)).toEqual({
    connectionMinutes: 4_380_000, // 100 × 730 × 60
    commands: 4_380_000,
    frames: 8_760_000,
    sessions: 36_500, // 100 × 730 / 2
    requests: 365_000,
    invocations: 4_818_000, // 4,380,000 + 365,000 + 2 × 36,500
  });
});

// Each worked out on paper from the prices of cli/cost/prices.ts.
test.each([
  ["API Gateway: messages", 13.14], // 13.14 M at $1
  ["API Gateway: connections", 1.095], // 4.38 M at $0.25
  ["API Gateway and CloudFront: requests", 0.7665], // 0.365 M + 0.4015 M, at $1 each
  ["Lambda", 1.9272], // 4.818 M × $0.20 = 0.9636; 72,270 GB-s × 0.0000133334 = 0.96360
  ["Redis (Upstash)", 28.178], // (4.38 + 8.76 + 0.73 + 0.219) M = 14.089 M at $2
  ["CloudFront: bytes", 0.9146], // 8.76 GB + 2 GB, at $0.085
  ["Logs and metrics", 13.6863], // 3.3726 GB × 0.5 + 40 × 0.3
  ["Fargate: world workers", 57.67], // 2 × (0.03238 + 2 × 0.00356) × 730
  ["Fargate: auth, player, AI gateway", 100.9225], // 2 × 28.835 + 3 × 14.4175
  ["NATS", 165.495], // 3 × (0.0725 × 730 + 28 × 0.08)
  ["Balancer of NATS", 16.5301], // 0.0225 × 730 + 17.52 GB × 0.006
  ["Addresses", 47.45], // (2 + 4 + 1 + 3 + 3) × 3.65
  ["GPUs", 29.3752], // 73,000 calls × 3.6 s = 73 h; / 4 / 0.5 = 36.5 h × 0.8048
  ["Postgres (Neon): compute", 47.45], // the least, a quarter: 0.25 × 730 × 0.26
  ["Postgres (Neon): storage", 7.3584], // 4.38 M × 400 B × 12 = 21.024 GB × 0.35
])("%s comes to what a hand reckons", (name, usd) => expect(usdOf(small, name)).toBeCloseTo(usd, 3));

test("all is the sum of the parts", () => {
  const { parts, totalUsd } = estimate(small, prices);
  expect(parts).toHaveLength(15);
  expect(totalUsd).toBeCloseTo(531.958, 2);
  expect(new Set(parts.map(({ name }) => name)).size).toBe(15);
});

test("messages beyond a billion cost less", () => {
  const large = { ...small, connected: 10_000 }; // 1,314 M messages
  expect(usdOf(large, "API Gateway: messages")).toBeCloseTo(1_000 + 314 * 0.8, 3);
});

test("coalescing saves what the frames that it spares would have cost: a message, a command of Redis, bytes", () => {
  const halved = { ...small, tellingsPerFrame: 2 };
  // 4.38 M frames fewer: × ($1 + $2) a million, and 4.38 GB × 0.085.
  expect(estimate(halved, prices).savedByCoalescingUsd).toBeCloseTo(13.14 + 0.3723, 3);
  expect(estimate(small, prices).savedByCoalescingUsd).toBe(0);
});

test("a frame at each tick would cost more than all the rest", () => {
  const load = { ...loadOf(1_000), modelCallsPerPlayerHour: 0 };
  const { savedByNoTickFramesUsd, totalUsd } = estimate(load, prices);
  // 50 × 730 × 3,600 × 10 = 1,314 M frames.
  expect(savedByNoTickFramesUsd).toBeGreaterThan(1_314 * (0.8 + 2));
  expect(savedByNoTickFramesUsd).toBeGreaterThan(totalUsd * 5);
});

describe("the fleet", () => {
  test("grows with worlds, or with commands where those need more, and is never less than two", () => {
    expect(worldWorkers(small)).toBe(2);
    expect(worldWorkers({ ...small, worlds: 1_001 })).toBe(11);
    expect(worldWorkers({ ...small, connected: 60_000, commandsPerMinute: 6 })).toBe(12); // 6,000 a second
  });

  test("without calls to models there is neither GPU nor gateway", () => {
    const without = { ...small, modelCallsPerPlayerHour: 0 };
    expect(usdOf(without, "GPUs")).toBe(0);
    expect(usdOf(without, "Fargate: auth, player, AI gateway")).toBeCloseTo(86.505, 3);
  });

  test("nobody connected costs what stands idle", () => {
    const { totalUsd } = estimate(loadOf(0), prices);
    expect(totalUsd).toBeGreaterThan(400);
    expect(totalUsd).toBeLessThan(480);
  });
});

test("every price says where it is from, and when it was read or that nobody has", () => {
  for (const [name, { usd, per, source, read }] of Object.entries<Price>(prices)) {
    expect(usd, name).toBeGreaterThan(0);
    expect(per, name).not.toBe("");
    expect(source, name).toMatch(/^https:\/\//u);
    expect(read, name).not.toBe("");
  }
});

test("numbers are short", () => {
  expect([0, 999, 12_345, 4_380_000, 1.314e9].map(count)).toEqual(["0", "999", "12.3 k", "4.38 M", "1.31 G"]);
});

describe("the command line", () => {
  test("needs the number of players, and supposes the rest", () => {
    expect(loadFrom(["--players", "1000"])).toEqual(loadOf(1_000));
    expect(loadFrom(["--players", "1000", "--connected", "80", "--model-calls-per-player-hour", "0"])).toMatchObject({
      connected: 80,
      worlds: 16,
      modelCallsPerPlayerHour: 0,
    });
  });

  test.each([
    [[], /^--players: how many/u],
    [["--players", "many"], /^--players: must be a number/u],
    [["--players", "-1"], /--players/u],
    [["--players", "10", "--gpu-use", "0"], /^--gpu-use: must be more than 0/u],
    [["--players", "10", "--colour", "blue"], /--colour/u],
  ])("%j is refused by its name", (args, words) => expect(() => loadFrom(args)).toThrow(words));
});
