import * as z from "zod";
import { expect, test } from "vitest";
import { parseEnv } from "./parse.ts";
import { serversFrom, serverVariables } from "./server-variables.ts";

const read = (env: Record<string, string>) => serversFrom(parseEnv(z.object(serverVariables), env));
const NATS_URL = "wss://nats.example";

test("NATS is connected to as a role, where one is set, and as nobody otherwise", () => {
  expect(read({ NATS_URL, NATS_USER: "auth", NATS_PASSWORD: "p" }).natsLogin).toEqual({ user: "auth", password: "p" });
  expect(read({ NATS_URL })).not.toHaveProperty("natsLogin");
});

test.each<[Record<string, string>, RegExp]>([
  [{ NATS_URL, NATS_USER: "auth" }, /^NATS_PASSWORD: must be set with NATS_USER$/],
  [{ NATS_URL, NATS_PASSWORD: "hunter2" }, /^NATS_USER: must be set with NATS_PASSWORD$/],
  [{ NATS_USER: "auth", NATS_PASSWORD: "hunter2" }, /^NATS_URL: must be set with NATS_USER$/],
  [{ NATS_URL, NATS_USER: "root", NATS_PASSWORD: "hunter2" }, /^NATS_USER: must be one of functions, .*one-process$/],
  [{ NATS_URL: "wss://auth:hunter2@nats.example" }, /^NATS_URL[^ ]*: must not hold a password.*NATS_USER/],
])("%j ends the start with one line that says what to do, and repeats no password", (env, line) => {
  expect(() => read(env)).toThrow(line);
  expect(() => read(env)).not.toThrow(/hunter2/);
});
