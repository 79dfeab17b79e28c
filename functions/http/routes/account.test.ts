import { expect, test } from "vitest";
import { memoryMail } from "#adapters/memory/mail.ts";
import { deliverLetters } from "#core/account/deliver-letters.ts";
import { accountExportResponse } from "#core/protocol/account-export.ts";
import { meResponse } from "#core/protocol/account.ts";
import { httpApp, request } from "#tests/support/http-app.ts";
import { tokenIn } from "#tests/support/mail-rig.ts";

const ann = { email: "ann@example.org", password: "correct horse" };

/** Ann is logged in, has read no mail yet, and gets what is due when the test says so. */
async function setup() {
  const base = await httpApp();
  const mail = memoryMail();
  const post = (path: string, body?: unknown, headers?: Record<string, string>) =>
    request(base.app, "POST", `/api/auth${path}`, {
      ...(body !== undefined && { body }),
      ...(headers !== undefined && { headers }),
      address: "198.51.100.1",
    });
  const mailed = async () => {
    await deliverLetters({ ...base.ctx, mail });
    return mail.sent.at(-1)?.text;
  };
  const login = async (password: string) => (await post("/login", { ...ann, password })).status;
  return { ...base, post, mailed, login };
}

test("an address is verified with the link of a mail, and `me` says so", async () => {
  const { app, post, mailed, headers } = await setup();
  const me = async () => meResponse.parse(await (await app.request("/api/auth/me", { headers })).json()).email_verified;
  expect(await me()).toBe(false);
  const asked = await post("/email/verification", undefined, headers);
  expect(asked.status).toBe(202);
  const token = tokenIn(await mailed());
  expect((await post("/email/verify", { token })).status).toBe(200);
  expect(await me()).toBe(true);
  const again = await post("/email/verify", { token });
  expect([again.status, await again.json()]).toMatchObject([404, { error: { code: "NOT_FOUND" } }]);
  expect((await post("/email/verification")).status).toBe(401);
});

test("a forgotten password is reset with the link of a mail; the answer is the same for every address", async () => {
  const { app, post, mailed, login, headers } = await setup();
  const answers = [];
  for (const email of [ann.email, "nobody@example.org", " ANN@example.org "]) {
    const response = await post("/password/forgotten", { email });
    const sent = Object.fromEntries([...response.headers].filter(([name]) => name !== "x-request-id"));
    answers.push([response.status, sent, await response.text()]);
  }
  expect(answers[0]).toMatchObject([202, {}, expect.stringContaining("If that address has an account")]);
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);

  const token = tokenIn(await mailed());
  const weak = await post("/password/reset", { token, password: "password123" });
  expect([weak.status, await weak.json()]).toMatchObject([400, { error: { details: [{ path: "password" }] } }]);
  const reset = await post("/password/reset", { token, password: "battery staple" });
  expect([reset.status, await reset.json()]).toEqual([
    200,
    { message: "Your password is changed. Log in with the new one." },
  ]);
  expect((await app.request("/api/auth/me", { headers })).status).toBe(401);
  expect([await login(ann.password), await login("battery staple")]).toEqual([401, 200]);
  expect((await post("/password/reset", { token, password: "donkey engine" })).status).toBe(404);
});

test("more mails than may be are refused with the time to wait, for every address alike", async () => {
  const { post } = await setup();
  for (const email of [ann.email, "nobody@example.org"]) {
    for (let n = 0; n < 3; n++) expect((await post("/password/forgotten", { email })).status).toBe(202);
    const limited = await post("/password/forgotten", { email });
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "1200"]);
  }
});

test.each([
  ["/email/verify", { token: 7 }],
  ["/email/verify", { token: "" }],
  ["/email/verify", { token: "x".repeat(257) }],
  ["/password/forgotten", { email: "ann" }],
  ["/password/forgotten", { email: `${"x".repeat(400)}@example.org` }],
  ["/password/forgotten", {}],
  ["/password/reset", { token: "x" }],
  ["/password/reset", { token: "x", password: "short" }],
])("%s refuses %j as malformed", async (path, body) => {
  const { post, tables } = await setup();
  expect((await post(path, body)).status).toBe(400);
  expect(tables.letters.size).toBe(0);
});

test("none of it may come from another site", async () => {
  const { post, tables } = await setup();
  const origin = { origin: "http://evil.example" };
  for (const [path, body] of [
    ["/email/verify", { token: "x" }],
    ["/password/forgotten", { email: ann.email }],
    ["/password/reset", { token: "x", password: "battery staple" }],
  ] as const) {
    expect((await post(path, body, origin)).status).toBe(403);
  }
  expect(tables.letters.size).toBe(0);
});

test("an export is read page by page, and says nothing that could open the account", async () => {
  const { app, headers, principal } = await setup();
  const page = async (query: string) => {
    const response = await app.request(`/api/account/export${query}`, { headers });
    expect(response.status).toBe(200);
    return accountExportResponse.strict().parse(await response.json());
  };
  const first = await page("");
  expect(first).toMatchObject({
    account: { email: ann.email, username: "Ann" },
    sessions: [{ session_id: principal.sessionId, is_current: true }],
    characters: [],
    worlds: [],
    audit: [],
    events: [],
    biography_events: [],
    next: expect.any(Number),
  });
  expect(JSON.stringify(first)).not.toMatch(/correct horse|memory\$|hash/);
  expect(await page(`?after=${first.next}`)).toEqual({ events: [], biography_events: [], next: 0 });
  expect(await page("?after=0")).toEqual({ events: [], biography_events: [], next: null });
  for (const query of ["?after=", "?after=-1", "?after=1.5", "?after=99999999999999999", "?after=x"]) {
    expect((await app.request(`/api/account/export${query}`, { headers })).status, query).toBe(400);
  }
  expect((await app.request("/api/account/export")).status).toBe(401);
});

test("an account is deleted by its owner with the password; the cookie goes, and everything of his is shut", async () => {
  const { app, headers, login, principal, tables } = await setup();
  const remove = (body: unknown, more: Record<string, string> = headers) =>
    request(app, "DELETE", "/api/account", { headers: more, body });
  const wrong = await remove({ password: "a guess of it" });
  expect([wrong.status, await wrong.json()]).toMatchObject([403, { error: { code: "FORBIDDEN" } }]);
  expect((await remove({})).status).toBe(400);
  expect((await remove({ password: ann.password }, {})).status).toBe(401);
  expect(await login(ann.password)).toBe(200);

  const deleted = await remove({ password: ann.password });
  expect([deleted.status, await deleted.json()]).toEqual([200, { message: "Your account is deleted." }]);
  expect(deleted.headers.getSetCookie()).toEqual(["auth_token=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"]);
  expect((await app.request("/api/auth/me", { headers })).status).toBe(401);
  expect((await remove({ password: ann.password })).status).toBe(401);
  expect(await login(ann.password)).toBe(401);
  expect(tables.accounts.get(principal.userId)?.deletionBegunAtMs).toBeTypeOf("number");
});

test("a deletion with the cookie may not come from another site", async () => {
  const { app, token, tables } = await setup();
  const headers = { cookie: `auth_token=${token}`, origin: "http://evil.example" };
  const { status } = await request(app, "DELETE", "/api/account", { headers, body: { password: ann.password } });
  expect(status).toBe(403);
  expect([...tables.accounts.values()][0]?.deletionBegunAtMs).toBeUndefined();
});

test("a username that could be taken for the house is refused, and names why", async () => {
  const { post } = await setup();
  const response = await post("/register", {
    email: "eve@example.org",
    username: "Adm1n_",
    password: "battery staple",
  });
  expect([response.status, await response.json()]).toMatchObject([400, { error: { details: [{ path: "username" }] } }]);
});
