import { expect, test } from "vitest";
import { loginResponse, meResponse, userResponse } from "#core/protocol/account.ts";
import { startMs } from "#tests/support/function-context.ts";
import { httpApp as setup, request } from "#tests/support/http-app.ts";

const bob = { email: " Bob@Example.org", username: "Bob", password: "correct horse" };
const login = { email: "bob@example.org", password: "correct horse" };

test("who registers gets the account, with the e-mail as it is stored", async () => {
  const { app } = await setup();
  const response = await request(app, "POST", "/api/auth/register", { body: bob });
  expect(response.status).toBe(201);
  expect(userResponse.strict().parse(await response.json())).toEqual({
    user_id: expect.any(String),
    email: "bob@example.org",
    email_verified: false,
    username: "Bob",
    created_at: new Date(startMs).toISOString(),
    last_login: null,
    last_world_id: null,
  });
  expect(response.headers.get("set-cookie")).toBeNull();
});

test.each([
  ["email", { email: "bob" }],
  ["username", { username: "b" }],
  ["username", { username: "<b>bob</b>" }],
  ["password", { password: "short" }],
  ["password", { password: "Password123" }],
  ["password", { password: 12345678 }],
])("a registration with a wrong %s is refused and names it", async (path, changes) => {
  const { app, tables } = await setup();
  const response = await request(app, "POST", "/api/auth/register", { body: { ...bob, ...changes } });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: { code: "INVALID_INPUT", details: [{ path }] } });
  expect(tables.accounts.size).toBe(1);
});

test("an e-mail or a username that is taken is a conflict, without regard to case", async () => {
  const { app } = await setup();
  await request(app, "POST", "/api/auth/register", { body: bob });
  for (const changes of [{ username: "Robert" }, { email: "robert@example.org", username: "BOB" }]) {
    const response = await request(app, "POST", "/api/auth/register", { body: { ...bob, ...changes } });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({ error: { code: "CONFLICT" } });
  }
});

test("a login answers with a token, the account, and a cookie that only http may read", async () => {
  const { app } = await setup();
  await request(app, "POST", "/api/auth/register", { body: bob });
  const response = await request(app, "POST", "/api/auth/login", { body: login });
  expect(response.status).toBe(200);
  const body = loginResponse.strict().parse(await response.json());
  expect(body).toMatchObject({
    expires_in: 86_400,
    user: { username: "Bob", last_login: new Date(startMs).toISOString() },
  });
  expect(response.headers.getSetCookie()).toEqual([
    `auth_token=${body.token}; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax`,
  ]);
  for (const headers of [{ authorization: `Bearer ${body.token}` }, { cookie: `a=b; auth_token=${body.token}` }]) {
    const me = await app.request("/api/auth/me", { headers });
    expect(meResponse.strict().parse(await me.json())).toMatchObject({ username: "Bob", last_world_id: null });
  }
});

test("on https the cookie is Secure and bound to this host, and the other name is not read", async () => {
  const { app, token } = await setup({ PUBLIC_URL: "https://play.example.org" });
  await request(app, "POST", "/api/auth/register", { body: bob });
  const response = await request(app, "POST", "/api/auth/login", { body: login });
  expect(response.headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-auth_token=\S+; Max-Age=86400; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
  ]);
  const me = (cookie: string) => app.request("/api/auth/me", { headers: { cookie } });
  expect((await me(`__Host-auth_token=${token}`)).status).toBe(200);
  expect((await me(`auth_token=${token}`)).status).toBe(401);
});

test("an unknown user and a wrong password get the same bytes", async () => {
  const { app, ctx } = await setup();
  await request(app, "POST", "/api/auth/register", { body: bob });
  const refusal = async (changes: object) => {
    const response = await request(app, "POST", "/api/auth/login", { body: { ...login, ...changes } });
    const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== "x-request-id"));
    const text = (await response.text()).replace(response.headers.get("x-request-id")!, "");
    return { status: response.status, headers, text };
  };
  const wrong = await refusal({ password: "incorrect horse" });
  expect(wrong.status).toBe(401);
  expect(wrong.headers["set-cookie"]).toBeUndefined();
  expect(await refusal({ email: "nobody@example.org" })).toEqual(wrong);
  expect(ctx.passwords.verified.at(-1)).toBeNull();
});

test("logins and registrations are limited by the address that the gateway saw, whatever a header claims", async () => {
  const { app } = await setup();
  const attempt = (path: string, n: number, address: string) =>
    request(app, "POST", path, {
      address,
      headers: { "x-forwarded-for": `203.0.113.${n}` },
      body: { email: `user${n}@example.org`, username: `user${n}`, password: "correct horse" },
    });
  const statuses = async (path: string, count: number, address: string) => {
    const seen: Record<number, number> = {};
    for (let n = 0; n < count; n++) {
      const { status } = await attempt(path, n, address);
      seen[status] = (seen[status] ?? 0) + 1;
    }
    return seen;
  };
  expect(await statuses("/api/auth/register", 8, "198.51.100.1")).toEqual({ 201: 5, 429: 3 });
  expect(await statuses("/api/auth/login", 23, "198.51.100.2")).toEqual({ 200: 5, 401: 15, 429: 3 });
  expect(await statuses("/api/auth/login", 5, "127.0.0.1")).toEqual({ 200: 5 });
  const limited = await attempt("/api/auth/register", 99, "198.51.100.1");
  expect(limited.headers.get("retry-after")).toBe("720");
  expect(await limited.json()).toMatchObject({ error: { code: "RATE_LIMITED" } });
});

test.each([
  ["nothing", {}],
  ["an empty token", { authorization: "Bearer " }],
  ["another scheme", { authorization: "Basic YW5uOnB3" }],
  ["nonsense", { authorization: "Bearer nonsense" }],
  ["an empty cookie", { cookie: "auth_token=" }],
  ["a long cookie", { cookie: `auth_token=${"x".repeat(100_000)}` }],
])("who shows %s is told to log in", async (_, headers: Record<string, string>) => {
  const { app } = await setup();
  const response = await app.request("/api/auth/me", { headers });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: { code: "UNAUTHORIZED" } });
});

test("a token in the query is not read", async () => {
  const { app, token } = await setup();
  for (const name of ["token", "access_token", "auth_token"])
    expect((await app.request(`/api/auth/me?${name}=${token}`)).status).toBe(401);
});

test("a wrong Bearer is not made good by a right cookie", async () => {
  const { app, token } = await setup();
  const headers = { authorization: "Bearer nonsense", cookie: `auth_token=${token}` };
  expect((await app.request("/api/auth/me", { headers })).status).toBe(401);
});

test("after its lifetime a session is over, and that is what its bearer hears", async () => {
  const { app, clock, headers } = await setup();
  await clock.advance(86_400_000);
  const response = await app.request("/api/auth/me", { headers });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ error: { code: "SESSION_EXPIRED" } });
});

test("a logout takes the cookie back and ends the session at once, however it was shown", async () => {
  const { app, headers, token } = await setup();
  const response = await request(app, "POST", "/api/auth/logout", { headers });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ message: "You are logged out." });
  expect(response.headers.getSetCookie()).toEqual(["auth_token=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"]);
  for (const again of [headers, { cookie: `auth_token=${token}` }]) {
    const me = await app.request("/api/auth/me", { headers: again });
    expect(await me.json()).toMatchObject({ error: { code: "SESSION_EXPIRED" } });
  }
});

const evil = { origin: "http://evil.example" };
const ours = { origin: "http://localhost:5173" };
test.each<[string, Record<string, string>, boolean]>([
  ["another site's Origin", evil, false],
  ["an opaque Origin", { origin: "null" }, false],
  ["another port of this host that is not on the list", { origin: "http://localhost:9999" }, false],
  ["no Origin but Sec-Fetch-Site: cross-site", { "sec-fetch-site": "cross-site" }, false],
  ["no Origin but Sec-Fetch-Site: same-site", { "sec-fetch-site": "same-site" }, false],
  ["another site's Origin that claims to be the same", { ...evil, "sec-fetch-site": "same-origin" }, false],
  ["an allowed Origin", ours, true],
  ["an allowed Origin on another port of the site", { ...ours, "sec-fetch-site": "same-site" }, true],
  ["this server's own Origin", { origin: "http://localhost:8080", "sec-fetch-site": "same-origin" }, true],
  ["what a person typed", { "sec-fetch-site": "none" }, true],
  ["neither header, as no browser", {}, true],
])("a write with the cookie and %s goes through: %s → %s", async (_, headers, isAllowed) => {
  const { app, token, tables } = await setup();
  await request(app, "POST", "/api/auth/register", { body: bob });
  const withCookie = { ...headers, cookie: `auth_token=${token}` };
  const statuses = [
    (await request(app, "POST", "/api/auth/login", { headers, body: login })).status,
    (await request(app, "POST", "/api/auth/register", { headers, body: { ...bob, email: "c@c.org", username: "Cat" } }))
      .status,
    (await request(app, "POST", "/api/auth/logout", { headers: withCookie })).status,
  ];
  expect(statuses).toEqual(isAllowed ? [200, 201, 200] : [403, 403, 403]);
  expect(tables.accounts.size).toBe(isAllowed ? 3 : 2);
});

test("a write with Bearer alone, or a read with the cookie, may come from anywhere", async () => {
  const { app, token, headers } = await setup();
  const me = await app.request("/api/auth/me", { headers: { ...evil, cookie: `auth_token=${token}` } });
  expect(me.status).toBe(200);
  const both = { ...evil, ...headers, cookie: `auth_token=${token}` };
  expect((await request(app, "POST", "/api/auth/logout", { headers: both })).status).toBe(200);
});

test("in production only the public origin is allowed unless more are listed", async () => {
  const secret = { NODE_ENV: "production", TOKEN_SECRET: "x".repeat(32), PUBLIC_URL: "https://play.example.org" };
  const status = async (env: object, origin: string) => {
    const { app } = await setup({ ...secret, ...env });
    return (await request(app, "POST", "/api/auth/login", { headers: { origin }, body: login })).status;
  };
  expect(await status({}, "https://play.example.org")).toBe(401);
  expect(await status({}, "http://localhost:5173")).toBe(403);
  expect(await status({ ALLOWED_ORIGINS: "https://a.example, https://b.example/" }, "https://b.example")).toBe(401);
});

test("a user's writes are limited to 120 a minute, and reads are not", async () => {
  const { app, clock, headers } = await setup();
  const join = () => request(app, "POST", "/api/game/join", { headers, body: {} });
  for (let n = 0; n < 120; n++) expect((await join()).status).toBe(400);
  const limited = await join();
  expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "1"]);
  expect((await app.request("/api/auth/me", { headers })).status).toBe(200);
  await clock.advance(500);
  expect((await join()).status).toBe(400);
});
