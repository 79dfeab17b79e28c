import { expect, test } from "vitest";
import { prometheusMetrics } from "#adapters/prometheus.ts";
import { functionContext } from "#tests/support/function-context.ts";
import { healthRoutes } from "./health.ts";

const setup = (checks: Record<string, () => Promise<void>>) => {
  const base = functionContext();
  return { ...base, app: healthRoutes({ ...base.ctx, checks }) };
};

test("a process that answers is healthy and alive", async () => {
  const { app } = setup({ database: () => Promise.reject(new Error("down")) });
  expect(await (await app.request("/health")).text()).toBe("OK");
  expect(await (await app.request("/health/live")).json()).toEqual({ status: "ok" });
});

test("it is ready when everything it stands on answers", async () => {
  const { app } = setup({ database: async () => {}, bus: async () => {} });
  const response = await app.request("/health/ready");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: "ok", checks: { database: "ok", bus: "ok" } });
});

test("it is not ready when one of them fails", async () => {
  const { app } = setup({ database: () => Promise.reject(new Error("password=hunter2")), bus: async () => {} });
  const response = await app.request("/health/ready");
  expect(response.status).toBe(503);
  expect(await response.json()).toEqual({ status: "unavailable", checks: { database: "failed", bus: "ok" } });
});

test("its numbers are told where it has any to tell, and nowhere else", async () => {
  const { ctx } = functionContext();
  expect((await healthRoutes(ctx).request("/metrics")).status).toBe(404);
  const { metrics, text } = prometheusMetrics();
  metrics.count("http_requests_total", { status: "2xx" });
  const response = await healthRoutes({ ...ctx, metricsText: text }).request("/metrics");
  expect(await response.text()).toContain('http_requests_total{status="2xx"} 1');
});
