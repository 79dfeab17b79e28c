import { expect, test } from "vitest";
import { httpApp, request } from "#tests/support/http-app.ts";
import { operations } from "./operations.ts";

/** By the names they have in the tables below; null: the header is not sent. */
const origins = {
  "-": null,
  own: "http://localhost:8080",
  listed: "http://localhost:5173",
  unlisted: "http://localhost:9999",
  foreign: "https://evil.example",
  null: "null",
} as const;
const sites = ["-", "none", "same-origin", "same-site", "cross-site", "what?"] as const;
const credentials = ["cookie", "bearer", "both", "nothing"] as const;

/** What everybody gets who asks on whose behalf: one row for each pair of headers. */
async function table(method: string, path: string): Promise<string[]> {
  const rows: string[] = [];
  for (const [name, origin] of Object.entries(origins)) {
    for (const site of sites) {
      const { app, token } = await httpApp();
      const statuses = credentials.map(async (credential) => {
        const headers = {
          ...(origin !== null && { origin }),
          ...(site !== "-" && { "sec-fetch-site": site }),
          ...(credential !== "bearer" && credential !== "nothing" && { cookie: `auth_token=${token}` }),
          ...(credential !== "cookie" && credential !== "nothing" && { authorization: `Bearer ${token}` }),
        };
        const body = method === "POST" ? { body: {} } : {};
        return (await request(app, method, path, { headers, ...body })).status;
      });
      rows.push(`${name.padEnd(9)} ${site.padEnd(12)} ${(await Promise.all(statuses)).join(" ")}`);
    }
  }
  return rows;
}

const lines = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim());

// 400: it went through, and the body was not to the route's liking.
const writes = lines(`
  -         -            400 400 400 401
  -         none         400 400 400 401
  -         same-origin  400 400 400 401
  -         same-site    403 400 400 403
  -         cross-site   403 400 400 403
  -         what?        403 400 400 403
  own       -            400 400 400 401
  own       none         400 400 400 401
  own       same-origin  400 400 400 401
  own       same-site    400 400 400 401
  own       cross-site   400 400 400 401
  own       what?        400 400 400 401
  listed    -            400 400 400 401
  listed    none         400 400 400 401
  listed    same-origin  400 400 400 401
  listed    same-site    400 400 400 401
  listed    cross-site   400 400 400 401
  listed    what?        400 400 400 401
  unlisted  -            403 400 400 403
  unlisted  none         403 400 400 403
  unlisted  same-origin  403 400 400 403
  unlisted  same-site    403 400 400 403
  unlisted  cross-site   403 400 400 403
  unlisted  what?        403 400 400 403
  foreign   -            403 400 400 403
  foreign   none         403 400 400 403
  foreign   same-origin  403 400 400 403
  foreign   same-site    403 400 400 403
  foreign   cross-site   403 400 400 403
  foreign   what?        403 400 400 403
  null      -            403 400 400 403
  null      none         403 400 400 403
  null      same-origin  403 400 400 403
  null      same-site    403 400 400 403
  null      cross-site   403 400 400 403
  null      what?        403 400 400 403
`);

test("a write with the cookie goes through for pages of ours only; who shows the token itself is no page of another site", async () => {
  expect(await table("POST", "/api/game/join")).toEqual(writes);
});

test("a ticket for a socket is a write like any other", async () => {
  expect(await table("POST", "/api/game/ws-ticket")).toEqual(writes.map((row) => row.replaceAll("400", "201")));
});

test("whoever registers or logs in is nobody yet: only where the page is from counts", async () => {
  const expected = writes.map((row) => {
    const [cookie] = row.slice(23).split(" ");
    return `${row.slice(0, 23)}${Array.from({ length: 4 }, () => cookie).join(" ")}`;
  });
  for (const path of ["/api/auth/login", "/api/auth/register"])
    expect(await table("POST", path), path).toEqual(expected);
});

test.each(["GET", "HEAD"])(
  "a %s changes nothing, and may come from anywhere: browsers keep its answer from other sites",
  async (method) => {
    const expected = writes.map((row) => `${row.slice(0, 23)}200 200 200 401`);
    expect(await table(method, "/api/game/worlds")).toEqual(expected);
  },
);

test.each(["PUT", "PATCH", "DELETE"])("a %s finds nothing, whoever asks", async (method) => {
  const expected = writes.map((row) => `${row.slice(0, 23)}404 404 404 404`);
  expect(await table(method, "/api/game/join")).toEqual(expected);
});

test("a cookie of another name, or a token that is none, is no credential in any row", async () => {
  const { app, token } = await httpApp();
  for (const headers of [
    { cookie: `__Host-auth_token=${token}` },
    { cookie: `AUTH_TOKEN=${token}` },
    { cookie: `auth_token=${token}x` },
    { authorization: token },
    { authorization: `Basic ${token}` },
  ]) {
    const answers = ["POST", "GET"].map((method) => request(app, method, "/api/game/characters", { headers }));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([401, 401]);
  }
});

test("no route that writes, and there are no others than these, takes the cookie from another site's page", async () => {
  const { app, token } = await httpApp();
  const headers = { cookie: `auth_token=${token}`, origin: origins.foreign };
  const answers = Object.keys(operations).map(async (route) => {
    const [method = "", path = ""] = route.split(" ");
    const { status } = await request(app, method, path, { headers, ...(method !== "GET" && { body: {} }) });
    return [method === "GET" || status, route];
  });
  const answered = (await Promise.all(answers)).filter(([status]) => status !== true);
  expect(answered.length).toBeGreaterThan(5);
  expect(answered.filter(([status]) => status !== 403)).toEqual([]);
});
