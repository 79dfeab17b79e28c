import { expect, test } from "vitest";
import type { Env } from "#adapters/env/parse.ts";
import { configFromEnv } from "#functions/config.ts";
import { someone } from "#tests/support/function-context.ts";
import { worldRig } from "#tests/support/world-rig.ts";
import { handleConnect } from "./connect.ts";

/** By the names they have in the tables below; null: the header is not sent. */
const origins = {
  "-": null,
  own: "http://localhost:8080",
  listed: "http://localhost:5173",
  unlisted: "http://localhost:9999",
  longer: "http://localhost:8080.evil.example",
  https: "https://localhost:8080",
  foreign: "https://evil.example",
  null: "null",
  empty: "",
} as const;

type Proof = { readonly headers?: Record<string, string>; readonly query?: Record<string, string> };

/** One row for each origin, one column for each way to prove a session. */
async function table(env: Env = {}): Promise<string[]> {
  const config = configFromEnv(env);
  const rows: string[] = [];
  for (const [name, origin] of Object.entries(origins)) {
    const rig = worldRig();
    const { ctx } = rig;
    const { token, ...principal } = await someone(rig, "Ann");
    const ticketFor = (of: string | null) => ctx.tickets.issue({ principal, origin: of }, ctx.clock.nowMs());
    const protocols = `ticket.${await ticketFor(origin)}, thousand-worlds.v1`;
    const proofs: Proof[] = [
      { headers: { cookie: `auth_token=${token}` } },
      { headers: { authorization: `Bearer ${token}` } },
      { query: { ticket: await ticketFor(origin) } },
      { headers: { "sec-websocket-protocol": protocols } },
      { query: { ticket: await ticketFor("http://localhost:3000") } },
      { query: { ticket: "spent" }, headers: { cookie: `auth_token=${token}` } },
      { query: { token } },
      {},
    ];
    const statuses: number[] = [];
    for (const { headers = {}, query = {} } of proofs) {
      const { statusCode } = await handleConnect(ctx, config, {
        requestContext: { connectionId: `socket ${statuses.length}`, requestId: "request" },
        headers: { ...headers, ...(origin !== null && { origin }) },
        queryStringParameters: query,
      });
      statuses.push(statusCode);
    }
    rows.push(`${name.padEnd(9)} ${statuses.join(" ")}`);
  }
  return rows;
}

const lines = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim());

// Cookie, Bearer, ticket in the address, ticket as a subprotocol, ticket of another origin, cookie beside a spent ticket, token in the address, nothing.
const expected = lines(`
  -         200 200 200 200 401 401 200 401
  own       200 200 200 200 401 401 200 401
  listed    200 200 200 200 401 401 200 401
  unlisted  403 403 403 403 403 403 403 403
  longer    403 403 403 403 403 403 403 403
  https     403 403 403 403 403 403 403 403
  foreign   403 403 403 403 403 403 403 403
  null      403 403 403 403 403 403 403 403
  empty     403 403 403 403 403 403 403 403
`);

test("a socket is opened for pages of ours and for what is no browser, each with a proof of its own", async () => {
  expect(await table()).toEqual(expected);
});

test("where tokens in the address are not allowed they prove nothing", async () => {
  expect(await table({ ALLOW_QUERY_TOKEN: "false" })).toEqual(
    expected.map((row) => row.replace(/200 401$/, "401 401")),
  );
});

test("where no other origin is listed, pages of this server's own only", async () => {
  const alone = expected.map((row) => (row.startsWith("listed") ? `listed    ${"403 ".repeat(8).trim()}` : row));
  expect(await table({ ALLOWED_ORIGINS: "http://localhost:8080" })).toEqual(alone);
});
