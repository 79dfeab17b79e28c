import { expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import { pinoLog } from "./log.ts";

const setup = (level: "info" | "silent" = "info") => {
  const lines: string[] = [];
  const log = pinoLog({ level, destination: { write: (line) => void lines.push(line) } });
  return { log, lines, last: () => JSON.parse(lines.at(-1)!) as Record<string, unknown> };
};

test("a fact is one JSON line with its level, time and message", () => {
  const { log, lines, last } = setup();
  log.info({ worldId: "w", count: 2 }, "turn\ncommitted");
  expect(lines).toHaveLength(1);
  expect(lines[0]!.trimEnd()).not.toContain("\n");
  expect(last()).toEqual({ level: "info", time: expect.any(String), worldId: "w", count: 2, msg: "turn\ncommitted" });
});

test("what is below the level is not written", () => {
  const { log, lines } = setup();
  log.debug({}, "detail");
  expect(lines).toEqual([]);
});

test("an error is written with its code and its causes", () => {
  const { log, last } = setup();
  log.error({ error: new AppError("UNAVAILABLE", "later", { cause: new Error("socket closed") }) }, "failed");
  expect(last()).toMatchObject({
    error: { name: "AppError", message: "later", code: "UNAVAILABLE", cause: { message: "socket closed" } },
  });
});

test("neither a statement's parameters nor the row that was in its way are written", () => {
  const { log, lines } = setup();
  const cause = Object.assign(new Error("duplicate key"), {
    code: "23505",
    detail: "Key (email)=(ann@example.org) exists",
  });
  const error = new Error("Failed query: insert into accounts\nparams: ann@example.org,$argon2id$secret", { cause });
  log.error({ error }, "failed");
  expect(lines[0]).toContain("23505");
  expect(lines[0]).toContain("insert into accounts");
  expect(lines[0]).not.toMatch(/ann@example|argon2id/);
});
