import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "#tests/support/dev.ts";
import { leaveAccess, withAccess } from "./operator-access.ts";

const access = { DATABASE_URL: "postgres://local/x", NATS_URL: "ws://127.0.0.1:1", NATS_PASSWORD: "p" };

test("what a launch leaves is found while it runs, is for its user's eyes only, and goes with it", async () => {
  await using home = await temporaryDirectory();
  {
    await using _left = await leaveAccess(home.path, access);
    expect(await withAccess(home.path, { LOG_LEVEL: "warn" })).toEqual({ LOG_LEVEL: "warn", ...access });
    expect((await stat(join(home.path, "services/admin.json"))).mode & 0o777).toBe(0o600);
  }
  expect(await withAccess(home.path, { LOG_LEVEL: "warn" })).toEqual({ LOG_LEVEL: "warn" });
});

test.each([
  { DATABASE_URL: "postgres://production/x" },
  { DATABASE_DIRECT_URL: "postgres://production/x" },
  { NATS_URL: "wss://production" },
])("an environment that names another system, %j, stands as it is", async (env) => {
  await using home = await temporaryDirectory();
  await using _left = await leaveAccess(home.path, access);
  expect(await withAccess(home.path, env)).toBe(env);
});

test("one that names the launch's own servers is completed", async () => {
  await using home = await temporaryDirectory();
  await using _left = await leaveAccess(home.path, access);
  const { DATABASE_URL } = access;
  const env = { DATABASE_URL, DATABASE_DIRECT_URL: DATABASE_URL };
  expect(await withAccess(home.path, env)).toEqual({ ...env, ...access });
});

test.each([
  ["of a launch that was killed", JSON.stringify({ pid: 2 ** 30, env: access })],
  ["half written", '{"pid":1,'],
])("what is %s counts for nothing", async (_what, text) => {
  await using home = await temporaryDirectory();
  const left = await leaveAccess(home.path, access);
  await writeFile(join(home.path, "services/admin.json"), text);
  const env = {};
  expect(await withAccess(home.path, env)).toBe(env);
  await left[Symbol.asyncDispose]();
});
