import { expect, test } from "vitest";
import { refreshGraceMs } from "#core/account/refresh-family.ts";
import { loginResponse, refreshResponse, sessionsEndedResponse, sessionsResponse } from "#core/protocol/account.ts";
import { startMs } from "#tests/support/function-context.ts";
import { httpApp, request } from "#tests/support/http-app.ts";

const credentials = { email: "ann@example.org", password: "correct horse" };
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Ann, who is logged in here already, and everything she can do about her sessions. */
async function setup(env: Record<string, string> = {}) {
  const base = await httpApp(env);
  const { app } = base;
  const post = (path: string, body?: unknown, headers?: Record<string, string>) =>
    request(app, "POST", `/api/auth${path}`, { ...(body !== undefined && { body }), ...(headers && { headers }) });
  const login = async (more: object = {}) =>
    loginResponse.strict().parse(await (await post("/login", { ...credentials, ...more })).json());
  const refresh = (refresh_token: unknown, headers?: Record<string, string>) =>
    post("/refresh", { refresh_token }, headers);
  const me = async (token: string) => (await app.request("/api/auth/me", { headers: bearer(token) })).status;
  return { ...base, post, login, refresh, me };
}

test("a client that knows nothing of refreshing has a token for a day", async () => {
  const { login, me, clock } = await setup();
  const { token, expires_in } = await login();
  expect(expires_in).toBe(86_400);
  await clock.advance(86_400_000 - 1);
  expect(await me(token)).toBe(200);
});

test("who refreshes gets the next refresh token, a token for fifteen minutes, and the cookie anew", async () => {
  const { login, refresh, me, clock } = await setup();
  const first = await login({ short_lived: true });
  expect(first.expires_in).toBe(900);
  await clock.advance(900_000);
  expect(await me(first.token)).toBe(401);
  const response = await refresh(first.refresh_token);
  expect(response.status).toBe(200);
  const next = refreshResponse.strict().parse(await response.json());
  expect(next.expires_in).toBe(900);
  expect(next.refresh_token).not.toBe(first.refresh_token);
  expect(response.headers.getSetCookie()).toEqual([
    `auth_token=${next.token}; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax`,
  ]);
  expect(await me(next.token)).toBe(200);
  expect((await refresh(next.refresh_token)).status).toBe(200);
});

test("tabs that refresh at once all go on; after the grace the old token ends the session", async () => {
  const { login, refresh, me, clock } = await setup();
  const { refresh_token } = await login();
  const tabs = await Promise.all(
    [1, 2, 3].map(async () => refreshResponse.parse(await (await refresh(refresh_token)).json())),
  );
  expect(new Set(tabs.map((tab) => tab.refresh_token)).size).toBe(1);
  await clock.advance(refreshGraceMs);
  const reused = await refresh(refresh_token);
  expect([reused.status, await reused.json()]).toMatchObject([401, { error: { code: "SESSION_EXPIRED" } }]);
  expect(reused.headers.getSetCookie()).toEqual([]);
  for (const tab of tabs) expect([await me(tab.token), (await refresh(tab.refresh_token)).status]).toEqual([401, 401]);
});

test.each([
  ["nothing", undefined, 400],
  ["no text", 7, 400],
  ["an empty one", "", 401],
  ["nonsense", "nonsense", 401],
  ["a long one", "x".repeat(4096), 401],
  ["one that is too long", "x".repeat(4097), 400],
])("who refreshes with %s is refused", async (_, refreshToken, status) => {
  const { refresh } = await setup();
  expect((await refresh(refreshToken)).status).toBe(status);
});

test("a token is no refresh token, and a refresh token opens nothing", async () => {
  const { login, refresh, me } = await setup();
  const { token, refresh_token } = await login();
  expect([(await refresh(token)).status, await me(refresh_token)]).toEqual([401, 401]);
});

test("another site can neither refresh nor change anything with the cookie", async () => {
  const { login, refresh, post, token } = await setup();
  const evil = { origin: "http://evil.example" };
  const withCookie = { ...evil, cookie: `auth_token=${token}` };
  const { refresh_token } = await login();
  const answers = [
    await refresh(refresh_token, evil),
    await post("/logout-all", undefined, withCookie),
    await post("/password", { old: credentials.password, new: "battery staple" }, withCookie),
  ];
  expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
});

test("one's sessions are listed, and the one that asks is marked", async () => {
  const { app, login, clock, headers, principal } = await setup();
  await clock.advance(60_000);
  const { token } = await login();
  const list = async (init: { headers: Record<string, string> }) =>
    sessionsResponse.strict().parse(await (await app.request("/api/auth/sessions", init)).json()).sessions;
  const listed = await list({ headers });
  const at = (ms: number) => new Date(startMs + ms).toISOString();
  expect(listed).toEqual([
    { session_id: expect.any(String), created_at: at(60_000), expires_at: at(86_460_000), is_current: false },
    { session_id: principal.sessionId, created_at: at(0), expires_at: at(86_460_000), is_current: true },
  ]);
  expect((await list({ headers: bearer(token) })).map((each) => each.is_current)).toEqual([true, false]);
});

test("one of one's sessions can be ended, and what is not one's own is not found", async () => {
  const { app, login, headers, me, ctx } = await setup();
  const { token } = await login();
  const { sessionId } = await ctx.auth.validate(token);
  const end = (id: string) => request(app, "DELETE", `/api/auth/sessions/${id}`, { headers });
  expect((await end(sessionId.toUpperCase())).status).toBe(200);
  expect(await me(token)).toBe(401);
  for (const id of [sessionId, "5".repeat(36), "%00", "00000000-0000-4000-8000-000000000001"])
    expect((await end(id)).status).toBe(404);
});

test("all other sessions can be ended at once", async () => {
  const { login, post, headers, me, token } = await setup();
  const others = [await login(), await login()];
  const response = await post("/logout-all", undefined, headers);
  expect(sessionsEndedResponse.strict().parse(await response.json())).toEqual({
    message: "2 other sessions have ended.",
    sessions_ended: 2,
  });
  expect([await me(token), await me(others[0]!.token), await me(others[1]!.token)]).toEqual([200, 401, 401]);
});

test("a password is changed with the old one; every other session ends", async () => {
  const { login, post, headers, me, token } = await setup();
  const other = await login();
  const wrong = await post("/password", { old: "incorrect horse", new: "battery staple" }, headers);
  expect([wrong.status, await wrong.json()]).toMatchObject([403, { error: { message: "The old password is wrong." } }]);
  const response = await post("/password", { old: credentials.password, new: "battery staple" }, headers);
  expect([response.status, await response.json()]).toMatchObject([200, { sessions_ended: 1 }]);
  expect([await me(token), await me(other.token)]).toEqual([200, 401]);
  expect((await post("/login", credentials)).status).toBe(401);
  expect((await post("/login", { ...credentials, password: "battery staple" })).status).toBe(200);
});

test.each([
  ["short", "short"],
  ["common", "password123"],
  ["missing", undefined],
])("a new password that is %s is refused before the old one is looked at", async (_, password) => {
  const { post, headers, ctx } = await setup();
  const response = await post("/password", { old: credentials.password, new: password }, headers);
  expect([response.status, await response.json()]).toMatchObject([400, { error: { details: [{ path: "new" }] } }]);
  expect(ctx.passwords.verified).toEqual([]);
});

test("a password is the same however its letters were composed", async () => {
  const { post, headers } = await setup();
  const [composed, decomposed] = ["caf\u00e9 cr\u00e8me br\u00fbl\u00e9e", "cafe\u0301 cre\u0300me bru\u0302le\u0301e"];
  expect((await post("/password", { old: credentials.password, new: decomposed }, headers)).status).toBe(200);
  expect((await post("/login", { ...credentials, password: composed })).status).toBe(200);
  expect((await post("/password", { old: composed, new: "battery staple" }, headers)).status).toBe(200);
});
