import { describe, expect, test } from "vitest";
import type { Principal } from "#core/account/model.ts";
import { lobbyWorldId, type SessionId, type UserId, type WorldId } from "#core/lib/ids.ts";
import { worldCreate } from "#core/protocol/world-subjects.ts";
import { remoteWorlds } from "#core/world/service.ts";
import { hashOf } from "#core/world/stored.ts";
import { fieldId, worldRig, type WorldRig } from "#tests/support/world-rig.ts";
import { fieldSpec } from "#tests/support/stage.ts";

const principal = (number: number, role: Principal["role"] = "user"): Principal => ({
  userId: `a0000000-0000-4000-8000-00000000000${number}` as UserId,
  sessionId: `50000000-0000-4000-8000-00000000000${number}` as SessionId,
  username: `User${number}`,
  role,
});
const request = (number: number) => `b0000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
const [owner, stranger, admin] = [principal(1), principal(2), principal(3, "admin")];
const worldId = request(1) as WorldId;
const types = (rig: WorldRig, id: WorldId = worldId) => (rig.tables.events.get(id) ?? []).map(({ type }) => type);

/** Everything over the bus, as the functions ask it. */
async function served() {
  const rig = worldRig();
  const service = await rig.serve(rig.ctx, null);
  const worlds = remoteWorlds(rig.ctx.bus);
  const create = (number = 1, name = "Green Hills", who = owner) =>
    worlds.create({ principal: who, requestId: request(number), name, spec: fieldSpec });
  /** Lets time pass until it is answered. */
  const answered = async <Answer>(asking: Promise<Answer>): Promise<Answer> => {
    asking.catch(() => undefined);
    await rig.pass(1000, 20);
    return asking;
  };
  let requests = 100;
  const wish = (who: Principal = owner, id: WorldId = worldId) => ({
    principal: who,
    requestId: request(++requests),
    worldId: id,
  });
  return { rig, service, worlds, create, answered, wish };
}

describe("making a world", () => {
  test("writes the first two events of its log, and leaves it asleep", async () => {
    const { rig, service, create, worlds } = await served();
    const world = await create();
    expect(world).toMatchObject({ id: worldId, name: "Green Hills", ownerId: owner.userId, status: "active" });
    expect(types(rig)).toEqual(["created", "began"]);
    await rig.pass(2000, 500);
    expect(service.owned.has(worldId)).toBe(false);
    const { clock, sky } = await worlds.get({ worldId });
    expect([clock.gameTimeMs - 30_240_000, sky.daypart]).toEqual([2000, "morning"]);
  });

  test("is done once for the same request, and refused for the same name in other letters", async () => {
    const { create, rig } = await served();
    const all = await Promise.allSettled([create(1), create(1), create(2, "GREEN hills"), create(3, "ｇreen hills")]);
    expect(all.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "rejected", "rejected"]);
    await expect(create(2, "GREEN hills")).rejects.toMatchObject({ code: "WORLD_NAME_TAKEN" });
    await expect(create(1, "Green Hills", stranger)).rejects.toMatchObject({ code: "CONFLICT" });
    expect(types(rig)).toEqual(["created", "began"]);
  });

  test.each([
    ["a name of nothing", { name: "  " }],
    ["a name too long", { name: "x".repeat(51) }],
    ["a sphere without a radius", { spec: { ...fieldSpec, shape: "spherical", bounds: null } }],
    ["bounds the wrong way round", { spec: { ...fieldSpec, bounds: { minX: 1, maxX: 0, minY: 0, maxY: 1 } } }],
    ["a pace beyond all bounds", { spec: { ...fieldSpec, dilation: 101 } }],
    ["numbers that are none", { spec: { ...fieldSpec, stepM: Number.NaN } }],
  ])("with %s is INVALID_INPUT", async (_what, wrong) => {
    const { rig } = await served();
    const given = { principal: owner, requestId: request(1), name: "Fine", spec: fieldSpec, ...wrong };
    const asking = rig.ctx.bus.request(worldCreate, given as never, { timeoutMs: 1000 });
    await expect(asking).rejects.toMatchObject({ code: "INVALID_INPUT" });
    expect(rig.tables.worlds.has(worldId)).toBe(false);
  });
});

describe("a world's clock", () => {
  test("is stopped, let go on and set by its owner, who wakes the world by it; each is an event, once a request", async () => {
    const { rig, service, create, worlds, answered, wish } = await served();
    await create();
    const pausing = wish();
    expect(await answered(worlds.pause(pausing))).toMatchObject({ isPaused: true, pace: 0 });
    expect(service.owned.has(worldId)).toBe(true);
    expect((await worlds.get({ worldId })).record.status).toBe("paused");
    expect(await answered(worlds.resume(wish()))).toMatchObject({ isPaused: false });
    // The first request again, much later, pauses nothing.
    expect(await answered(worlds.pause(pausing))).toMatchObject({ isPaused: false });
    expect(await answered(worlds.setDilation({ ...wish(), dilation: 12.5 }))).toMatchObject({ dilation: 12.5 });
    expect(types(rig)).toEqual(["created", "began", "paused", "resumed", "dilationChanged"]);
    const { clock } = await worlds.get({ worldId });
    expect(clock).toMatchObject({ dilation: 12.5, isPaused: false });
    expect(hashOf((await rig.stored(worldId)).state)).toMatch(/^[0-9a-f]{16}$/);
  });

  test("is nobody else's business but an administrator's", async () => {
    const { create, worlds, answered, wish, rig } = await served();
    await create();
    for (const act of [worlds.pause, worlds.resume, worlds.delete] as const)
      await expect(answered<unknown>(act(wish(stranger)))).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(answered(worlds.setDilation({ ...wish(stranger), dilation: 2 }))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(answered(worlds.query({ ...wish(stranger), at: { version: 1 } }))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(answered(worlds.pause(wish(owner, fieldId)))).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(answered(worlds.pause(wish(admin, request(9) as WorldId)))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await answered(worlds.pause(wish(admin)))).toMatchObject({ isPaused: true });
    expect(types(rig)).toEqual(["created", "began", "paused"]);
  });

  test("goes through an owner that dies before it has answered, once", async () => {
    const { rig, create, worlds, answered, wish } = await served();
    await create();
    let isCut = true;
    const commit = rig.ctx.worldLog.commit;
    rig.ctx.worldLog.commit = async (given) => {
      const result = await commit(given);
      if (isCut && given.worldId === worldId) {
        isCut = false;
        throw new TypeError("cut off after the commit");
      }
      return result;
    };
    expect(await answered(worlds.setDilation({ ...wish(), dilation: 3 }))).toMatchObject({ dilation: 3 });
    expect(types(rig).filter((type) => type === "dilationChanged")).toHaveLength(1);
  });

  test("jumps when its owner lets time pass at once, which is recorded and replays to the same", async () => {
    const { rig, create, worlds, answered, wish } = await served();
    await create();
    const before = (await worlds.get({ worldId })).clock.gameTimeMs;
    const year = 360 * 86_400_000;
    const { gameTimeMs } = await answered(worlds.simulate({ ...wish(), gameMs: year }));
    expect(gameTimeMs - before - year).toBeLessThan(2000);
    expect(types(rig)).toEqual(["created", "began", "simulated", "caughtUp"]);
    const asked = await worlds.query({ principal: owner, worldId, at: { atMs: rig.clock.nowMs() } });
    expect(asked.hash).toBe(hashOf((await rig.stored(worldId)).state));
    expect([asked.sky.year, asked.sky.dayOfYear]).toEqual([2, 1]);
  });
});

describe("what a world was like", () => {
  test("is answered by version and by time, by who was there and what one would have seen", async () => {
    const { rig, worlds, answered } = await served();
    const ana = await rig.player("Ana");
    await ana.connect();
    await ana.say("enter field");
    await rig.pass(500, 20);
    const [atMs, version] = [rig.clock.nowMs(), rig.tables.events.get(fieldId)!.length];
    await rig.pass(60_000, 1000);
    await ana.say("lobby");
    await rig.pass(500, 20);

    const from = { x: 5, y: 3 };
    const ask = (at: { atMs: number } | { version: number }) =>
      answered(worlds.query({ principal: admin, worldId: fieldId, at, from }));
    const then = await ask({ atMs });
    expect(then).toEqual({ ...(await ask({ version })), clock: then.clock, sky: then.sky });
    expect(then.characters.map(({ name }) => name)).toEqual(["Ana"]);
    expect(then.text).toContain("Ana is here");
    const now = await ask({ atMs: rig.clock.nowMs() });
    expect([now.characters, now.text?.includes("Ana")]).toEqual([[], false]);
    expect(await ask({ version: 0 })).toMatchObject({ version: 0, characters: [], atMs: 0 });
    expect(await ask({ version: 1e6 })).toMatchObject({ version: now.version, hash: now.hash });
  });
});

describe("the end of a world", () => {
  test("sends everyone to the lobby, is the last event, and frees the name; the log stays", async () => {
    const { rig, service, create, worlds, answered, wish } = await served();
    await create();
    const [ana, bob] = [await rig.player("Ana"), await rig.player("Bob", "v1")];
    for (const each of [ana, bob]) {
      await each.connect();
      await each.say("enter Green Hills");
    }
    await rig.pass(1000, 20);
    await bob.leave(1006);
    await rig.pass(100, 20);
    expect((await rig.stored(worldId)).state.bodies.size).toBe(2);

    await answered(worlds.delete(wish()));
    await rig.pass(3000, 50);
    expect(types(rig).at(-1)).toBe("deleted");
    expect(service.owned.has(worldId)).toBe(false);
    expect((await rig.stored(lobbyWorldId)).state.bodies.has(ana.own)).toBe(true);
    expect((await rig.ctx.characters.get(bob.own))?.worldId).toBe(lobbyWorldId);
    await ana.say("say still here");
    await rig.pass(200, 20);
    expect(ana.heard().at(-1)).toBe('speech_self: You say: "still here"');

    await expect(worlds.get({ worldId })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const { worlds: listed } = await worlds.list({ after: null, limit: 10 });
    expect(listed.map(({ name }) => name)).toEqual(["Lobby", "Field"]);
    await expect(answered(worlds.pause(wish()))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await rig.pass(5000, 500);
    expect(types(rig).at(-1)).toBe("deleted");
    expect(await create(2)).toMatchObject({ name: "Green Hills" });
  });

  test("begun by an owner that dies is finished by the next", async () => {
    const { rig, service, create, worlds, answered, wish } = await served();
    await create();
    const ana = await rig.player("Ana");
    await ana.connect();
    await ana.say("enter Green Hills");
    await rig.pass(1000, 20);
    const follow = rig.ctx.worlds.follow;
    let failures = 2;
    rig.ctx.worlds.follow = (id, life) =>
      life.status === "deleted" && failures-- > 0 ? Promise.reject(new TypeError("cut off")) : follow(id, life);
    await answered(worlds.delete(wish()));
    await rig.pass(6000, 50);
    expect(failures).toBeLessThan(0);
    expect(types(rig).filter((type) => type === "deleted")).toHaveLength(1);
    expect(service.owned.has(worldId)).toBe(false);
    await expect(worlds.get({ worldId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("is not for worlds of the system", async () => {
    const { worlds, answered, wish } = await served();
    await expect(answered(worlds.delete(wish(admin, lobbyWorldId)))).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

test("the list comes in pages, the lobby first, then the oldest", async () => {
  const { rig, create, worlds } = await served();
  for (let i = 1; i <= 5; i++) {
    await rig.clock.advance(1000);
    await create(i, `World ${i}`);
  }
  const names: string[] = [];
  for (let after: Parameters<typeof worlds.list>[0]["after"] = null, more = true; more; more = after !== null) {
    const page = await worlds.list({ after, limit: 3 });
    names.push(...page.worlds.map(({ name }) => name));
    after = page.next;
  }
  expect(names).toEqual(["Lobby", "Field", "World 1", "World 2", "World 3", "World 4", "World 5"]);
});
