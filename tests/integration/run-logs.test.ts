import { expect, test } from "vitest";
import { leaksIn } from "#tests/support/run-logs.ts";

const harmless =
  '{"level":"info","userId":"7d0c","sessionId":"a1b2","ms":3,"msg":"logged in by the bearer of a token"}';

test.each([
  [
    "a secret that a test has registered",
    '{"msg":"it was hunter2-and-more"}',
    ["hunter2-and-more"],
    "a secret of a test",
  ],
  ["a part of one", '{"x":"abcdefghijklmnopqrstuvwxyz"}', ["v1.abcdefghijklmnopqrstuvwxyz.7"], "a secret of a test"],
  ["a token that nobody registered", "token eyJhbGciOiJkaXIi..9x.Zm9v.YmFy", [], "a signed or encrypted token"],
  ["a hash", '{"hash":"$argon2id$v=19$m=19456"}', [], "a hash of a password"],
  ["a header", "authorization: Bearer 0123456789abcdef", [], "a credential of a header"],
  ["a cookie", "cookie: __Host-auth_token=0123456789", [], "a cookie"],
  ["a ticket in an address", "GET /?ticket=0123456789012345678901234", [], "a ticket"],
  ["an e-mail address", "to ann-1@e2e.example", [], "a test's e-mail address"],
])("%s in a log is found", (_what, log, secrets, kind) => {
  const leaks = leaksIn(`${harmless}\n${log}\n${harmless}`, secrets);
  expect(leaks).toHaveLength(1);
  expect(leaks[0]).toContain(kind);
  for (const secret of secrets) expect(leaks[0]).not.toContain(secret);
});

test("a log without secrets holds none, and short parts of a secret are no secret", () => {
  expect(leaksIn(harmless, ["hunter2-and-more", "7d0c.never-in-any-log"])).toEqual([]);
});
