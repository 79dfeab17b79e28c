import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { natsConf, natsUsersConf } from "./nats-conf.ts";

test.each([
  ["compose.yaml", "nats.conf", natsConf],
  ["the cloud", "../../infra/nats-users.conf", natsUsersConf],
])("the NATS server of %s gives each role the rights of today", (_, path, made) => {
  const written = readFileSync(new URL(path, import.meta.url), "utf8");
  expect(written, "run: node dev/containers/make-nats-conf.ts").toBe(made());
});
