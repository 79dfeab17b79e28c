import { expect, test } from "vitest";
import { memoryLimits } from "#adapters/memory/limits.ts";
import { functionContext, recordingLog, someone, startMs } from "#tests/support/function-context.ts";
import type { UserId } from "../lib/ids.ts";
import type { Limits } from "../ports/limits.ts";
import { authRevoked } from "../protocol/subjects.ts";
import { addressKey } from "./address.ts";
import { checkToken } from "./check-token.ts";
import { getMe } from "./get-me.ts";
import { withLocalFallback } from "./local-fallback.ts";
import { login } from "./login.ts";
import { logout } from "./logout.ts";
import { register } from "./register.ts";

const ann = { email: "ann@example.org", username: "Ann", password: "correct horse", address: "198.51.100.1" };

test("who registers can log in, and the session lives exactly as long as it should", async () => {
  const { ctx, clock } = functionContext();
  const account = await register(ctx, ann);
  expect(account).toEqual({
    id: account.id,
    email: ann.email,
    username: "Ann",
    role: "user",
    createdAtMs: startMs,
    lastLoginAtMs: null,
    emailVerifiedAtMs: null,
    lastWorldId: null,
  });
  await clock.advance(5_000);
  const { token, expiresInS, account: afterLogin } = await login(ctx, ann);
  expect(afterLogin).toEqual({ ...account, lastLoginAtMs: startMs + 5_000 });
  expect(await ctx.accounts.byId(account.id)).toEqual(afterLogin);
  expect(expiresInS).toBe(86_400);

  const principal = await checkToken(ctx, token);
  expect(principal).toMatchObject({ userId: account.id, username: "Ann", role: "user" });
  await clock.advance(86_400_000 - 1);
  expect(await checkToken(ctx, token)).toEqual(principal);
  await clock.advance(1);
  await expect(checkToken(ctx, token)).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
});

test("a second account with the same e-mail or, in any case, the same username is refused", async () => {
  const { ctx, tables } = functionContext();
  await register(ctx, ann);
  const again = { ...ann, username: "Bob" };
  await expect(register(ctx, again)).rejects.toMatchObject({ code: "CONFLICT", details: [{ path: "email" }] });
  const sameName = { ...ann, email: "bob@example.org", username: "aNN" };
  await expect(register(ctx, sameName)).rejects.toMatchObject({ code: "CONFLICT", details: [{ path: "username" }] });
  expect(tables.accounts.size).toBe(1);
});

test("an unknown user is refused with the same words as a wrong password, after the same work", async () => {
  const { ctx } = functionContext();
  await register(ctx, ann);
  const refusal = async (input: typeof ann) => {
    const error: unknown = await login(ctx, input).catch((thrown: unknown) => thrown);
    const { code, message, details, retryAfterS } = error as Record<string, unknown>;
    return { code, message, details, retryAfterS };
  };
  const wrong = await refusal({ ...ann, password: "incorrect horse" });
  expect(wrong).toMatchObject({ code: "UNAUTHORIZED" });
  expect(await refusal({ ...ann, email: "nobody@example.org" })).toEqual(wrong);
  expect(await refusal({ ...ann, email: "no address\u0000" })).toEqual(wrong);
  expect(ctx.passwords.verified).toEqual([expect.stringContaining("memory$"), null, null]);
});

test("a wrong password leaves no session and no trace of a login", async () => {
  const { ctx, tables } = functionContext();
  await register(ctx, ann);
  await expect(login(ctx, { ...ann, password: "incorrect horse" })).rejects.toThrow();
  expect(tables.sessions.size).toBe(0);
  expect([...tables.accounts.values()].map((row) => row.lastLoginAtMs)).toEqual([null]);
});

test("logins from one address are limited whatever account they name", async () => {
  const { ctx } = functionContext();
  const guess = (n: number, address: string | null) => login(ctx, { ...ann, email: `user${n}@example.org`, address });
  for (const address of ["198.51.100.1", null]) {
    for (let n = 0; n < 20; n++) await expect(guess(n, address)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
    await expect(guess(99, address)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  }
});

test("registrations from one address are limited, and a refused one costs no hash", async () => {
  const { ctx, tables } = functionContext();
  const attempt = (n: number) => register(ctx, { ...ann, email: `user${n}@example.org`, username: `user${n}` });
  for (let n = 0; n < 5; n++) await attempt(n);
  await expect(attempt(5)).rejects.toMatchObject({ code: "RATE_LIMITED", retryAfterS: 720 });
  expect(tables.accounts.size).toBe(5);
});

test.each(["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])(
  "this machine's own address %s is limited in production only",
  async (address) => {
    const { ctx } = functionContext();
    const attempt = (n: number, limitsLoopback: boolean) =>
      register(
        { ...ctx, accountPolicy: { ...ctx.accountPolicy, limitsLoopback } },
        { ...ann, email: `user${n}@example.org`, username: `user${n}`, address },
      );
    for (let n = 0; n < 8; n++) await attempt(n, false);
    for (let n = 10; n < 15; n++) await attempt(n, true);
    await expect(attempt(15, true)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  },
);

test.each([
  ["198.51.100.7", "198.51.100.7"],
  ["::ffff:198.51.100.7", "198.51.100.7"],
  ["::FFFF:c633:6407", "198.51.100.7"],
  ["0:0:0:0:0:ffff:198.51.100.7", "198.51.100.7"],
  ["::ffff:7f00:1", "loopback"],
  ["::198.51.100.7", "0:0:0:0::/64"],
  ["64:ff9b::198.51.100.7", "64:ff9b:0:0::/64"],
  ["::ffff:198.51.100.256", "::ffff:198.51.100.256"],
  ["127.0.0.256", "127.0.0.256"],
  ["2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002:ffff:ffff:ffff:ffff%eth0", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["0:0:0:0:0:0:0:1", "loopback"],
  ["128.0.0.1", "128.0.0.1"],
  ["not an address", "not an address"],
  ["1:2:3", "1:2:3"],
  [":::::::::::", ":::::::::::"],
])("the address %s is counted as %s", (address, key) => expect(addressKey(address)).toBe(key));

test("while the limits' store is down a login is limited locally: not refused, and not open", async () => {
  const { ctx } = functionContext();
  const down: Limits = { take: () => Promise.reject(new Error("store is down")) };
  const { log, lines } = recordingLog();
  const limited = { ...ctx, limits: withLocalFallback(down, memoryLimits(), log) };
  for (let n = 0; n < 5; n++) await expect(login(limited, ann)).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(login(limited, ann)).rejects.toMatchObject({ code: "RATE_LIMITED" });
  expect(lines[0]).toMatchObject({ level: "warn", fields: { limit: "login-address" } });
});

test("a logout ends the session at once, tells who holds its sockets, and leaves other sessions alone", async () => {
  const { ctx, clock } = functionContext();
  await register(ctx, ann);
  const [first, second] = [await login(ctx, ann), await login(ctx, ann)];
  const principal = await checkToken(ctx, first.token);
  const revoked: string[] = [];
  ctx.bus.subscribe(authRevoked, ({ sessionId }) => void revoked.push(sessionId));

  await logout(ctx, principal);
  await clock.advance(0);
  expect(revoked).toEqual([principal.sessionId]);
  await expect(checkToken(ctx, first.token)).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
  await expect(checkToken(ctx, second.token)).resolves.toMatchObject({ userId: principal.userId });
});

test("a token is worth nothing with somebody else's session", async () => {
  const setup = functionContext();
  const [bob, eve] = [await someone(setup, "Bob"), await someone(setup, "Eve")];
  const token = await setup.ctx.tokens.sign({ ...eve, sessionId: bob.sessionId }, startMs + 60_000);
  await expect(checkToken(setup.ctx, token)).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
});

test("an account that is gone is nobody", async () => {
  const setup = functionContext();
  const bob = await someone(setup, "Bob");
  expect(await getMe(setup.ctx, bob)).toMatchObject({ username: "Bob", email: "bob@example.org" });
  await expect(getMe(setup.ctx, { ...bob, userId: "gone" as UserId })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
});
