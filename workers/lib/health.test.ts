import { expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import { prometheusMetrics } from "#adapters/prometheus.ts";
import { silentLog } from "#tests/support/database.ts";
import { serveHealth } from "./health.ts";

const fine = async () => {};
const failing = async (): Promise<void> => {
  throw new Error("a secret of the inside");
};
const get = async (port: number, path: string) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: response.status, body: response.status === 404 ? null : await response.json() };
};

test("a process that runs is live, whatever it stands on, and ready when all of that answers", async () => {
  const checks = { database: fine, nats: failing };
  const ctx = { clock: manualClock(), log: silentLog, checks, metricsText: prometheusMetrics().text };
  await using health = await serveHealth(ctx, 0);
  expect(await get(health.port, "/health/live")).toEqual({ status: 200, body: { status: "ok" } });
  expect(await get(health.port, "/health/ready")).toEqual({
    status: 503,
    body: { status: "unavailable", checks: { database: "ok", nats: "failed" } },
  });
  checks.nats = fine;
  expect(await get(health.port, "/health/ready")).toEqual({
    status: 200,
    body: { status: "ok", checks: { database: "ok", nats: "ok" } },
  });
  expect(await get(health.port, "/health")).toEqual({ status: 404, body: null });
});

test("its numbers are told in Prometheus' text; if they cannot be, the process goes on", async () => {
  const { metrics, text } = prometheusMetrics();
  let told = text;
  const ctx = { clock: manualClock(), log: silentLog, checks: {}, metricsText: () => told() };
  await using health = await serveHealth(ctx, 0);
  metrics.count("world_inputs_total", {}, 7);
  const response = await fetch(`http://127.0.0.1:${health.port}/metrics`);
  expect(response.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
  expect(await response.text()).toContain("\nworld_inputs_total 7\n");
  told = () => Promise.reject(new Error("no"));
  expect((await fetch(`http://127.0.0.1:${health.port}/metrics`)).status).toBe(500);
  expect((await get(health.port, "/health/live")).status).toBe(200);
});
