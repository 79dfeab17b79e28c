import { expect, test } from "vitest";
import { metricTable } from "#core/protocol/metrics.ts";
import { manualClock } from "./memory/clock.ts";
import { recordedMetrics } from "./memory/metrics.ts";
import { bothMetrics, emfMetricNames, emfMetrics, emitEveryMs } from "./emf.ts";

const startMs = Date.UTC(2030, 0, 1);

function setup() {
  const clock = manualClock(startMs);
  const lines: string[] = [];
  const emf = emfMetrics({ clock, role: "world", stage: "staging", write: (line) => void lines.push(line) });
  const last = () => JSON.parse(lines.at(-1) ?? "null") as Record<string, unknown>;
  return { clock, lines, last, emf, metrics: emf.metrics, minute: () => clock.advance(emitEveryMs) };
}

test("a line a minute is a document of the Embedded Metric Format", async () => {
  const { metrics, minute, lines, last, emf } = setup();
  metrics.set("worlds_owned", {}, 12);
  metrics.count("world_faults_total", { what: "stopped" });
  metrics.count("world_faults_total", { what: "input_rejected" }, 2);
  metrics.observe("world_tick_late_seconds", {}, 0.004);
  await minute();
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain("\n");
  expect(last()).toEqual({
    _aws: {
      Timestamp: startMs + emitEveryMs,
      CloudWatchMetrics: [
        {
          Namespace: "ThousandWorlds",
          Dimensions: [["stage", "role"]],
          Metrics: [
            { Name: "world_faults_total", Unit: "Count" },
            { Name: "worlds_owned", Unit: "None" },
            { Name: "world_tick_late_seconds_p99", Unit: "Seconds" },
          ],
        },
      ],
    },
    stage: "staging",
    role: "world",
    world_faults_total: 3,
    worlds_owned: 12,
    world_tick_late_seconds_p99: expect.any(Number),
  });
  await emf[Symbol.asyncDispose]();
});

test("a counter tells what was counted in its minute, a level stays, and nothing is said of times when there were none", async () => {
  const { metrics, minute, last, emf } = setup();
  metrics.set("ai_waiting", { priority: "high" }, 3);
  metrics.set("ai_waiting", { priority: "low" }, 4);
  metrics.count("ai_rejected_total", {}, 5);
  metrics.observe("ai_wait_seconds", {}, 1);
  await minute();
  expect(last()).toMatchObject({ ai_waiting: 7, ai_rejected_total: 5 });
  metrics.set("ai_waiting", { priority: "low" }, 0);
  await minute();
  expect(last()).toMatchObject({ ai_waiting: 3, ai_rejected_total: 0 });
  expect(last()).not.toHaveProperty("ai_wait_seconds_p99");
  await emf[Symbol.asyncDispose]();
});

test.each([0.00001, 0.0001, 0.0042, 0.25, 3, 119, 1e9])(
  "a 99th percentile of %d s is right within a tenth, as far as buckets go",
  async (value) => {
    const { metrics, minute, last, emf } = setup();
    for (let i = 0; i < 98; i++) metrics.observe("world_turn_seconds", {}, 0);
    for (let i = 0; i < 2; i++) metrics.observe("world_turn_seconds", {}, value);
    await minute();
    const p99 = last()["world_turn_seconds_p99"] as number;
    if (value > 6_000) return expect(p99).toBeGreaterThan(6_000);
    expect(p99).toBeGreaterThanOrEqual(Math.max(value, 1e-4) * 0.999);
    expect(p99).toBeLessThanOrEqual(Math.max(value, 1e-4) * 1.11);
    await emf[Symbol.asyncDispose]();
  },
);

test("what was counted when the process ends is told, and a process that counted nothing says nothing", async () => {
  const counting = setup();
  counting.metrics.count("posts_total", { outcome: "posted" }, 9);
  await counting.emf[Symbol.asyncDispose]();
  expect(counting.last()).toMatchObject({ posts_total: 9 });
  const silent = setup();
  await silent.minute();
  await silent.emf[Symbol.asyncDispose]();
  expect(silent.lines).toEqual([]);
});

test("what is not on the short list is not written, and the list is bounded, by closed labels too", async () => {
  const { metrics, minute, lines, emf } = setup();
  metrics.count("http_requests_total", { status: "2xx" });
  metrics.set("ai_host_state", { host: "gpu-1", state: "open" }, 1);
  metrics.observe("weather_steps_seconds", {}, 1);
  await minute();
  await emf[Symbol.asyncDispose]();
  expect(lines).toEqual([]);
  // A directive takes at most a hundred.
  expect(emfMetricNames.length).toBeLessThan(30);
  for (const name of emfMetricNames) {
    const declared = metricTable[name.replace(/_p99$/u, "") as keyof typeof metricTable];
    expect(declared, name).toBeDefined();
    expect(Object.values(declared.labels), name).not.toContain("open");
  }
});

test("two that are told the same each hear it", () => {
  const [one, other] = [recordedMetrics(), recordedMetrics()];
  const both = bothMetrics(one, other);
  both.count("ai_retries_total", {}, 2);
  both.set("ai_slots", {}, 4);
  both.observe("ai_call_seconds", {}, 1);
  for (const each of [one, other])
    expect([each.valueOf("ai_retries_total"), each.valueOf("ai_slots"), each.valueOf("ai_call_seconds")]).toEqual([
      2, 4, 1,
    ]);
});
