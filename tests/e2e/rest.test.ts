import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { meResponse, userResponse } from "#core/protocol/account.ts";
import {
  attributeNames,
  charactersResponse,
  createCharacterResponse,
  entryOptionsResponse,
  joinResponse,
  skillsResponse,
} from "#core/protocol/character.ts";
import { decodePng } from "#adapters/png.ts";
import { worldMap } from "#core/protocol/world-map.ts";
import { worldDetailResponse, worldsResponse } from "#core/protocol/world.ts";
import { lobbyWorldId, sphereWorldId, valleyWorldId } from "#core/lib/ids.ts";
import { type Backend, startTestBackend } from "#tests/support/dev.ts";
import { rawHttp } from "#tests/support/raw-http.ts";
import { type Account, type Answer, call, type Call, newAccount, refusal } from "#tests/support/rest.ts";
import { expectNoSecretsIn, keepSecret } from "#tests/support/secrets.ts";

let backend: Backend;
let ann: Account;
let bob: Account;
beforeAll(async () => {
  backend = await startTestBackend();
  ann = await newAccount(backend.url, "RestAnn");
  bob = await newAccount(backend.url, "RestBob");
});
afterAll(() => backend[Symbol.asyncDispose]());

const get = (path: string, options?: Call) => call(backend.url, "GET", path, options);
const post = (path: string, body: Call["body"], options?: Call) =>
  call(backend.url, "POST", path, { ...options, ...(body !== undefined && { body }) });
const as = ({ token }: Account): Call => ({ token });
const nobody = "99999999-9999-4999-8999-999999999999";

const invalid = { status: 400, code: "INVALID_INPUT" };
const unauthorized = { status: 401, code: "UNAUTHORIZED" };
const forbidden = { status: 403, code: "FORBIDDEN" };
const notFound = { status: 404, code: "NOT_FOUND" };

describe("an account", () => {
  test("is made once, under an address and a name that nobody else can take", async () => {
    const password = keepSecret("a password of Cid's own");
    const email = keepSecret("cid@e2e.example");
    const made = await post("/api/auth/register", { email: " CID@e2e.example ", username: "RestCid", password });
    expect(made.status).toBe(201);
    expect(userResponse.strict().parse(made.json())).toMatchObject({
      email,
      username: "RestCid",
      last_login: null,
      last_world_id: null,
    });
    const conflict = { status: 409, code: "CONFLICT" };
    expect(refusal(await post("/api/auth/register", { email, username: "Other", password }))).toEqual(conflict);
    const sameName = { email: "other@e2e.example", username: "restCID", password };
    expect(refusal(await post("/api/auth/register", sameName))).toEqual(conflict);
  });

  const good = { email: "dora@e2e.example", username: "Dora", password: "correct horse" };
  test.each([
    ["no address", { email: undefined }],
    ["an address that is none", { email: "dora" }],
    ["a name that is too short", { username: "Do" }],
    ["a name with a tag in it", { username: "<b>Dora</b>" }],
    ["a number for a name", { username: 7 }],
    ["a password that is too short", { password: "short 7" }],
    ["a password that is too long", { password: "x".repeat(129) }],
    ["a password that everyone has", { password: "password1" }],
  ])("is not made with %s", async (_what, wrong) => {
    const answer = await post("/api/auth/register", { ...good, ...wrong });
    expect(refusal(answer)).toEqual(invalid);
    expect(answer.json()).toMatchObject({ error: { details: [{ path: Object.keys(wrong)[0] }] } });
  });

  test("opens with its password, by token and by cookie, and closes at once", async () => {
    const answer = await post("/api/auth/login", { email: ann.email.toUpperCase(), password: ann.password });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { token, expires_in } = answer.json() as { token: string; expires_in: number };
    expect(expires_in).toBe(86_400);
    expect(answer.headers.get("set-cookie")).toBe(`auth_token=${token}; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax`);
    const me = await get("/api/auth/me", { token });
    expect(meResponse.strict().parse(me.json())).toEqual({
      user_id: ann.userId,
      email: ann.email,
      username: "RestAnn",
      last_world_id: null,
      email_verified: false,
      role: "user",
    });
    const out = await post("/api/auth/logout", undefined, { token });
    expect(out.status).toBe(200);
    expect(out.json()).toEqual({ message: expect.any(String) });
    expect(out.headers.get("set-cookie")).toMatch(/^auth_token=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/u);
    const over = { status: 401, code: "SESSION_EXPIRED" };
    expect(refusal(await get("/api/auth/me", { token }))).toEqual(over);
    expect(refusal(await post("/api/auth/logout", undefined, { token }))).toEqual(over);
    // The other session of the same user goes on.
    expect((await get("/api/auth/me", as(ann))).status).toBe(200);
  });

  test("says the same about a wrong password as about an unknown address", async () => {
    const wrong = await post("/api/auth/login", { email: bob.email, password: "not this one" });
    const unknown = await post("/api/auth/login", { email: "unknown@e2e.example", password: "not this one" });
    expect(refusal(wrong)).toEqual(unauthorized);
    const withoutId = ({ text }: Answer) => text.replace(/"request_id":"[^"]+"/u, "");
    expect(withoutId(unknown)).toBe(withoutId(wrong));
    expect(unknown.status).toBe(wrong.status);
  });
});

describe("a character", () => {
  const body = { world_id: valleyWorldId, name: "Old Tom", species: "DWARF", attributes: { Might: 10, Hearing: 5 } };

  test("is made, listed, joined and looked into by its player, and by nobody else", async () => {
    const none = await get("/api/game/characters", as(ann));
    expect(none.json()).toEqual({ characters: [] });
    const made = await post("/api/game/characters", { ...body, appearance: "Bent\n<b>but</b> quick" }, as(ann));
    expect(made.status).toBe(201);
    const {
      character,
      attributes,
      secondary_attributes: secondary,
    } = createCharacterResponse.strict().parse(made.json());
    expect(character).toMatchObject({
      user_id: ann.userId,
      world_id: valleyWorldId,
      name: "Old Tom",
      role: "player",
      species: "Dwarf",
      appearance: "Bent\n‹b›but‹/b› quick",
      is_flying: false,
      last_played: null,
    });
    expect(Object.keys(attributes!).toSorted()).toEqual([...attributeNames].toSorted());
    expect(Math.abs(attributes!.Might - 70)).toBeLessThanOrEqual(5);
    expect(secondary!.HP).toBe(10 * attributes!.Vitality);
    expect(secondary!.Stamina).toBe(7 * attributes!.Endurance + 3 * attributes!.Might);
    expect(refusal(await post("/api/game/characters", body, as(ann)))).toEqual({
      status: 409,
      code: "CHARACTER_EXISTS",
    });

    const { character_id: id } = character;
    const joined = await post("/api/game/join", { character_id: id.toUpperCase() }, as(ann));
    expect(joined.status).toBe(200);
    const { message, ...rest } = joinResponse.strict().parse(joined.json());
    expect(message).toMatch(/^Welcome to Hearthvale, Old Tom\.\n\nHearthvale\n/u);
    expect(rest).toMatchObject({ world_id: valleyWorldId, character: { character_id: id } });
    const again = await post("/api/game/join", { character_id: id }, as(ann));
    expect(joinResponse.parse(again.json()).message).toMatch(/^Welcome back to Hearthvale, Old Tom\./u);
    expect((await get("/api/auth/me", as(ann))).json()).toMatchObject({ last_world_id: valleyWorldId });

    const skills = skillsResponse.strict().parse((await get(`/api/game/skills?character_id=${id}`, as(ann))).json());
    expect(skills.character_id).toBe(id);
    expect(Object.keys(skills.skills)).toHaveLength(24);
    expect(skills.skills["Smithing"]).toEqual({ name: "Smithing", category: "Crafting", level: 0, xp: 0 });
    const list = charactersResponse.strict().parse((await get("/api/game/characters", as(ann))).json());
    expect(list.characters).toHaveLength(1);
    expect(list.characters[0]).toMatchObject({ character_id: id, last_played: expect.any(String) });

    expect((await get("/api/game/characters", as(bob))).json()).toEqual({ characters: [] });
    expect(refusal(await post("/api/game/join", { character_id: id }, as(bob)))).toEqual(forbidden);
    expect(refusal(await get(`/api/game/skills?character_id=${id}`, as(bob)))).toEqual(forbidden);
    expect(refusal(await post("/api/game/join", { character_id: nobody }, as(bob)))).toEqual(notFound);
    expect(refusal(await get(`/api/game/skills?character_id=${nobody}`, as(bob)))).toEqual(notFound);
  });

  test("that only watches may be asked for twice", async () => {
    const watcher = { world_id: sphereWorldId, name: "Eye", role: "watcher" };
    const made = await post("/api/game/characters", watcher, as(ann));
    expect(made.status).toBe(201);
    expect(createCharacterResponse.strict().parse(made.json())).toMatchObject({
      character: { role: "watcher" },
      attributes: null,
      secondary_attributes: null,
    });
    const again = await post("/api/game/characters", { ...watcher, name: "Another eye" }, as(ann));
    expect(again.status).toBe(200);
    expect(again.json()).toEqual(made.json());
    const options = await get(`/api/game/entry-options?world_id=${sphereWorldId}`, as(ann));
    expect(entryOptionsResponse.strict().parse(options.json())).toMatchObject({
      can_enter_as_watcher: true,
      can_create_custom: false,
      available_npcs: [],
    });
  });

  test.each([
    ["a species of no world", { species: "Dragon" }, invalid],
    ["no species", { species: undefined }, invalid],
    ["a name of blanks", { name: " \u200b\n " }, invalid],
    ["a name of 51 characters", { name: "ä".repeat(51) }, invalid],
    ["more points than there are", { attributes: { Might: 30, Agility: 30 } }, invalid],
    ["an attribute that nobody has", { attributes: { Charm: 1 } }, invalid],
    ["an attribute named like a part of every object", { attributes: { constructor: 1 } }, invalid],
    ["the role of an administrator", { role: "admin" }, forbidden],
    ["a role that is none", { role: "god" }, invalid],
    ["a world that is none", { world_id: nobody }, notFound],
    ["a world id that is none", { world_id: "lobby" }, invalid],
    ["somebody who lives nowhere", { npc_id: nobody }, notFound],
  ])("is not made with %s", async (_what, wrong, expected) => {
    expect(refusal(await post("/api/game/characters", { ...body, ...wrong }, as(bob)))).toEqual(expected);
  });
});

describe("the worlds", () => {
  test.each([
    ["a room", lobbyWorldId, "", [512, 512]],
    ["a valley", valleyWorldId, "?width=96&layer=elevation", [96, 96]],
    ["a sphere", sphereWorldId, "?width=200&layer=temperature", [200, 97]],
  ])("are painted: %s", async (_what, id, query, size) => {
    const fetched = await fetch(`${backend.url}/api/game/worlds/${id}/map${query}`, {
      headers: { accept: "image/png", authorization: `Bearer ${ann.token}` },
    });
    expect([fetched.status, fetched.headers.get("content-type")]).toEqual([200, "image/png"]);
    const png = decodePng(new Uint8Array(await fetched.arrayBuffer()));
    expect([png.width, png.height]).toEqual(size);
    expect(new Set(png.data).size).toBeGreaterThan(3);
    const tag = fetched.headers.get("etag")!;
    const again = await get(`/api/game/worlds/${id}/map${query}`, {
      ...as(ann),
      headers: { accept: "image/png", "if-none-match": tag },
    });
    expect([again.status, again.text]).toEqual([304, ""]);
  });

  test("are listed with the lobby first, and shown one by one", async () => {
    const list = await get("/api/game/worlds", as(ann));
    expect(list.status).toBe(200);
    const worlds = worldsResponse.parse(list.json());
    expect(worlds.map(({ id, name, shape, player_count: players }) => ({ id, name, shape, players }))).toEqual([
      { id: lobbyWorldId, name: "Lobby", shape: "bounded", players: 0 },
      { id: valleyWorldId, name: "Hearthvale", shape: "bounded", players: 0 },
      { id: sphereWorldId, name: "Verdance", shape: "spherical", players: 0 },
    ]);
    expect(worlds[0]).toMatchObject({ bounds: { min_x: 0, min_y: 0, max_x: 10, max_y: 10 }, owner_id: null });
    expect(worlds[2]!.circumference).toBeCloseTo(2 * Math.PI * worlds[2]!.radius!, 3);
    const map = await get(`/api/game/worlds/${sphereWorldId}/map?width=32&layer=temperature`, as(ann));
    expect(worldMap.strict().parse(map.json())).toMatchObject({ grid_width: 32, grid_height: 16, sea_level: 0 });
    expect(refusal(await get(`/api/game/worlds/${sphereWorldId}/map?width=2`, as(ann)))).toEqual(invalid);
    expect(refusal(await get(`/api/game/worlds/${nobody}/map`, as(ann)))).toEqual(notFound);
    const one = await get(`/api/game/worlds/${valleyWorldId}`, as(ann));
    const detail = worldDetailResponse.strict().parse(one.json());
    expect(detail).toMatchObject(worlds[1]!);
    expect(detail).toMatchObject({ clock: { is_paused: false, dilation: 1 }, season: { name: "spring" } });
    expect(refusal(await get(`/api/game/worlds/${nobody}`, as(ann)))).toEqual(notFound);
    expect(refusal(await get("/api/game/worlds/lobby", as(ann)))).toEqual(notFound);
  });

  test("of the system are stopped by no player", async () => {
    for (const act of ["pause", "resume"]) {
      expect(refusal(await post(`/api/game/worlds/${valleyWorldId}/${act}`, undefined, as(ann)))).toEqual(forbidden);
      expect(refusal(await post(`/api/game/worlds/${nobody}/${act}`, undefined, as(ann)))).toEqual(notFound);
    }
    const fast = await post(`/api/game/worlds/${valleyWorldId}/dilation`, { dilation: 2 }, as(ann));
    expect(refusal(fast)).toEqual(forbidden);
  });
});

describe("a refusal", () => {
  const json = { "content-type": "application/json" };
  const tooLarge = { status: 413, code: "PAYLOAD_TOO_LARGE" };
  const unsupported = { status: 415, code: "UNSUPPORTED_MEDIA_TYPE" };
  const loginPath = "/api/auth/login";

  test.each<[string, string, string, Call, { status: number; code: string }]>([
    ["an unknown path", "GET", "/api/nothing/here", {}, notFound],
    ["a path that the API has not", "GET", "/api/nowhere", {}, notFound],
    ["a method that a path has not", "DELETE", loginPath, {}, notFound],
    ["a body that is no JSON", "POST", loginPath, { body: "{" }, invalid],
    ["no body", "POST", loginPath, { headers: json }, invalid],
    ["an array for an object", "POST", loginPath, { body: [] }, invalid],
    ["a body that is no UTF-8", "POST", loginPath, { body: new Uint8Array([0x22, 0xff, 0xfe, 0x22]) }, invalid],
    ["a body above 64 KiB", "POST", loginPath, { body: " ".repeat(64 * 1024 + 1) }, tooLarge],
    [
      "a form",
      "POST",
      loginPath,
      { body: "a=b", headers: { "content-type": "application/x-www-form-urlencoded" } },
      unsupported,
    ],
    [
      "another charset",
      "POST",
      loginPath,
      { body: "{}", headers: { "content-type": "application/json; charset=latin1" } },
      unsupported,
    ],
    ["no token", "GET", "/api/auth/me", {}, unauthorized],
    ["a token that is none", "GET", "/api/auth/me", { token: "garbage" }, unauthorized],
    [
      "a token that nobody signed",
      "GET",
      "/api/auth/me",
      { token: "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0." },
      unauthorized,
    ],
    ["a token in the address", "GET", "/api/auth/me?token=x", {}, unauthorized],
    ["no world", "GET", "/api/game/entry-options", {}, unauthorized],
  ])("of %s has the form of every refusal", async (_what, method, path, options, expected) => {
    const answer = await call(backend.url, method, path, options);
    expect(refusal(answer)).toEqual(expected);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/u);
    expect((answer.json() as { error: { request_id: string } }).error.request_id).toBe(
      answer.headers.get("x-request-id"),
    );
  });

  test("of a query that lacks what it needs names it", async () => {
    const answer = await get("/api/game/entry-options", as(ann));
    expect(refusal(answer)).toEqual(invalid);
    expect(answer.json()).toMatchObject({ error: { details: [{ path: "world_id" }] } });
  });

  test.each([
    ["a body where none belongs", "GET /api/auth/me HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}", 401],
    ["a name that is no host", "GET /api/auth/me HTTP/1.1\r\nHost: 1.2.3.999\r\n\r\n", 400],
    ["a method that no page may send", "TRACE /api/auth/me HTTP/1.1\r\nHost: localhost\r\n\r\n", 405],
    ["a path that breaks off in an escape", "GET /api/%E0%A4%A HTTP/1.1\r\nHost: localhost\r\n\r\n", 404],
    ["no request", "hello\r\n\r\n", 400],
  ])("of %s is no fault of ours", async (_what, request, status) => {
    expect((await rawHttp(backend.url, request)).status).toBe(status);
  });
});

describe("a page", () => {
  const dev = "http://localhost:5173";

  test("of the existing client's origin logs in, and is known by its cookie from then on", async () => {
    const answer = await post(
      "/api/auth/login",
      { email: bob.email, password: bob.password },
      { headers: { origin: dev } },
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(dev);
    expect(answer.headers.get("access-control-allow-credentials")).toBe("true");
    const cookie = keepSecret(answer.headers.get("set-cookie")!.split(";", 1)[0]!);
    const me = await get("/api/auth/me", { headers: { cookie, origin: dev } });
    expect(me.json()).toMatchObject({ username: "RestBob" });
    const made = { world_id: valleyWorldId, name: "Cookie", role: "watcher" };
    const sent = await post("/api/game/characters", made, {
      headers: { cookie, origin: dev, "sec-fetch-site": "same-site" },
    });
    expect(sent.status).toBe(201);
    expect((await post("/api/auth/logout", undefined, { headers: { cookie, origin: dev } })).status).toBe(200);
  });

  test.each<[string, Record<string, string>]>([
    ["another origin", { origin: "https://evil.example" }],
    ["an origin that only begins like ours", { origin: `${dev}.evil.example` }],
    ["a sandboxed frame", { origin: "null" }],
    ["a link from elsewhere", { "sec-fetch-site": "cross-site" }],
    ["a neighbour under the same domain", { "sec-fetch-site": "same-site" }],
  ])("of %s cannot write with the cookie, and may not read", async (_what, headers) => {
    const cookie = `auth_token=${ann.token}`;
    const written = await post("/api/auth/logout", undefined, { headers: { ...headers, cookie } });
    expect(refusal(written)).toEqual(forbidden);
    expect(written.headers.get("access-control-allow-origin")).toBeNull();
    expect((await get("/api/auth/me", { headers: { cookie } })).status).toBe(200);
  });

  test("asks beforehand, and is told what it may send", async () => {
    const asked = await call(backend.url, "OPTIONS", "/api/game/characters", {
      headers: {
        origin: dev,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
      },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe(dev);
    expect(asked.headers.get("access-control-allow-methods")).toContain("POST");
  });
});

describe("the service", () => {
  test("says that it lives, and that what it stands on answers", async () => {
    expect(await get("/health")).toMatchObject({ status: 200, text: "OK" });
    expect((await get("/health/live")).json()).toEqual({ status: "ok" });
    const checks = Object.fromEntries(backend.servers.map((name) => [name, "ok"]));
    expect((await get("/health/ready")).json()).toEqual({ status: "ok", checks });
  });

  test("describes itself", async () => {
    const document = (await get("/api/openapi.json")).json();
    expect(document).toMatchObject({ openapi: "3.1.0", paths: { "/api/auth/login": { post: expect.anything() } } });
  });
});

test("nothing that is nobody else's business was logged", () => {
  expectNoSecretsIn(backend.output());
});
