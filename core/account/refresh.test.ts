import { expect, test } from "vitest";
import { functionContext, startMs } from "#tests/support/function-context.ts";
import { authRevoked } from "../protocol/subjects.ts";
import { ban } from "./ban.ts";
import { checkToken, touchEveryMs } from "./check-token.ts";
import { login } from "./login.ts";
import { logout } from "./logout.ts";
import { refresh } from "./refresh.ts";
import { refreshGraceMs } from "./refresh-family.ts";
import { register } from "./register.ts";

const ann = { email: "ann@example.org", username: "Ann", password: "correct horse", address: "198.51.100.1" };
const address = "198.51.100.2";
const dayMs = 86_400_000;

async function setup() {
  const base = functionContext();
  const revoked: string[] = [];
  base.ctx.bus.subscribe(authRevoked, ({ sessionId }) => void revoked.push(sessionId));
  const { id: userId } = await register(base.ctx, ann);
  const loggedIn = await login(base.ctx, { ...ann, isShortLived: true });
  const { sessionId } = await checkToken(base.ctx, loggedIn.token);
  const next = (refreshToken: string) => refresh(base.ctx, { refreshToken, address });
  const audited = () => base.tables.audit.map(({ type }) => type);
  return { ...base, revoked, userId, sessionId, loggedIn, next, audited };
}

test("who refreshes goes on for thirty days with tokens of fifteen minutes, and then logs in again", async () => {
  const { ctx, clock, loggedIn, next } = await setup();
  expect(loggedIn).toMatchObject({ expiresInS: 900, sessionExpiresInS: 86_400 });
  let held = loggedIn.refreshToken;
  const seen = new Set([held]);
  for (let day = 1; day < 30; day++) {
    await clock.advance(dayMs - 900_001);
    const tokens = await next(held);
    held = tokens.refreshToken;
    seen.add(held);
    expect(await checkToken(ctx, tokens.token)).toMatchObject({ username: "Ann" });
    await clock.advance(900_000);
    await expect(checkToken(ctx, tokens.token)).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
  }
  expect(seen.size).toBe(30);
  await clock.advance(startMs + 30 * dayMs - clock.nowMs());
  await expect(next(held)).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
});

test("a token lasts no longer than its session may", async () => {
  const { clock, loggedIn, next, ctx } = await setup();
  let held = loggedIn.refreshToken;
  while (clock.nowMs() < startMs + 29.5 * dayMs) {
    await clock.advance(dayMs / 2);
    held = (await next(held)).refreshToken;
  }
  await clock.advance(startMs + 30 * dayMs - 60_000 - clock.nowMs());
  const last = await next(held);
  expect(last).toMatchObject({ expiresInS: 60, sessionExpiresInS: 60 });
  expect(await checkToken(ctx, last.token)).toMatchObject({ username: "Ann" });
});

test("a refresh names the account as it is now", async () => {
  const { ctx, userId, loggedIn, next } = await setup();
  await ctx.accounts.setRole(userId, "admin");
  expect(await checkToken(ctx, (await next(loggedIn.refreshToken)).token)).toMatchObject({ role: "admin" });
});

test("an older token after the grace ends the session and its sockets, is audited once, and says nothing of why", async () => {
  const { ctx, clock, loggedIn, next, revoked, sessionId, userId, tables } = await setup();
  const { refreshToken: newest, token } = await next(loggedIn.refreshToken);
  await clock.advance(refreshGraceMs - 1);
  expect((await next(loggedIn.refreshToken)).refreshToken).toBe(newest);
  await clock.advance(1);
  const over = { code: "SESSION_EXPIRED", message: "Your session has ended. Log in again." };
  await expect(next(loggedIn.refreshToken)).rejects.toMatchObject(over);
  await expect(next(newest)).rejects.toMatchObject(over);
  await expect(checkToken(ctx, token)).rejects.toMatchObject(over);
  await clock.advance(0);
  expect(new Set(revoked)).toEqual(new Set([sessionId]));
  const reused = tables.audit.filter(({ type }) => type === "refresh-reused");
  expect(reused).toMatchObject([{ userId, sessionId, address, atMs: clock.nowMs() }]);
});

test("after a logout or a ban no refresh token is good, and whoever still holds sockets hears it again", async () => {
  const { ctx, clock, loggedIn, next, revoked, sessionId, userId } = await setup();
  const other = await login(ctx, ann);
  await logout(ctx, await checkToken(ctx, loggedIn.token));
  await ban(ctx, userId);
  for (const { refreshToken } of [loggedIn, other])
    await expect(next(refreshToken)).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
  await clock.advance(0);
  expect(revoked.filter((id) => id === sessionId)).toHaveLength(2);
});

test("what is no refresh token of ours is nobody's, counts against nobody, and reaches no store", async () => {
  const { ctx, loggedIn, sessionId } = await setup();
  ctx.sessions.refresh = () => Promise.reject(new Error("asked the store"));
  const wrong = ["", "nonsense", loggedIn.token, `${loggedIn.refreshToken}x`, `${sessionId}.0.a.b`];
  for (let n = 0; n < 50; n++) {
    const refreshToken = wrong[n % wrong.length]!;
    await expect(refresh(ctx, { refreshToken, address })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  }
});

test("a session is refreshed thirty times a minute, and being limited does not end it", async () => {
  const { clock, loggedIn, next } = await setup();
  let held = loggedIn.refreshToken;
  for (let n = 0; n < 30; n++) held = (await next(held)).refreshToken;
  await expect(next(held)).rejects.toMatchObject({ code: "RATE_LIMITED", retryAfterS: 2 });
  await clock.advance(2_000);
  await next(held);
});

test("using a session keeps it, and writes to the store at most once a minute", async () => {
  const { ctx, clock } = await setup();
  let touches = 0;
  const { touch } = ctx.sessions;
  ctx.sessions.touch = (...args) => ((touches += 1), touch(...args));
  const { token } = await login(ctx, ann);
  const { sessionId } = await checkToken(ctx, token);
  for (let n = 0; n < 600; n++) {
    await clock.advance(1_000);
    await checkToken(ctx, token);
  }
  expect(touches).toBe(600_000 / touchEveryMs);
  expect((await ctx.sessions.get(sessionId, clock.nowMs()))?.expiresAtMs).toBe(clock.nowMs() + dayMs);
});

test("a check that is overtaken by a logout does not bring the session back", async () => {
  const { ctx, clock, loggedIn } = await setup();
  const principal = await checkToken(ctx, loggedIn.token);
  await clock.advance(touchEveryMs);
  const { touch } = ctx.sessions;
  const sessions = {
    ...ctx.sessions,
    async touch(...args: Parameters<typeof touch>) {
      await logout(ctx, principal);
      await touch(...args);
    },
  };
  await checkToken({ ...ctx, sessions }, loggedIn.token);
  await expect(checkToken(ctx, loggedIn.token)).rejects.toMatchObject({ code: "SESSION_EXPIRED" });
});

test("who logged in, failed and left is audited, without a word of what they typed", async () => {
  const { ctx, audited, tables, userId, loggedIn, sessionId } = await setup();
  await expect(login(ctx, { ...ann, password: "hunter2-hunter2" })).rejects.toThrow();
  await expect(login(ctx, { ...ann, email: "nobody@example.org", address: null })).rejects.toThrow();
  await logout(ctx, await checkToken(ctx, loggedIn.token));
  expect(audited()).toEqual(["registered", "logged-in", "login-failed", "login-failed", "logged-out"]);
  expect(tables.audit.map((each) => each.userId)).toEqual([userId, userId, userId, null, userId]);
  expect(tables.audit[1]).toEqual({
    number: 2,
    type: "logged-in",
    atMs: startMs,
    userId,
    sessionId,
    address: ann.address,
  });
  expect(JSON.stringify(tables.audit)).not.toMatch(/hunter2|correct horse|@|memory-/);
});
