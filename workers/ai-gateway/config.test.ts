import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { gatewayConfigFromEnv, gatewayVariableNames } from "./config.ts";

test("a gateway needs NATS and nothing else", () => {
  expect(gatewayConfigFromEnv({ NATS_URL: "ws://nats:8080", WORKER_NAME: "ai-1" })).toMatchObject({
    name: "ai-1",
    natsUrls: ["ws://nats:8080"],
    redis: null,
    settings: { hosts: [] },
  });
  expect(() => gatewayConfigFromEnv({})).toThrow(/^NATS_URL: must be set/u);
});

test("every variable of a gateway is in docs/operations.md or .env.example", () => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
  const known = read(".env.example") + read("docs/operations.md");
  expect(gatewayVariableNames.filter((name) => !known.includes(name))).toEqual([]);
});
