import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { natsConf } from "./nats-conf.ts";

test("the NATS server of compose.yaml gives each role the rights of today", () => {
  const written = readFileSync(new URL("nats.conf", import.meta.url), "utf8");
  expect(written, "run: node dev/containers/make-nats-conf.ts").toBe(natsConf());
});
