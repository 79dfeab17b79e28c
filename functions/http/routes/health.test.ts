import { expect, test } from "vitest";
import { functionContext } from "#tests/support/function-context.ts";
import { checkTimeoutMs, healthRoutes } from "./health.ts";

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
  const { app, clock } = setup({ database: async () => {}, bus: async () => {} });
  const response = await app.request("/health/ready");
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: "ok", checks: { database: "ok", bus: "ok" } });
  expect(clock.sleeping()).toBe(0);
});

test("what fails, throws or hangs makes it not ready, and only its name is told", async () => {
  const { app, clock, lines } = setup({
    database: () => Promise.reject(new Error("password=hunter2")),
    cache: () => {
      throw new Error("at once");
    },
    bus: () => new Promise(() => {}),
  });
  const asked = app.request("/health/ready");
  await clock.advance(checkTimeoutMs);
  const response = await asked;
  expect(response.status).toBe(503);
  const text = await response.text();
  expect(JSON.parse(text)).toEqual({
    status: "unavailable",
    checks: { database: "failed", cache: "failed", bus: "timeout" },
  });
  expect(lines.map(({ level }) => level)).toEqual(["warn", "warn"]);
});
