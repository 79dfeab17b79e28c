import { describe, expect, test } from "vitest";
import type { Env } from "#adapters/env/parse.ts";
import type { ConnectionId } from "#core/lib/ids.ts";
import { ticketLifeMs } from "#core/ports/sessions.ts";
import { ticketResponse } from "#core/protocol/ticket.ts";
import { configFromEnv } from "#functions/config.ts";
import { createApp } from "#functions/http/app.ts";
import { someone } from "#tests/support/function-context.ts";
import { request } from "#tests/support/http-app.ts";
import { worldRig } from "#tests/support/world-rig.ts";
import { handleConnect } from "./connect.ts";

const ours = "http://localhost:8080";
const another = "http://localhost:5173";
const v1 = "thousand-worlds.v1";

/** The app and the handshake over one memory, and Ann, who is logged in. */
async function setup(env: Env = {}) {
  const rig = worldRig();
  const { ctx } = rig;
  const config = configFromEnv(env);
  const app = createApp(ctx, config);
  const ann = await someone(rig, "Ann");
  let sockets = 0;
  const ask = (origin: string | null = ours, token = ann.token) =>
    request(app, "POST", "/api/game/ws-ticket", {
      headers: { authorization: `Bearer ${token}`, ...(origin !== null && { origin }) },
    });
  return {
    ...rig,
    ctx,
    ann,
    ask,
    async ticket(origin: string | null = ours) {
      const response = await ask(origin);
      expect(response.status).toBe(201);
      return ticketResponse.strict().parse(await response.json()).ticket;
    },
    /** The status, the code of a refusal, and the subprotocol that was chosen. */
    async connect(query: Record<string, string>, headers: Record<string, string> = {}, origin: string | null = ours) {
      const {
        statusCode,
        headers: answered,
        body,
      } = await handleConnect(ctx, config, {
        requestContext: { connectionId: `socket ${++sockets}`, requestId: "request" },
        headers: { ...headers, ...(origin !== null && { Origin: origin }) },
        queryStringParameters: query,
      });
      const { error } = JSON.parse(body ?? "{}") as { error?: { code: string } };
      return [statusCode, error?.code ?? answered?.["Sec-WebSocket-Protocol"] ?? null];
    },
    last: () => ctx.connections.get(`socket ${sockets}` as ConnectionId),
  };
}

describe("a ticket", () => {
  test("is given to who is logged in, for thirty seconds, and never twice the same", async () => {
    const t = await setup();
    const response = await t.ask();
    expect([response.status, await response.json()]).toEqual([
      201,
      { ticket: expect.stringMatching(/^[\w-]{43}$/), expires_in: 30 },
    ]);
    expect(await t.ticket()).not.toBe(await t.ticket());
    expect((await t.ask(ours, "nobody's token")).status).toBe(401);
  });

  test("opens one socket, of the session that asked for it", async () => {
    const t = await setup();
    const ticket = await t.ticket();
    expect(await t.connect({ ticket })).toEqual([200, null]);
    expect(await t.last()).toMatchObject({ userId: t.ann.userId, sessionId: t.ann.sessionId, username: "Ann" });
    expect(await t.connect({ ticket })).toEqual([401, "UNAUTHORIZED"]);
  });

  test("may be offered as a subprotocol, and is not the one that is chosen", async () => {
    const t = await setup();
    const offer = async (...names: string[]) => t.connect({}, { "Sec-WebSocket-Protocol": names.join(", ") });
    expect(await offer(v1, `ticket.${await t.ticket()}`)).toEqual([200, v1]);
    expect(await offer(`ticket.${await t.ticket()}`, v1)).toEqual([200, v1]);
    expect(await offer(`ticket.${await t.ticket()}`)).toEqual([200, null]);
    expect(await offer("ticket.", v1)).toEqual([401, "UNAUTHORIZED"]);
    expect(await offer("ticket", v1)).toEqual([401, "UNAUTHORIZED"]);
  });

  test("is good for less than thirty seconds after it was given", async () => {
    const t = await setup();
    const [one, other] = [await t.ticket(), await t.ticket()];
    await t.clock.advance(ticketLifeMs - 1);
    expect(await t.connect({ ticket: one })).toEqual([200, null]);
    await t.clock.advance(1);
    expect(await t.connect({ ticket: other })).toEqual([401, "UNAUTHORIZED"]);
  });

  test("is good for pages of the origin that asked for it, and is spent by any other", async () => {
    const t = await setup();
    const origins = [ours, another, null];
    const table: unknown[] = [];
    for (const asked of origins) {
      const row: unknown[] = [];
      for (const used of origins) {
        const ticket = await t.ticket(asked);
        row.push((await t.connect({ ticket }, {}, used))[0]);
        expect(await t.connect({ ticket }, {}, asked)).toEqual([401, "UNAUTHORIZED"]);
      }
      table.push(row);
    }
    expect(table).toEqual([
      [200, 401, 401],
      [401, 200, 401],
      [401, 401, 200],
    ]);
  });

  test("that is no good is not made good by what else comes with it, and one that is good needs nothing else", async () => {
    const t = await setup();
    const others: [Record<string, string>, Record<string, string>][] = [
      [{}, { cookie: `auth_token=${t.ann.token}` }],
      [{}, { authorization: `Bearer ${t.ann.token}` }],
      [{ token: t.ann.token }, {}],
    ];
    for (const [query, headers] of others) {
      expect(await t.connect(query, headers)).toEqual([200, null]);
      for (const ticket of ["", "x".repeat(43), "<script>"])
        expect(await t.connect({ ...query, ticket }, headers)).toEqual([401, "UNAUTHORIZED"]);
      expect(await t.connect(query, { ...headers, "sec-websocket-protocol": `ticket.spent, ${v1}` })).toEqual([
        401,
        "UNAUTHORIZED",
      ]);
    }
    const ticket = await t.ticket();
    expect(await t.connect({ ticket }, { cookie: "auth_token=nonsense", authorization: "Bearer x" })).toEqual([
      200,
      null,
    ]);
  });

  test("is worth nothing once its session has ended, and its bearer hears why", async () => {
    const t = await setup();
    const ticket = await t.ticket();
    await t.ctx.sessions.revoke(t.ann.sessionId);
    expect(await t.connect({ ticket })).toEqual([401, "SESSION_EXPIRED"]);
    expect(await t.connect({ ticket })).toEqual([401, "UNAUTHORIZED"]);
    expect(await t.ctx.characters.ofUser(t.ann.userId)).toEqual([]);
  });

  test("opens no socket where the session ends between its check and the registration", async () => {
    const t = await setup();
    const ticket = await t.ticket();
    const { add } = t.ctx.connections;
    t.ctx.connections.add = async (connection) => {
      await t.ctx.sessions.revoke(t.ann.sessionId);
      return add(connection);
    };
    expect(await t.connect({ ticket })).toEqual([401, "SESSION_EXPIRED"]);
    expect(await t.last()).toBeNull();
  });

  test("of ten thousand handshakes at once opens one", async () => {
    const t = await setup();
    const ticket = await t.ticket();
    const answers = await Promise.all(Array.from({ length: 10_000 }, () => t.connect({ ticket })));
    expect(answers.filter(([status]) => status === 200)).toHaveLength(1);
    expect(answers.filter(([status]) => status === 401)).toHaveLength(9_999);
  });

  test("is not to be had more than ten times a minute by one user, whichever session asks", async () => {
    const t = await setup();
    for (let n = 0; n < 10; n++) await t.ticket();
    const limited = await t.ask();
    expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "6"]);
    const bob = await someone(t, "Bob");
    expect((await t.ask(ours, bob.token)).status).toBe(201);
    await t.clock.advance(6_000);
    await t.ticket();
  });

  test("is nowhere in the log", async () => {
    const t = await setup();
    const ticket = await t.ticket();
    await t.connect({ ticket }, {}, another);
    await t.connect({ ticket: `${ticket}x` });
    expect(t.lines.length).toBeGreaterThan(2);
    expect(JSON.stringify(t.lines)).not.toContain(ticket);
  });
});
