import { expect, test } from "vitest";
import { valleyWorldId } from "#core/lib/ids.ts";
import { aiStatus, aiStatusAsked, type GatewayStatus } from "#core/protocol/llm-status.ts";
import {
  auditResponse,
  gatewaysResponse,
  overseenWorldsResponse,
  userSessionsResponse,
  workersResponse,
} from "#core/protocol/oversight.ts";
import { lobby, someone, startMs, valley } from "#tests/support/function-context.ts";
import { httpApp, request } from "#tests/support/http-app.ts";

async function setup() {
  const base = await httpApp();
  const root = await someone(base, "Root", "admin");
  const get = (path: string, token: string | null = root.token) =>
    request(
      base.app,
      "GET",
      `/api/admin${path}`,
      token === null ? {} : { headers: { authorization: `Bearer ${token}` } },
    );
  const post = (path: string, body: unknown, token: string = root.token) =>
    request(base.app, "POST", `/api/admin${path}`, { body, headers: { authorization: `Bearer ${token}` } });
  return { ...base, root, get, post };
}

const paths = ["/worlds", "/workers", "/gateways", "/audit", "/sessions?user=Ann", "/nothing", ""];

test("whoever is no administrator learns nothing, not even what there is", async () => {
  const { app, token, get, post } = await setup();
  const mine = await Promise.all(paths.map((path) => get(path, token)));
  const bodies = await Promise.all(
    mine.map(async (answer) => ((await answer.json()) as { error: { message: string } }).error.message),
  );
  expect(mine.map(({ status }) => status)).toEqual(paths.map(() => 403));
  expect(new Set(bodies)).toEqual(new Set(["This is for administrators."]));
  const nobody = await Promise.all(paths.map((path) => get(path, null)));
  expect(nobody.map(({ status }) => status)).toEqual(paths.map(() => 401));
  for (const id of [valley.id, "00000000-0000-0000-0000-0000000000ff", "x"])
    expect((await post(`/worlds/${id}/delete`, { name: valley.name }, token)).status).toBe(403);
  expect(
    (await request(app, "GET", "/api/game/worlds", { headers: { authorization: `Bearer ${token}` } })).status,
  ).toBe(200);
});

test("an administrator sees every world with who runs it, and who has which", async () => {
  const { get, tables, clock } = await setup();
  tables.leases.set(valleyWorldId, { owner: "worker-1", fence: 7, expiresAtMs: clock.nowMs() + 4_000 });
  tables.leases.set(lobby.id, {
    owner: "worker-0",
    fence: 3,
    expiresAtMs: clock.nowMs() - 1,
  });
  const { worlds } = overseenWorldsResponse.strict().parse(await (await get("/worlds")).json());
  expect(worlds.find(({ id }) => id === valley.id)).toEqual({
    id: valley.id,
    name: valley.name,
    status: "active",
    fault: null,
    owner: null,
    events: 0,
    characters: 0,
    player_count: 0,
    worker: "worker-1",
    fence: 7,
    clock: null,
    created_at: new Date(valley.createdAtMs).toISOString().replace(".000", ""),
  });
  expect(worlds.map(({ worker }) => worker)).toEqual([null, "worker-1"]);
  expect(workersResponse.strict().parse(await (await get("/workers")).json())).toEqual({
    workers: [{ name: "worker-1", worlds: [{ id: valley.id, name: valley.name, fence: 7, remaining_ms: 4_000 }] }],
    unowned: 1,
  });
});

test("an administrator sees what happened to whom, and a user's sessions by any of his names", async () => {
  const { ctx, get, principal } = await setup();
  await ctx.audit.record({
    type: "logged-in",
    atMs: startMs,
    userId: principal.userId,
    sessionId: null,
    address: "::1",
  });
  await ctx.audit.record({ type: "login-failed", atMs: startMs + 1, userId: null, sessionId: null, address: null });
  const all = auditResponse.strict().parse(await (await get("/audit")).json());
  expect(all.events.map(({ type }) => type)).toEqual(["login-failed", "logged-in"]);
  const his = auditResponse.parse(await (await get("/audit?user=ANN&limit=5")).json());
  expect(his.events.map(({ type, user_id }) => [type, user_id])).toEqual([["logged-in", principal.userId]]);
  for (const user of ["Ann", "ann@example.org", principal.userId]) {
    const seen = userSessionsResponse.strict().parse(await (await get(`/sessions?user=${user}`)).json());
    expect([seen.user.username, seen.sessions.map(({ id }) => id)]).toEqual(["Ann", [principal.sessionId]]);
  }
  expect((await get("/sessions?user=nobody")).status).toBe(404);
  expect((await get("/audit?user=nobody")).status).toBe(404);
  expect((await get("/sessions")).status).toBe(400);
  expect((await get("/audit?limit=501")).status).toBe(400);
});

test("the gateways that answer within a second are told, without where their hosts are", async () => {
  const { ctx, clock, get } = await setup();
  const status: GatewayStatus = {
    name: "gateway-1",
    waiting: 3,
    running: 1,
    slots: 2,
    pressure: 1.5,
    waitP50Ms: 1,
    waitP95Ms: 2,
    tokensPerSecond: 0,
    answersPerSecond: 0,
    counts: { answered: 0, rejected: 0, cacheHits: 0, joined: 0, retried: 0, repaired: 0, takenOver: 0 },
    degraded: {},
    answeredByKind: {},
    hosts: [],
    settings: {
      revision: 0,
      hosts: [],
      limits: { waitingMax: 1, waitingPerUserMax: 1, tokensPerUserBurst: 1, tokensPerUserPerMinute: 1 },
    },
  };
  ctx.bus.subscribe(aiStatusAsked, () => ctx.bus.publish(aiStatus, status));
  const answer = get("/gateways");
  await expect.poll(() => clock.sleeping()).toBe(1);
  await clock.advance(1_000);
  const { settings: _, ...told } = status;
  expect(gatewaysResponse.parse(await (await answer).json())).toEqual({ gateways: [told] });
});

test("a world is deleted by its name alone, and the system's are not", async () => {
  const { tables, post } = await setup();
  const id = "00000000-0000-0000-0000-0000000000aa" as typeof valley.id;
  tables.worlds.set(id, { ...valley, id, name: "Doomed" });
  expect((await post(`/worlds/${id}/delete`, { name: "doomed" })).status).toBe(409);
  expect((await post(`/worlds/${id}/delete`, {})).status).toBe(400);
  expect((await post("/worlds/00000000-0000-0000-0000-0000000000ab/delete", { name: "Doomed" })).status).toBe(404);
  expect((await post(`/worlds/${valley.id}/delete`, { name: valley.name })).status).toBe(403);
});
