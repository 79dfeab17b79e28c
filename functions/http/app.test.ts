import { expect, test, vi } from "vitest";
import { assert } from "#core/lib/assert.ts";
import { AppError } from "#core/lib/errors.ts";
import { errorBody } from "#core/protocol/error-body.ts";
import { httpApp as setup, request } from "#tests/support/http-app.ts";

const expectError = async (response: Response, status: number, code: string) => {
  expect(response.status).toBe(status);
  const { error } = errorBody.strict().parse(await response.json());
  expect(error.code).toBe(code);
  expect(error.request_id).toBe(response.headers.get("x-request-id"));
  return error;
};

const bodyLimit = 64 * 1024;
const padded = (bytes: number) => {
  const shell = JSON.stringify({ email: "ann@example.org", password: "x", filler: "" });
  return shell.replace('"filler":""', `"filler":"${"x".repeat(bytes - shell.length)}"`);
};

test.each([
  ["GET", "/"],
  ["GET", "/api"],
  ["GET", "/api/nothing"],
  ["POST", "/api/game/nothing"],
  ["GET", "/api/auth/login"],
  ["DELETE", "/api/game/characters"],
  ["GET", "/api/game/worlds/"],
  ["GET", "/%2e%2e/%2e%2e/etc/passwd"],
  ["GET", "/api/%ff%00"],
])("%s %s is not found, in the words of the contract", async (method, path) => {
  const { app } = await setup();
  await expectError(await app.request(path, { method }), 404, "NOT_FOUND");
});

test("a failure that is our own fault says nothing of the inside, and is logged once", async () => {
  const { app, ctx, lines, headers } = await setup();
  for (const cause of [new Error("password=hunter2"), "a string", null]) {
    lines.length = 0;
    ctx.worlds.list = () => Promise.reject(cause);
    const error = await expectError(await app.request("/api/game/worlds", { headers }), 500, "INTERNAL");
    expect(error.message).not.toContain("hunter2");
    expect(lines.filter(({ level }) => level === "error")).toHaveLength(1);
  }
  ctx.worlds.list = async () => {
    assert(false, "an invariant of ours");
    return [];
  };
  const error = await expectError(await app.request("/api/game/worlds", { headers }), 500, "INTERNAL");
  expect(error.message).not.toContain("invariant");
});

test("a service that cannot serve just now says when to come back", async () => {
  const { app, ctx, headers } = await setup();
  ctx.worlds.list = () => Promise.reject(new AppError("UNAVAILABLE", "Later.", { retryAfterS: 2 }));
  const response = await app.request("/api/game/worlds", { headers });
  await expectError(response, 503, "UNAVAILABLE");
  expect(response.headers.get("retry-after")).toBe("2");
  ctx.worlds.list = () => Promise.reject(new AppError("TIMEOUT", "Too slow."));
  await expectError(await app.request("/api/game/worlds", { headers }), 504, "TIMEOUT");
});

test("a body of exactly 64 KiB is read, and one byte more is too much, with its length given or not", async () => {
  const { app } = await setup();
  const login = (body: string | ReadableStream, headers: Record<string, string> = {}) =>
    app.request("/api/auth/login", {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
      duplex: "half",
    });
  const stream = (bytes: number) => new Blob([padded(bytes)]).stream();

  await expectError(await login(padded(bodyLimit)), 401, "UNAUTHORIZED");
  await expectError(await login(stream(bodyLimit)), 401, "UNAUTHORIZED");
  await expectError(await login(padded(bodyLimit + 1)), 413, "PAYLOAD_TOO_LARGE");
  await expectError(await login(stream(bodyLimit + 1)), 413, "PAYLOAD_TOO_LARGE");
  await expectError(await login(stream(bodyLimit + 1), { "content-length": "10" }), 413, "PAYLOAD_TOO_LARGE");
  await expectError(await login("{}", { "content-length": "70000" }), 413, "PAYLOAD_TOO_LARGE");
});

test("an endless body is given up at the bound", async () => {
  const { app } = await setup();
  let pulled = 0;
  const endless = new ReadableStream({
    pull(controller) {
      pulled++;
      controller.enqueue(new Uint8Array(1024));
    },
  });
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: endless, duplex: "half" };
  await expectError(await app.request("/api/auth/login", init as RequestInit), 413, "PAYLOAD_TOO_LARGE");
  expect(pulled).toBeLessThan(70);
});

test.each([
  ["text/plain", 415],
  ["application/x-www-form-urlencoded", 415],
  ["multipart/form-data; boundary=x", 415],
  ["application/json; charset=latin1", 415],
  ["application/jsonp", 415],
  ["", 415],
  ["application/json", 401],
  ["Application/JSON; charset=UTF-8", 401],
  ['application/json;charset="utf-8"', 401],
])("a body of the type %j is answered %i", async (type, status) => {
  const { app } = await setup();
  const body = new TextEncoder().encode(JSON.stringify({ email: "ann@example.org", password: "x" }));
  const response = await app.request("/api/auth/login", { method: "POST", headers: { "content-type": type }, body });
  await expectError(response, status, status === 415 ? "UNSUPPORTED_MEDIA_TYPE" : "UNAUTHORIZED");
});

test.each([
  ["nothing", ""],
  ["half an object", '{"email":'],
  ["two values", "{}{}"],
  ["a comment", "{} // hi"],
  ["invalid UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ["an overlong encoding", new Uint8Array([0x22, 0xc0, 0xaf, 0x22])],
  ["a deep nest left open", "[".repeat(60_000)],
])("a body of %s is refused", async (_, body) => {
  const { app } = await setup();
  const headers = { "content-type": "application/json" };
  await expectError(await app.request("/api/auth/login", { method: "POST", headers, body }), 400, "INVALID_INPUT");
});

test("text that is not UTF-8 is refused and not repaired", async () => {
  const { app } = await setup();
  const [before, after] = ['{"email":"ann@example.org","password":"', '"}'].map((part) =>
    new TextEncoder().encode(part),
  );
  const login = (inside: number[]) =>
    app.request("/api/auth/login", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: new Uint8Array([...before!, ...inside, ...after!]),
    });
  await expectError(await login([0xc3, 0xa9]), 401, "UNAUTHORIZED");
  for (const inside of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82]])
    await expectError(await login(inside), 400, "INVALID_INPUT");
});

test.each([["null"], ["[]"], ['"text"'], ["1e999"], ["true"], ["{}"], ['{"email":{"$gt":""},"password":["x"]}']])(
  "the JSON value %s, where an object with strings was asked for, is refused",
  async (body) => {
    const { app } = await setup();
    const error = await expectError(await request(app, "POST", "/api/auth/login", { body }), 400, "INVALID_INPUT");
    expect(error.details!.length).toBeGreaterThan(0);
  },
);

test("unknown fields and names that every object has are ignored, and change nothing", async () => {
  const { app } = await setup();
  const body = `{"__proto__":{"role":"admin","polluted":1},"constructor":{"prototype":{"polluted":1}},"role":"admin","is_admin":true,
    "email":"eve@example.org","username":"Eve","password":"correct horse","nested":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
  const response = await request(app, "POST", "/api/auth/register", { body });
  expect(response.status).toBe(201);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("what a caller called his fields comes back without markup and cut short", async () => {
  const { app, headers } = await setup();
  const attributes = { [`<script>${"x".repeat(1000)}`]: 1 };
  const body = { world_id: "00000000-0000-0000-0000-000000000001", name: "A", species: "Elf", attributes };
  const response = await request(app, "POST", "/api/game/characters", { headers, body });
  const error = await expectError(response, 400, "INVALID_INPUT");
  expect(JSON.stringify(error)).not.toContain("<");
  expect(JSON.stringify(error).length).toBeLessThan(1_000);
});

test("every answer carries its own id, what keeps browsers careful, and no permission to be stored", async () => {
  const { app, headers } = await setup();
  const answers = [
    await app.request("/api/game/worlds", { headers }),
    await app.request("/api/nothing"),
    await app.request("/api/game/worlds"),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 401]);
  expect(new Set(answers.map((answer) => answer.headers.get("x-request-id"))).size).toBe(3);
  for (const answer of answers) {
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(answer.headers.get("x-frame-options")).toBe("DENY");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("strict-transport-security")).toBeNull();
    expect(answer.headers.get("x-powered-by")).toBeNull();
  }
});

test("on https browsers are told to stay there", async () => {
  const { app } = await setup({ PUBLIC_URL: "https://play.example.org" });
  const answer = await app.request("/api/nothing");
  expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000");
});

test("a browser of an allowed origin may read answers, errors too, and one of another may not", async () => {
  const { app } = await setup();
  const from = (origin: string, path = "/api/game/worlds") => app.request(path, { headers: { origin } });
  const allowed = await from("http://localhost:5173");
  expect(allowed.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
  expect(allowed.headers.get("access-control-allow-credentials")).toBe("true");
  expect(allowed.headers.get("vary")).toMatch(/origin/i);
  for (const origin of [
    "http://evil.example",
    "http://localhost:5173.evil.example",
    "http://localhost:51730",
    "https://localhost:5173",
    "http://localhost:5173/",
    "null",
  ])
    expect((await from(origin)).headers.get("access-control-allow-origin"), origin).toBeNull();
});

test("a preflight is answered with what is allowed, without a login", async () => {
  const { app } = await setup();
  const preflight = await app.request("/api/game/join", {
    method: "OPTIONS",
    headers: { origin: "http://localhost:5173", "access-control-request-method": "POST" },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe("http://localhost:5173");
  expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
  expect(preflight.headers.get("access-control-allow-headers")).toContain("Authorization");
});

test("one line is logged for each request, with the route and not what was asked of it", async () => {
  const { app, lines, headers, principal } = await setup();
  await app.request("/api/game/worlds/00000000-0000-0000-0000-000000000001?secret=1", { headers });
  await app.request("/api/wp-admin/<script>");
  expect(lines).toEqual([
    {
      level: "info",
      message: "request",
      fields: {
        requestId: expect.any(String),
        method: "GET",
        route: "/api/game/worlds/:id",
        status: 200,
        tookMs: 0,
        userId: principal.userId,
      },
    },
    { level: "info", message: "request", fields: expect.objectContaining({ route: "/api/*", status: 404 }) },
  ]);
});

test("nothing is written past the log", async () => {
  const { app, ctx, headers } = await setup();
  const spies = [vi.spyOn(console, "error"), vi.spyOn(console, "log")];
  ctx.worlds.list = () => Promise.reject(new Error("boom"));
  await app.request("/api/game/worlds", { headers });
  for (const spy of spies) {
    expect(spy).not.toHaveBeenCalled();
    spy.mockRestore();
  }
});
