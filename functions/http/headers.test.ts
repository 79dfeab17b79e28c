import { expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import { httpApp, request } from "#tests/support/http-app.ts";

type App = Awaited<ReturnType<typeof httpApp>>;
type Ask = (f: App) => Response | Promise<Response>;
type Kind = readonly [name: string, status: number, ask: Ask, more?: Record<string, string>];

const careful = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "origin-agent-cluster": "?1",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-dns-prefetch-control": "off",
  "x-download-options": "noopen",
  "x-frame-options": "DENY",
  "x-permitted-cross-domain-policies": "none",
  "x-request-id": expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
  "x-xss-protection": "0",
};
const json = { "content-type": "application/json" };
const api = {
  ...careful,
  ...json,
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": "X-Request-Id,Retry-After",
  "cache-control": "no-store",
  vary: "Origin",
};
const worlds = "/api/game/worlds";
const failing = (error: unknown) => async (f: App) => {
  f.ctx.worlds.list = () => Promise.reject(error);
  return f.app.request(worlds, { headers: f.headers });
};
const register = { email: "bob@example.org", username: "Bob", password: "correct horse" };
const tooManyRegistrations = async ({ app }: App) => {
  let last = new Response();
  for (let n = 0; n < 6; n++) {
    const body = { ...register, email: `bob${n}@example.org`, username: `bob${n}` };
    last = await request(app, "POST", "/api/auth/register", { body, address: "198.51.100.1" });
  }
  return last;
};

const kinds: readonly Kind[] = [
  ["what was asked for", 200, (f) => f.app.request(worlds, { headers: f.headers })],
  ["the head of it", 200, (f) => f.app.request(worlds, { method: "HEAD", headers: f.headers })],
  ["what was made", 201, (f) => request(f.app, "POST", "/api/game/ws-ticket", { headers: f.headers })],
  ["the document", 200, (f) => f.app.request("/api/openapi.json")],
  ["a malformed body", 400, (f) => request(f.app, "POST", "/api/auth/login", { body: "{" })],
  ["no login", 401, (f) => f.app.request(worlds)],
  ["another site", 403, (f) => request(f.app, "POST", "/api/auth/login", { headers: { origin: "null" }, body: {} })],
  ["an unknown path", 404, (f) => f.app.request("/api/nothing")],
  [
    "a name that is taken",
    409,
    async (f) => {
      await request(f.app, "POST", "/api/auth/register", { body: register });
      return request(f.app, "POST", "/api/auth/register", { body: register });
    },
  ],
  ["too large a body", 413, (f) => request(f.app, "POST", "/api/auth/login", { body: "x".repeat(65_537) })],
  [
    "another media type",
    415,
    (f) => f.app.request("/api/auth/login", { method: "POST", headers: { "content-type": "text/html" }, body: "x" }),
  ],
  ["too many requests", 429, tooManyRegistrations, { "retry-after": "720" }],
  ["a bug of ours", 500, failing(new TypeError("inside"))],
  ["what is no error", 500, failing("a string")],
  [
    "what cannot be served",
    503,
    failing(new AppError("UNAVAILABLE", "Later.", { retryAfterS: 2 })),
    { "retry-after": "2" },
  ],
  ["what takes too long", 504, failing(new AppError("TIMEOUT", "Too slow."))],
];

test.each(whole(kinds))(
  "the answer to %s, %i, has exactly these headers, and leads nowhere else",
  async (_, status, ask, more) => {
    const answer = await ask(await httpApp());
    expect([answer.status, Object.fromEntries(answer.headers)]).toEqual([status, { ...api, ...more }]);
  },
);

const outside: readonly Kind[] = [
  ["health", 200, (f) => f.app.request("/health"), { "content-type": "text/plain;charset=UTF-8" }],
  ["readiness", 200, (f) => f.app.request("/health/ready")],
  ["an unknown path", 404, (f) => f.app.request("/nothing")],
  ["a path that looks like another host's", 404, (f) => f.app.request("//evil.example/%2e%2e")],
];

test.each(whole(outside))(
  "outside of the API the answer to %s, %i, has exactly these headers",
  async (_, status, ask, more) => {
    const answer = await ask(await httpApp());
    expect([answer.status, Object.fromEntries(answer.headers)]).toEqual([status, { ...careful, ...json, ...more }]);
  },
);

test("on https every answer says besides that browsers are to stay there", async () => {
  const env = { PUBLIC_URL: "https://play.example.org", ALLOWED_ORIGINS: "http://localhost:5173" };
  const hsts = { "strict-transport-security": "max-age=31536000" };
  for (const [name, , ask, more = {}] of kinds) {
    const answer = await ask(await httpApp(env));
    expect(Object.fromEntries(answer.headers), name).toEqual({ ...api, ...hsts, ...more });
  }
});

function whole(some: readonly Kind[]) {
  return some.map(([name, status, ask, more = {}]) => [name, status, ask, more] as const);
}

const preflight = {
  "access-control-allow-headers": "Authorization,Content-Type",
  "access-control-allow-methods": "GET,POST,PUT,PATCH,DELETE",
  "access-control-max-age": "600",
  vary: "Origin, Access-Control-Request-Headers",
};

test.each([
  ["http://localhost:8080", true],
  ["http://localhost:5173", true],
  ["https://localhost:5173", false],
  ["http://localhost", false],
  ["http://localhost:51730", false],
  ["http://localhost:5173.evil.example", false],
  ["http://localhost:5173/", false],
  ["http://LOCALHOST:5173", false],
  ["http://user@localhost:5173", false],
  ["http://evil.example", false],
  ["null", false],
  ["*", false],
  ["", false],
])("a page of %j may read what it asked for, failures and preflights too: %j", async (origin, isAllowed) => {
  const f = await httpApp();
  const allowed = isAllowed ? { "access-control-allow-origin": origin } : {};
  const from = { ...f.headers, origin };
  const headersOf = async (answer: Response | Promise<Response>) => Object.fromEntries((await answer).headers);
  expect(await headersOf(f.app.request(worlds, { headers: from }))).toEqual({ ...api, ...allowed });
  expect(await headersOf(f.app.request("/api/nothing", { headers: from }))).toEqual({ ...api, ...allowed });
  expect(await headersOf(failing(new Error("inside"))({ ...f, headers: from }))).toEqual({ ...api, ...allowed });
  const asked = await f.app.request(worlds, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "x-evil" },
  });
  const { "content-type": _, ...empty } = api;
  expect([asked.status, await headersOf(asked)]).toEqual([204, { ...empty, ...preflight, ...allowed }]);
});
