import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { workerConfigFromEnv, workerVariableNames } from "./config.ts";

const complete = {
  DATABASE_URL: "postgres://u:p@db/worlds",
  UPSTASH_REDIS_REST_URL: "https://redis.example",
  UPSTASH_REDIS_REST_TOKEN: "t",
  NATS_URL: "wss://nats.example",
  WEBSOCKET_ENDPOINT: "https://abc.execute-api.us-east-1.amazonaws.com/prod",
  TOKEN_SECRET: "a secret of at least thirty-two bytes",
};

test("a worker needs to know every server, and each has a default for the rest", () => {
  expect(workerConfigFromEnv({ ...complete, WORKER_NAME: "world-1" })).toMatchObject({
    name: "world-1",
    leaseMs: 15_000,
    logLevel: "info",
    servers: { natsUrls: ["wss://nats.example"], webSocket: { region: "us-east-1" } },
  });
});

test.each(Object.keys(complete).filter((name) => name !== "UPSTASH_REDIS_REST_TOKEN"))(
  "without %s it does not start, and says so in one line",
  (name) => {
    const env: Record<string, string> = { ...complete, [name]: "" };
    if (name === "UPSTASH_REDIS_REST_URL") env["UPSTASH_REDIS_REST_TOKEN"] = "";
    expect(() => workerConfigFromEnv(env)).toThrow(new RegExp(`^${name}: must be set; [^\\n]+$`, "u"));
  },
);

test.each([
  ["WORKER_NAME", "a b"],
  ["LEASE_MS", "10"],
  ["HEALTH_PORT", "x"],
])("%s=%s is refused in one line that names it", (name, value) => {
  expect(() => workerConfigFromEnv({ ...complete, [name]: value })).toThrow(new RegExp(`^${name}: [^\\n]+$`, "u"));
});

test("every variable of a worker is in .env.example or, if it is a worker's only, in docs/operations.md, with its default", () => {
  const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
  const shared = parseEnv(read("../.env.example"));
  const [, section = ""] = read("../docs/operations.md").split("\n## Settings of the workers\n");
  const [table = ""] = /^\|[^]*?\n\n/mu.exec(section) ?? [];
  const rows = [...table.matchAll(/^\| `([A-Z_]+)` +\| ([^|]*?) +\|/gmu)].map(
    ([, name, value]) => [name!, value!] as const,
  );
  const own = workerVariableNames.filter((name) => !(name in shared));
  expect(rows.map(([name]) => name).toSorted()).toEqual(own.toSorted());
  const defaults = rows.flatMap(([name, value]) =>
    /^\d+/u.test(value) ? [[name, /^\d+/u.exec(value)![0]] as const] : [],
  );
  expect(defaults.map(([name]) => name)).toEqual(["LEASE_MS", "HEALTH_PORT"]);
  expect(workerConfigFromEnv({ ...shared, ...complete, ...Object.fromEntries(defaults) })).toEqual({
    ...workerConfigFromEnv(complete),
    name: expect.any(String),
  });
});
