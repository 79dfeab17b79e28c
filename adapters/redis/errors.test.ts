import { errors } from "@upstash/redis";
import { expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import { replyFailure, requestFailure } from "./errors.ts";

const fetchFailed = (code: string) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error("inside"), { code }) });

test.each([
  ["a request over its time", new DOMException("timed out", "TimeoutError"), "TIMEOUT", true],
  ["a refused connection", fetchFailed("ECONNREFUSED"), "UNAVAILABLE", false],
  ["an unknown host", fetchFailed("ENOTFOUND"), "UNAVAILABLE", false],
  ["a connection cut in the middle", fetchFailed("UND_ERR_SOCKET"), "UNAVAILABLE", true],
  ["a reset", fetchFailed("ECONNRESET"), "UNAVAILABLE", true],
  ["an answer that is no list", new TypeError("res.map is not a function"), "UNAVAILABLE", true],
  ["an error page", new errors.UpstashJSONParseError("<html>"), "UNAVAILABLE", true],
  ["a refusal", new errors.UpstashError("ERR max requests limit exceeded, command was: []"), "UNAVAILABLE", true],
])("%s: %s", (_, thrown, code, wasSent) => {
  const failure = requestFailure(thrown);
  expect(failure).toMatchObject({ error: { name: "AppError", code }, wasSent });
});

test("what was sent, and what was answered, is not in the error", () => {
  const refused = new errors.UpstashError('ERR no, command was: [["evalsha","a secret\nin two lines"]]');
  const garbled = new errors.UpstashJSONParseError('[{"result":"a secret');
  for (const thrown of [refused, garbled]) {
    const { error } = requestFailure(thrown);
    const told = [error.message, error.stack, (error.cause as Error).message, (error.cause as Error).stack];
    expect(told.join("\n")).not.toContain("secret");
  }
});

test("Redis that says 'not now' is UNAVAILABLE; anything else it says is our bug", () => {
  const busy = [
    "LOADING Redis is loading",
    "OOM command not allowed",
    "READONLY You can't write",
    "BUSY Redis is busy",
  ];
  for (const reply of busy) expect(replyFailure(reply)).toMatchObject({ name: "AppError", code: "UNAVAILABLE" });
  const bug = replyFailure("WRONGTYPE Operation against a key");
  expect(bug).not.toBeInstanceOf(AppError);
  expect(bug.message).toContain("WRONGTYPE");
});
