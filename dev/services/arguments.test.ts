import { expect, test } from "vitest";
import { readArguments } from "./arguments.ts";

test("without arguments there is one process of each role", () => {
  expect(readArguments([])).toEqual({ workers: { world: 1, auth: 1, player: 1, "ai-gateway": 1 } });
});

test("roles that are named have as many as is said", () => {
  expect(readArguments(["--workers", "world=3,auth=0,ai-gateway=2"])).toEqual({
    workers: { world: 3, auth: 0, player: 1, "ai-gateway": 2 },
  });
});

test.each(["world", "world=x", "world=99", "wolrd=1", "world=1 auth=1"])("%j is refused in words", (text) => {
  expect(() => readArguments(["--workers", text])).toThrow(/^--workers: .*roles are world/u);
});

test("an unknown flag is refused", () => {
  expect(() => readArguments(["--worker=1"])).toThrow(/worker/u);
});
