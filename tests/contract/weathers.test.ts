import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { noMetrics } from "#adapters/memory/metrics.ts";
import { memoryWeathers } from "#adapters/memory/weathers.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { threadWeathers } from "#adapters/weather/thread-weathers.ts";
import { airsMax } from "#core/ports/weather.ts";
import { silentLog } from "#tests/support/database.ts";
import { planetSpec, weathersContract } from "./weathers.ts";

const threaded = threadWeathers({ clock: systemClock, log: silentLog, metrics: noMetrics });
afterAll(() => threaded[Symbol.asyncDispose]());

weathersContract("in memory", () => ({ weathers: memoryWeathers(), wait: async () => {} }));
weathersContract("in a thread", () => ({ weathers: threaded, wait: () => setTimeout(5) }));

test("no more airs are open than there is memory for, and a closed one makes room", () => {
  const weathers = threadWeathers({ clock: systemClock, log: silentLog, metrics: noMetrics });
  const order = { spec: planetSpec, start: { kind: "rest", originStep: 0 }, pushes: [] } as const;
  const open = Array.from({ length: airsMax }, () => weathers.open(order));
  expect(() => weathers.open(order)).toThrow("Too many worlds have weather just now.");
  open[0]!.close();
  expect(weathers.open(order).isLost).toBe(false);
  for (const air of open) air.close();
});
