import { expect, test } from "vitest";
import { toStoredBiography } from "#core/character/biography/stored.ts";
import { characterHistoryResponse, characterPastResponse } from "#core/protocol/character-history.ts";
import type { CharacterId, ConnectionId } from "#core/lib/ids.ts";
import {
  charactersResponse,
  createCharacterResponse,
  entryOptionsResponse,
  joinResponse,
  skillsResponse,
} from "#core/protocol/character.ts";
import { worldLook } from "#core/protocol/subjects.ts";
import { worldsResponse } from "#core/protocol/world.ts";
import { lobbyWorldId, valleyWorldId } from "#core/lib/ids.ts";
import { lobby, someone, startMs } from "#tests/support/function-context.ts";
import { httpApp as setup, request } from "#tests/support/http-app.ts";

const unknownId = "00000000-0000-4000-8000-00000000dead";
const thorin = { world_id: valleyWorldId, name: "Thorin", species: "DWARF", appearance: "stout" };

const withThorin = async () => {
  const base = await setup();
  const response = await request(base.app, "POST", "/api/game/characters", { headers: base.headers, body: thorin });
  const { character } = createCharacterResponse.parse(await response.json());
  return { ...base, response, character };
};

test("a new player's character is answered with its attributes", async () => {
  const { response, character, principal } = await withThorin();
  expect(response.status).toBe(201);
  expect(character).toEqual({
    character_id: character.character_id,
    user_id: principal.userId,
    world_id: valleyWorldId,
    name: "Thorin",
    role: "player",
    species: "Dwarf",
    appearance: "stout",
    position_x: 5,
    position_y: 2,
    position_z: 0,
    orientation_x: 0,
    orientation_y: 1,
    orientation_z: 0,
    is_flying: false,
    created_at: new Date(startMs).toISOString(),
    last_played: null,
  });
});

test("primary and secondary attributes agree", async () => {
  const { app, headers } = await setup();
  const response = await request(app, "POST", "/api/game/characters", { headers, body: thorin });
  const body = createCharacterResponse.strict().parse(await response.json());
  expect(body.secondary_attributes!.HP).toBe(10 * body.attributes!.Vitality);
});

test("a watcher comes without attributes, and asking again gives the same one with 200", async () => {
  const { app, headers } = await setup();
  const body = { world_id: valleyWorldId, name: "Eye", role: "watcher" };
  const first = await request(app, "POST", "/api/game/characters", { headers, body });
  const second = await request(app, "POST", "/api/game/characters", { headers, body });
  expect([first.status, second.status]).toEqual([201, 200]);
  const made = await first.json();
  expect(made).toMatchObject({ attributes: null, secondary_attributes: null });
  expect(await second.json()).toEqual(made);
});

test.each([
  ["a name of nothing but spaces", { name: "  " }, 400, "INVALID_INPUT"],
  ["a name of 51 characters", { name: "x".repeat(51) }, 400, "INVALID_INPUT"],
  ["an unknown species", { species: "Orc" }, 400, "INVALID_INPUT"],
  ["no species", { species: undefined }, 400, "INVALID_INPUT"],
  ["an unknown role", { role: "god" }, 400, "INVALID_INPUT"],
  ["the role of an administrator", { role: "admin" }, 403, "FORBIDDEN"],
  ["too many points", { attributes: { Might: 30, Touch: 30 } }, 400, "INVALID_INPUT"],
  ["half a point", { attributes: { Might: 0.5 } }, 400, "INVALID_INPUT"],
  ["a world that is no id", { world_id: "lobby" }, 400, "INVALID_INPUT"],
  ["an unknown world", { world_id: unknownId }, 404, "NOT_FOUND"],
  ["an unknown inhabitant", { npc_id: unknownId }, 404, "NOT_FOUND"],
  ["an endless appearance", { appearance: "x".repeat(2001) }, 400, "INVALID_INPUT"],
])("a character with %s is refused", async (_, changes, status, code) => {
  const { app, headers, tables } = await setup();
  const response = await request(app, "POST", "/api/game/characters", { headers, body: { ...thorin, ...changes } });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { code } });
  expect(tables.characters.size).toBe(0);
});

test("a second character in the same world is a conflict", async () => {
  const { app, headers } = await withThorin();
  const response = await request(app, "POST", "/api/game/characters", { headers, body: thorin });
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({ error: { code: "CHARACTER_EXISTS" } });
});

test("the list is never null, and shows nobody else's", async () => {
  const { app, ctx, tables, headers, character } = await withThorin();
  const eve = await someone({ ctx, tables }, "Eve");
  const list = async (auth: Record<string, string>) =>
    charactersResponse.parse(await (await app.request("/api/game/characters", { headers: auth })).json());
  expect(await list(headers)).toEqual({ characters: [character] });
  expect(await list({ authorization: `Bearer ${eve.token}` })).toEqual({ characters: [] });
});

test("a join greets, tells what there is to see, and is remembered as the last world", async () => {
  const { app, ctx, headers, character } = await withThorin();
  ctx.bus.serve(worldLook(valleyWorldId), async () => ({ text: "A wide valley." }));
  const body = { character_id: character.character_id.toUpperCase() };
  const response = await request(app, "POST", "/api/game/join", { headers, body });
  expect(response.status).toBe(200);
  expect(joinResponse.strict().parse(await response.json())).toEqual({
    character: { ...character, last_played: new Date(startMs).toISOString() },
    world_id: valleyWorldId,
    message: "Welcome to Valley, Thorin.\n\nA wide valley.",
  });
  const me = await app.request("/api/auth/me", { headers });
  expect(await me.json()).toMatchObject({ last_world_id: valleyWorldId });
});

test("another user's character is forbidden, an unknown one not found, and what is no id invalid", async () => {
  const { app, ctx, tables, character } = await withThorin();
  const eve = await someone({ ctx, tables }, "Eve");
  const headers = { authorization: `Bearer ${eve.token}` };
  for (const [id, status] of [
    [character.character_id, 403],
    [unknownId, 404],
    ["x", 400],
    [undefined, 400],
  ] as const) {
    const join = await request(app, "POST", "/api/game/join", { headers, body: { character_id: id } });
    const query = id === undefined ? "" : `?character_id=${id}`;
    const skills = await app.request(`/api/game/skills${query}`, { headers });
    expect([join.status, skills.status], String(id)).toEqual([status, status]);
  }
});

test("skills are answered by name", async () => {
  const { app, headers, character } = await withThorin();
  const response = await app.request(`/api/game/skills?character_id=${character.character_id}`, { headers });
  const { character_id, skills } = skillsResponse.strict().parse(await response.json());
  expect(character_id).toBe(character.character_id);
  expect(Object.keys(skills)).toHaveLength(24);
  expect(skills["Swimming"]).toEqual({ name: "Swimming", category: "Utility", level: 0, xp: 0 });
});

test("entry options say what is still open", async () => {
  const { app, headers } = await withThorin();
  const options = async (query: string) => {
    const response = await app.request(`/api/game/entry-options${query}`, { headers });
    return response.status === 200 ? entryOptionsResponse.strict().parse(await response.json()) : response.status;
  };
  expect(await options(`?world_id=${lobbyWorldId}`)).toMatchObject({
    can_enter_as_watcher: true,
    can_create_custom: true,
    available_npcs: [],
    species: [{ name: "Human", attributes: { Might: 50 } }, { name: "Dwarf" }, { name: "Elf" }],
  });

  expect(await options(`?world_id=${valleyWorldId}`)).toMatchObject({ can_create_custom: false });
  expect(await options(`?world_id=${unknownId}`)).toBe(404);
  expect(await options("?world_id=x")).toBe(400);
  expect(await options("")).toBe(400);
});

test("worlds are listed with who is in them, the lobby first", async () => {
  const { app, ctx, headers, principal } = await setup();
  for (const n of [1, 2])
    await ctx.connections.add({
      id: `connection-${n}` as ConnectionId,
      ...principal,
      protocol: "v1",
      characterId: `character-${n}` as CharacterId,
      characterName: "Ann",
      worldId: lobbyWorldId,
      travels: 0,
      connectedAtMs: startMs,
    });
  const response = await app.request("/api/game/worlds", { headers });
  const worlds = worldsResponse.parse(await response.json());
  expect(worlds.map(({ name, player_count }) => [name, player_count])).toEqual([
    ["Lobby", 2],
    ["Valley", 0],
  ]);
  expect(worlds[0]).toEqual({
    id: lobbyWorldId,
    name: "Lobby",
    shape: "bounded",
    radius: null,
    circumference: null,
    bounds: { min_x: -10, min_y: -10, max_x: 10, max_y: 10 },
    owner_id: null,
    theme: "test",
    status: "active",
    player_count: 2,
    created_at: new Date(lobby.createdAtMs).toISOString(),
  });
  const one = await app.request(`/api/game/worlds/${lobbyWorldId}`, { headers });
  expect(await one.json()).toMatchObject(worlds[0]!);
});

test.each([unknownId, "x", "%00", "__proto__", "' or 1=1 --"])("the world %s is not found", async (id) => {
  const { app, headers } = await setup();
  expect((await app.request(`/api/game/worlds/${encodeURIComponent(id)}`, { headers })).status).toBe(404);
});

test.each([
  ["GET", "/api/game/characters"],
  ["POST", "/api/game/characters"],
  ["POST", "/api/game/join"],
  ["GET", "/api/game/entry-options"],
  ["GET", "/api/game/skills"],
  ["GET", "/api/game/worlds"],
  ["GET", `/api/game/worlds/${valleyWorldId}`],
  ["GET", "/api/auth/me"],
  ["POST", "/api/auth/logout"],
])("%s %s wants a login before anything else", async (method, path) => {
  const { app } = await setup();
  expect((await app.request(path, { method })).status).toBe(401);
});

const historyOf = async ({ app, headers }: Awaited<ReturnType<typeof withThorin>>, id: string, query = "") =>
  request(app, "GET", `/api/game/characters/${id}/history${query}`, { headers });

/** As its world's owner would, in a commit. */
async function live(base: Awaited<ReturnType<typeof withThorin>>, count: number) {
  const { ctx, tables, character } = base;
  tables.leases.set(valleyWorldId, { owner: "owner", fence: 1, expiresAtMs: Infinity });
  const id = character.character_id as CharacterId;
  const record = (await ctx.characters.get(id))!;
  const life = Array.from({ length: count }, (_, x) =>
    toStoredBiography({
      event: { type: "movedFar", worldId: valleyWorldId, position: { x, y: 0, z: 0 } },
      metadata: { atMs: startMs + 1_000 * (x + 1), worldVersion: x },
    }),
  );
  const { life: _, ...row } = record;
  const change = { ...row, lastPlayedAtMs: startMs, biography: life };
  await ctx.worldLog.commit({ worldId: valleyWorldId, fence: 1, expectedVersion: 0, events: [], characters: [change] });
}

test("a character's history is read page by page, the newest first, by whose it is", async () => {
  const base = await withThorin();
  const id = base.character.character_id;
  await live(base, 3);
  const first = characterHistoryResponse.parse(await (await historyOf(base, id, "?limit=3")).json());
  expect(first.events.map(({ version, type, at }) => [version, type, at])).toEqual([
    [4, "movedFar", new Date(startMs + 3_000).toISOString()],
    [3, "movedFar", new Date(startMs + 2_000).toISOString()],
    [2, "movedFar", new Date(startMs + 1_000).toISOString()],
  ]);
  expect(first.events[0]).toMatchObject({ world_version: 2, payload: { worldId: valleyWorldId, position: { x: 2 } } });
  const last = characterHistoryResponse.parse(await (await historyOf(base, id, `?before=${first.next}`)).json());
  expect(last).toMatchObject({ next: null, events: [{ version: 1, type: "created" }] });
});

test("a character is shown as it was at a time or a version", async () => {
  const base = await withThorin();
  await live(base, 2);
  const { app, headers, character } = base;
  const past = async (query: string) =>
    request(app, "GET", `/api/game/characters/${character.character_id}/past${query}`, { headers });
  const at = new Date(startMs + 1_500).toISOString();
  const then = characterPastResponse.parse(await (await past(`?at=${encodeURIComponent(at)}`)).json());
  expect(then).toMatchObject({
    version: 2,
    species: "Dwarf",
    whereabouts: "asleep",
    position_x: 0,
    appearance: "stout",
  });
  expect(then.variance?.Might).toBe(then.attributes!.Might - 60);
  expect(await (await past("")).json()).toMatchObject({ version: 3, position_x: 1 });
  expect((await past("?version=9")).status).toBe(404);
  expect((await past("?at=2000-01-01T00:00:00Z")).status).toBe(404);
  expect((await past("?at=yesterday")).status).toBe(400);
});

test.each(["?limit=0", "?limit=201", "?before=x", "?before=1.5"])("a page %s is no page", async (query) => {
  const base = await withThorin();
  expect((await historyOf(base, base.character.character_id, query)).status).toBe(400);
});

test("an admin reads anybody's history, and plays nobody else's character", async () => {
  const base = await withThorin();
  const root = await someone(base, "Root", "admin");
  const headers = { authorization: `Bearer ${root.token}` };
  expect((await historyOf({ ...base, headers }, base.character.character_id)).status).toBe(200);
  const body = { character_id: base.character.character_id };
  expect((await request(base.app, "POST", "/api/game/join", { headers, body })).status).toBe(403);
});

test("every route that takes a character's id refuses another's and one that is not there, and says nothing of either", async () => {
  const base = await withThorin();
  const eve = await someone(base, "Eve");
  const headers = { authorization: `Bearer ${eve.token}` };
  const routes = [
    (id: string) => request(base.app, "GET", `/api/game/characters/${id}/history`, { headers }),
    (id: string) => request(base.app, "GET", `/api/game/characters/${id}/past`, { headers }),
    (id: string) => request(base.app, "GET", `/api/game/skills?character_id=${id}`, { headers }),
    (id: string) => request(base.app, "POST", "/api/game/join", { headers, body: { character_id: id } }),
    (id: string) => request(base.app, "POST", "/api/game/leave", { headers, body: { character_id: id } }),
  ];
  for (const [index, route] of routes.entries()) {
    const { character_id: theirs } = base.character;
    for (const id of [theirs, theirs.toUpperCase(), unknownId, "x", `${theirs}%00`, `..%2f${theirs}`, "%F0%9F"]) {
      const response = await route(id);
      const text = await response.text();
      const expected = id === theirs || id === theirs.toUpperCase() ? [403] : [400, 404];
      expect(expected, `route ${index}, ${id}: ${text}`).toContain(response.status);
      expect(text).not.toMatch(/Thorin|stout|Dwarf|Ann/u);
    }
  }
  expect(await base.ctx.characters.get(base.character.character_id as CharacterId)).toMatchObject({
    lastPlayedAtMs: null,
  });
});

test("the same request again makes nobody else, and one key is good for one character", async () => {
  const { app, headers: plain, tables } = await setup();
  const headers = { ...plain, "idempotency-key": "00000000-0000-4000-8000-0000000000aa" };
  const send = async (body: object) => request(app, "POST", "/api/game/characters", { headers, body });
  const [one, other] = [await send(thorin), await send(thorin)];
  expect([one.status, other.status]).toEqual([201, 201]);
  expect(await other.json()).toEqual(await one.json());
  expect((await send({ ...thorin, world_id: lobbyWorldId })).status).toBe(409);
  expect(tables.characters.size).toBe(1);
});

test("a goodbye of who sleeps already wakes nobody", async () => {
  const { app, headers, character } = await withThorin();
  const body = { character_id: character.character_id };
  const response = await request(app, "POST", "/api/game/leave", { headers, body });
  expect([response.status, await response.json()]).toEqual([200, { character }]);
});
