import { expect, test } from "vitest";
import { workerConfigFromEnv } from "./config.ts";

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
