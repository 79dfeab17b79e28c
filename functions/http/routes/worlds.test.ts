import { describe, expect, test } from "vitest";
import { lobbyWorldId, type WorldId } from "#core/lib/ids.ts";
import { errorBody } from "#core/protocol/error-body.ts";
import { nearbyResponse } from "#core/protocol/nearby.ts";
import { clockResponse, worldDetailResponse } from "#core/protocol/world.ts";
import { worldMap } from "#core/protocol/world-map.ts";
import type { MapPicture } from "#core/world/look-at-map.ts";
import { inlineWorlds } from "#core/world/service.ts";
import { createApp } from "#functions/http/app.ts";
import { someone } from "#tests/support/function-context.ts";
import { request } from "#tests/support/http-app.ts";
import { fieldSpec } from "#tests/support/stage.ts";
import { worldRig } from "#tests/support/world-rig.ts";

const worldId = "b0000000-0000-4000-8000-000000000001" as WorldId;

/** The app over worlds that run, and Ann, who owns one of them; time passes while it answers. */
async function setup() {
  const rig = worldRig();
  await rig.serve(rig.ctx, null);
  const app = createApp(rig.ctx, rig.config);
  const [ann, bob, root] = [await someone(rig, "Ann"), await someone(rig, "Bob"), await someone(rig, "Root", "admin")];
  await rig.ctx.worldVerbs.create({ principal: ann, requestId: worldId, name: "Annland", spec: fieldSpec });
  const call = async (who: { token: string } | null, method: string, path: string, body?: unknown, headers = {}) => {
    const all = { ...(who && { authorization: `Bearer ${who.token}` }), ...headers };
    const options = body === undefined ? { headers: all } : { headers: all, body };
    const answering = request(app, method, `/api/game/worlds/${path}`, options);
    await rig.pass(1000, 20);
    const response = await answering;
    return { status: response.status, json: await response.json() };
  };
  const code = ({ json }: { json: unknown }) => errorBody.parse(json).error.code;
  return { rig, ann, bob, root, call, code };
}

test("a world is told with its clock, its season and its climate, also while it sleeps", async () => {
  const { call, bob, ann } = await setup();
  const { status, json } = await call(bob, "GET", worldId);
  expect(status).toBe(200);
  const world = worldDetailResponse.strict().parse(json);
  expect(world).toMatchObject({
    id: worldId,
    name: "Annland",
    owner_id: ann.userId,
    status: "active",
    clock: { is_paused: false, dilation: 1, pace: 1, ticks_per_second: 10 },
    season: { name: "spring" },
    sky: { time_of_day: "morning", year: 1, day_of_year: 1, hour: 8, minute: 24 },
  });
  expect((await call(bob, "GET", worldId.replace("1", "2"))).status).toBe(404);
});

test("its owner stops it, lets it go on and sets its pace, and is answered with the clock", async () => {
  const { call, ann } = await setup();
  const paused = await call(ann, "POST", `${worldId}/pause`);
  expect(paused.status).toBe(200);
  expect(clockResponse.strict().parse(paused.json)).toMatchObject({ world_id: worldId, is_paused: true, pace: 0 });
  const later = worldDetailResponse.parse((await call(ann, "GET", worldId)).json);
  expect(later).toMatchObject({
    status: "paused",
    clock: { game_time_ms: clockResponse.parse(paused.json).game_time_ms },
  });
  const fast = await call(ann, "POST", `${worldId}/dilation`, { dilation: 20 });
  expect(fast.json).toMatchObject({ dilation: 20, is_paused: true });
  const resumed = await call(ann, "POST", `${worldId}/resume`);
  expect(resumed.json).toMatchObject({ dilation: 20, is_paused: false, pace: 20 });
});

test("the same request again under its key is done once", async () => {
  const { call, ann } = await setup();
  const headers = { "idempotency-key": "c0000000-0000-4000-8000-000000000001" };
  expect((await call(ann, "POST", `${worldId}/pause`, undefined, headers)).json).toMatchObject({ is_paused: true });
  await call(ann, "POST", `${worldId}/resume`);
  expect((await call(ann, "POST", `${worldId}/pause`, undefined, headers)).json).toMatchObject({ is_paused: false });
  const wrong = await call(ann, "POST", `${worldId}/pause`, undefined, { "idempotency-key": "again" });
  expect(wrong.status).toBe(400);
});

test("nobody else does, but an administrator; and nothing is done to what is not there", async () => {
  const { call, code, bob, root, rig } = await setup();
  for (const act of ["pause", "resume"]) {
    const refused = await call(bob, "POST", `${worldId}/${act}`);
    expect([refused.status, code(refused)]).toEqual([403, "FORBIDDEN"]);
    expect((await call(null, "POST", `${worldId}/${act}`)).status).toBe(401);
    expect((await call(root, "POST", `${worldId.replace("1", "2")}/${act}`)).status).toBe(404);
    expect((await call(root, "POST", `nonsense/${act}`)).status).toBe(404);
  }
  expect((await call(bob, "POST", `${lobbyWorldId}/dilation`, { dilation: 2 })).status).toBe(403);
  expect(rig.tables.events.get(worldId)!.map(({ type }) => type)).toEqual(["created", "began"]);
  expect((await call(root, "POST", `${worldId}/pause`)).json).toMatchObject({ is_paused: true });
});

test.each([{ dilation: 0 }, { dilation: 100.1 }, { dilation: "2" }, {}, { dilation: null }])(
  "a pace of %j is refused",
  async (body) => {
    const { call, code, ann } = await setup();
    const refused = await call(ann, "POST", `${worldId}/dilation`, body);
    expect([refused.status, code(refused)]).toEqual([400, "INVALID_INPUT"]);
  },
);

test("a world that could not go on says that it is faulted, and not why", async () => {
  const { call, rig, bob } = await setup();
  const fault = { count: 12, atMs: 1, reason: "RangeError: secrets", isQuarantined: true };
  await rig.ctx.worlds.setFault(worldId, fault);
  const { json } = await call(bob, "GET", worldId);
  expect(json).toMatchObject({ status: "faulted" });
  expect(JSON.stringify(json)).not.toContain("secrets");
  expect((await call({ token: (await someone(rig, "Boss", "admin")).token }, "POST", `${worldId}/pause`)).status).toBe(
    503,
  );
});

describe("the map of a world", () => {
  async function maps() {
    const given = await setup();
    const asked: unknown[] = [];
    const mapPicture: MapPicture = async ({ record, planet }, wanted) => {
      asked.push([record.name, planet, wanted]);
      return Buffer.from("a picture").toString("base64");
    };
    const worldVerbs = inlineWorlds({ ...given.rig.ctx, mapPicture });
    const app = createApp({ ...given.rig.ctx, worldVerbs }, given.rig.config);
    const get = (path: string, accept = "application/json", who: { token: string } | null = given.bob) =>
      request(app, "GET", `/api/game/worlds/${path}`, {
        headers: { accept, ...(who && { authorization: `Bearer ${who.token}` }) },
      });
    return { ...given, get, asked };
  }

  test("is told as data, as wide as it is wanted, in the layer that is wanted", async () => {
    const { get } = await maps();
    const usual = worldMap.strict().parse(await (await get(`${worldId}/map`)).json());
    expect([usual.world_id, usual.world_name, usual.grid_width, usual.tiles.length]).toEqual([
      worldId,
      "Annland",
      64,
      64 * usual.grid_height,
    ]);
    const narrow = await get(`${worldId}/map?width=8&layer=rain`);
    expect([narrow.status, narrow.headers.get("vary")]).toEqual([200, expect.stringContaining("Accept")]);
    const rain = worldMap.parse(await narrow.json());
    expect([rain.grid_width, rain.legend?.bars.map(({ unit }) => unit)]).toEqual([8, ["mm a day"]]);
  });

  test("is a picture for whoever accepts one, painted once", async () => {
    const { get, asked } = await maps();
    for (let again = 0; again < 2; again++) {
      const response = await get(`${worldId}/map?layer=elevation`, "image/png");
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/png"]);
      expect(await response.text()).toBe("a picture");
    }
    expect(asked).toEqual([["Annland", null, { width: 512, layer: "elevation", edge: "drawn" }]]);
    // What is known of planets only has no picture elsewhere.
    const winds = await get(`${worldId}/map?layer=winds`, "image/png");
    expect([winds.status, await winds.text()]).toEqual([400, expect.stringContaining("Ask for another layer")]);
    const { rig } = await setup();
    await expect(rig.ctx.worldVerbs.picture({ worldId, width: 64, layer: "rain" })).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
  });

  test("is kept by who has it, for land does not change; what is refused is not", async () => {
    const { rig, get, bob } = await maps();
    for (const accept of ["image/png", "application/json"]) {
      const first = await get(`${worldId}/map`, accept);
      const tag = first.headers.get("etag")!;
      expect([tag, first.headers.get("cache-control")]).toEqual([
        expect.stringMatching(/^"[0-9a-f]{40}"$/),
        "private, max-age=3600",
      ]);
      const worldVerbs = inlineWorlds({ ...rig.ctx, mapPicture: async () => btoa("a picture") });
      const again = (more: Record<string, string>) =>
        request(createApp({ ...rig.ctx, worldVerbs }, rig.config), "GET", `/api/game/worlds/${worldId}/map`, {
          headers: { accept, authorization: `Bearer ${bob.token}`, ...more },
        });
      const same = await again({ "if-none-match": tag });
      expect([same.status, await same.text(), same.headers.get("etag")]).toEqual([304, "", tag]);
      expect(same.headers.get("vary")).toContain("Accept");
      expect((await again({ "if-none-match": '"another"' })).status).toBe(200);
    }
    expect((await get(`${worldId}/map?width=7`)).headers.get("cache-control")).toBe("no-store");
  });

  test.each(["width=7", "width=129", "width=1e9", "width=wide", "width=9.5", "layer=gold"])(
    "is refused with ?%s",
    async (query) => {
      const { get } = await maps();
      const response = await get(`${worldId}/map?${query}`);
      expect([response.status, errorBody.parse(await response.json()).error.code]).toEqual([400, "INVALID_INPUT"]);
    },
  );

  test("is for those who are logged in, of worlds that are there and made", async () => {
    const { get, rig } = await maps();
    expect((await get(`${worldId}/map`, "application/json", null)).status).toBe(401);
    expect((await get(`${worldId.replace("1", "2")}/map`)).status).toBe(404);
    expect((await get("annland/map", "image/png")).status).toBe(404);
    rig.tables.worlds.set(worldId, { ...rig.tables.worlds.get(worldId)!, status: "generating" });
    const making = await get(`${worldId}/map`);
    expect([making.status, making.headers.get("retry-after")]).toEqual([503, "5"]);
  });
});

test("a world that is still being made is in its owner's list, and in nobody else's", async () => {
  const { rig, ann, bob, call } = await setup();
  const listed = async (who: typeof ann) =>
    JSON.stringify((await call(who, "GET", "../worlds")).json).includes('"Annland"');
  expect([await listed(ann), await listed(bob)]).toEqual([true, true]);
  rig.tables.worlds.set(worldId, { ...rig.tables.worlds.get(worldId)!, status: "generating" });
  expect([await listed(ann), await listed(bob)]).toEqual([true, false]);
});

describe("what is nearby", () => {
  const near = `${lobbyWorldId}/nearby?x=5&y=2&radius=50`;

  test("is told to who has somebody in the world, with how far it is", async () => {
    const { call, rig } = await setup();
    const [eve, ida] = [await rig.player("Eve"), await rig.player("Ida")];
    await eve.connect();
    await ida.connect();
    await ida.say("north");
    await rig.pass(2_500);
    const { status, json } = await call(eve, "GET", near);
    expect(status).toBe(200);
    expect(nearbyResponse.strict().parse(json)).toEqual({
      world_id: lobbyWorldId,
      entities: [
        { type: "character", id: eve.own, name: "Eve", distance: 0, x: 5, y: 2, z: 0 },
        { type: "character", id: ida.own, name: "Ida", distance: 1, x: 5, y: 3, z: 0 },
      ],
    });
  });

  test("is for nobody else, but for who made the world and for admins", async () => {
    const { call, code, ann, bob, root } = await setup();
    const inAnnland = `${worldId}/nearby?x=0&y=0`;
    const statuses = async (path: string) =>
      (await Promise.all([ann, bob, root, null].map((who) => call(who, "GET", path)))).map(({ status }) => status);
    expect(await statuses(inAnnland)).toEqual([200, 403, 200, 401]);
    expect(await statuses(near)).toEqual([403, 403, 200, 401]);
    const nowhere = await call(root, "GET", `${worldId.replace("1", "2")}/nearby?x=0&y=0`);
    expect([nowhere.status, code(nowhere)]).toEqual([404, "NOT_FOUND"]);
  });

  test.each(["", "?x=0", "?x=a&y=0", "?x=0&y=0&radius=1001", "?x=0&y=0&radius=-1", "?x=1e99&y=0"])(
    "of %j nobody can tell",
    async (query) => {
      const { call, root } = await setup();
      expect((await call(root, "GET", `${worldId}/nearby${query}`)).status).toBe(400);
    },
  );
});
