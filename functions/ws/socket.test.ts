import { describe, expect, test } from "vitest";
import { AppError } from "#core/lib/errors.ts";
import { type CharacterId, type ConnectionId, lobbyWorldId } from "#core/lib/ids.ts";
import { commandTextBytesMax, frameInBytesMax } from "#core/protocol/frames-in.ts";
import { type WorldInput, worldInput } from "#core/protocol/world-input.ts";
import { configFromEnv } from "#functions/config.ts";
import { someone } from "#tests/support/function-context.ts";
import { worldRig } from "#tests/support/world-rig.ts";
import { handleConnect } from "./connect.ts";
import { handleMessage } from "./default.ts";
import { handleDisconnect } from "./disconnect.ts";
import type { ConnectEvent } from "./events.ts";

const origin = "http://localhost:8080";
const requestContext = (id: string) => ({ connectionId: id, requestId: `request of ${id}` });
type Env = Record<string, string>;
type Handshake = { readonly id?: string; readonly headers?: Env; readonly query?: Env };

/** The functions over memory, Ana, who is logged in, and what reached the lobby's stream. No world is running. */
async function functions(env: Env = {}) {
  const rig = worldRig();
  const config = configFromEnv(env);
  const { ctx, tables } = rig;
  const ana = await someone({ ctx, tables }, "Ana");
  const inputs: WorldInput[] = [];
  ctx.inputs.consume(lobbyWorldId, ({ input }) => void inputs.push(worldInput.parse(input)));
  return {
    ...rig,
    ctx,
    config,
    ana,
    inputs,
    async connect(
      { id = "a", headers = { authorization: `Bearer ${ana.token}` }, query = {} }: Handshake = {},
      given = ctx,
    ) {
      const event: ConnectEvent = { requestContext: requestContext(id), headers, queryStringParameters: query };
      const result = await handleConnect(given, config, event);
      if (result.statusCode === 200) rig.clients.open(id as ConnectionId);
      await rig.quiet();
      return result;
    },
    async send(body: unknown, { id = "a", given = ctx }: { id?: string; given?: typeof ctx } = {}) {
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const result = await handleMessage(given, config, { requestContext: requestContext(id), body: text });
      await rig.quiet();
      return result;
    },
    async disconnect(code?: number, id = "a") {
      const disconnectStatusCode = code === undefined ? {} : { disconnectStatusCode: code };
      const result = await handleDisconnect(ctx, {
        requestContext: { ...requestContext(id), ...disconnectStatusCode },
      });
      await rig.quiet();
      return result;
    },
    said: (id = "a") => rig.clients.frames(id as ConnectionId).map((frame) => JSON.parse(frame) as Said),
  };
}
type Said = {
  type: string;
  seq?: number;
  time?: string;
  data?: { code?: string; message?: string; id?: string; text?: string };
};

const command = (text: string, id?: string) => ({ type: "command", data: { text, ...(id !== undefined && { id }) } });

describe("a handshake", () => {
  test("registers the socket, and tells the world of the player's own character", async () => {
    const f = await functions();
    expect(await f.connect()).toEqual({ statusCode: 200 });
    const [row] = await f.ctx.characters.ofUser(f.ana.userId);
    const characterId = row!.id;
    expect(f.inputs).toMatchObject([{ type: "connected", connectionId: "a", characterId, protocol: "legacy" }]);
    expect(await f.ctx.connections.get("a" as ConnectionId)).toMatchObject({
      userId: f.ana.userId,
      sessionId: f.ana.sessionId,
      username: "Ana",
      characterId,
      worldId: lobbyWorldId,
    });
  });

  test("answers the subprotocol that was offered among others, and no other", async () => {
    const f = await functions();
    const offered = (names: string) => ({
      headers: { Authorization: `bearer ${f.ana.token}`, "Sec-WebSocket-Protocol": names },
    });
    expect(await f.connect(offered("x, thousand-worlds.v1"))).toEqual({
      statusCode: 200,
      headers: { "Sec-WebSocket-Protocol": "thousand-worlds.v1" },
    });
    expect(await f.connect({ id: "b", ...offered("thousand-worlds.v2, THOUSAND-WORLDS.V1") })).toEqual({
      statusCode: 200,
    });
    expect(f.inputs.map((input) => "protocol" in input && input.protocol)).toEqual(["v1", "legacy"]);
  });

  test("takes the token from a header, the cookie, or where it is allowed the address", async () => {
    const f = await functions();
    const { token } = f.ana;
    expect((await f.connect({ headers: { cookie: `a=b; auth_token=${token}` } })).statusCode).toBe(200);
    expect((await f.connect({ headers: {}, query: { token } })).statusCode).toBe(200);
    const strict = await functions({ ALLOW_QUERY_TOKEN: "false" });
    expect((await strict.connect({ headers: {}, query: { token: strict.ana.token } })).statusCode).toBe(401);
    const https = await functions({ PUBLIC_URL: "https://play.example.org" });
    const cookie = `auth_token=${https.ana.token}`;
    expect((await https.connect({ headers: { cookie } })).statusCode).toBe(401);
    expect((await https.connect({ headers: { cookie: `__Host-${cookie}` } })).statusCode).toBe(200);
  });

  const refusals: [string, Handshake, number, string][] = [
    ["without a token", { headers: {} }, 401, "UNAUTHORIZED"],
    ["with a token of somebody else's making", { headers: { authorization: "Bearer x.y.z" } }, 401, "UNAUTHORIZED"],
    ["with two words for a token", { headers: { authorization: "Bearer memory-token-1 x" } }, 401, "UNAUTHORIZED"],
    [
      "from another site",
      { headers: { origin: "https://evil.example", authorization: "Bearer memory-token-1" } },
      403,
      "FORBIDDEN",
    ],
    ["from an origin that only begins as ours", { headers: { origin: `${origin}.evil.example` } }, 403, "FORBIDDEN"],
    ["from a page without an origin", { headers: { Origin: "null" } }, 403, "FORBIDDEN"],
    [
      "for a character that does not exist",
      { query: { character_id: "c0000000-0000-4000-8000-000000000009" } },
      403,
      "FORBIDDEN",
    ],
    ["for a character that is no id", { query: { character_id: "' or 1=1" } }, 403, "FORBIDDEN"],
  ];
  test.each(refusals)("%s is refused, and leaves nothing behind", async (_name, handshake, status, code) => {
    const f = await functions();
    const { statusCode, body } = await f.connect(handshake);
    expect([statusCode, JSON.parse(body!)]).toEqual([
      status,
      { error: { code, message: expect.any(String), request_id: "request of a" } },
    ]);
    expect([f.inputs, await f.ctx.connections.online(10)]).toEqual([[], []]);
  });

  test("for another player's character is refused in the words for one that does not exist", async () => {
    const f = await functions();
    const bob = await someone(f, "Bob");
    await f.connect({ id: "b", headers: { authorization: `Bearer ${bob.token}` } });
    const [bobs] = await f.ctx.characters.ofUser(bob.userId);
    const refused = await f.connect({ query: { character_id: bobs!.id } });
    expect(refused).toEqual(await f.connect({ query: { character_id: "c0000000-0000-4000-8000-000000000009" } }));
    expect(await f.ctx.connections.get("b" as ConnectionId)).not.toBeNull();
  });

  test("for one's own character is taken in any spelling of its id", async () => {
    const f = await functions();
    await f.connect();
    const [row] = await f.ctx.characters.ofUser(f.ana.userId);
    expect((await f.connect({ id: "b", query: { character_id: row!.id.toUpperCase() } })).statusCode).toBe(200);
  });

  test("of a session that ends between the check and the registration is refused, and the socket forgotten", async () => {
    const f = await functions();
    const add: typeof f.ctx.connections.add = async (connection) => {
      await f.ctx.sessions.revoke(f.ana.sessionId);
      return f.ctx.connections.add(connection);
    };
    const given = { ...f.ctx, connections: { ...f.ctx.connections, add } };
    const { statusCode, body } = await f.connect({}, given);
    expect([statusCode, body]).toEqual([401, expect.stringContaining("SESSION_EXPIRED")]);
    expect([f.inputs, await f.ctx.connections.online(10)]).toEqual([[], []]);
    expect((await f.connect()).statusCode).toBe(401);
  });

  test("that the world's stream cannot take is refused, and the socket forgotten", async () => {
    const f = await functions();
    const { statusCode, body } = await f.connect({}, streamDown(f.ctx));
    expect([statusCode, body]).toEqual([503, expect.stringContaining("UNAVAILABLE")]);
    expect(await f.ctx.connections.online(10)).toEqual([]);
  });

  test("that fails for a bug of ours says nothing of it", async () => {
    const f = await functions();
    const get = async () => Promise.reject(new TypeError("secret detail"));
    const { statusCode, body } = await f.connect({}, { ...f.ctx, auth: { ...f.ctx.auth, validate: get } });
    expect(statusCode).toBe(500);
    expect(body).not.toContain("secret");
    expect(f.lines.at(-1)).toMatchObject({ level: "error", message: "connect failed" });
  });

  test("for a character that has a socket already takes over: that one is told and closed", async () => {
    const f = await functions();
    await f.connect();
    await f.connect({ id: "b" });
    expect(f.said()).toMatchObject([
      { type: "game_message", data: { type: "system", text: expect.stringContaining("somewhere else") } },
    ]);
    expect([f.clients.isOpen("a" as ConnectionId), f.clients.isOpen("b" as ConnectionId)]).toEqual([false, true]);
    await f.disconnect(1000);
    expect(f.inputs.map(({ type }) => type)).toEqual(["connected", "connected"]);
  });

  test("takes over also where the other socket cannot be told", async () => {
    const f = await functions();
    await f.connect();
    const post = async () => Promise.reject(new AppError("UNAVAILABLE", "no gateway"));
    const given = { ...f.ctx, clients: { ...f.ctx.clients, post } };
    expect((await f.connect({ id: "b" }, given)).statusCode).toBe(200);
    expect(f.inputs).toHaveLength(2);
  });
});

describe("a frame", () => {
  test("with a command becomes an input of the world, numbered from 1", async () => {
    const f = await functions();
    await f.connect();
    for (const text of ["look", "  say <b>hi</b> "]) await f.send(command(text, "mine"));
    await f.send({ type: "command", data: { action: "tell", recipient: "Old Tom", message: "hi", quantity: null } });
    const commands = f.inputs.slice(1);
    expect(commands.map((input) => input.type === "command" && [input.number, input.text, input.commandId])).toEqual([
      [1, "look", undefined],
      [2, "  say <b>hi</b> ", undefined],
      [3, 'tell "Old Tom" hi', undefined],
    ]);
    expect(new Set(commands.map(({ id }) => id)).size).toBe(3);
    expect(f.said()).toEqual([]);
  });

  test("of thousand-worlds.v1 names its command for ever, and the name is its own character's", async () => {
    const f = await functions();
    await f.connect({
      headers: { authorization: `Bearer ${f.ana.token}`, "sec-websocket-protocol": "thousand-worlds.v1" },
    });
    for (const text of ["n", "n", "s"]) await f.send(command(text, text));
    await f.send({ type: "resume", data: { after: 7 } });
    const [row] = await f.ctx.characters.ofUser(f.ana.userId);
    expect(f.inputs.slice(1)).toMatchObject([
      { id: `${row!.id}:n`, commandId: "n", number: 1 },
      { id: `${row!.id}:s`, commandId: "s", number: 3 },
      { type: "resume", after: 7, number: 4 },
    ]);
  });

  test("with a ping is answered, in the form of its protocol, and reaches no world", async () => {
    const f = await functions();
    await f.connect();
    await f.send({ type: "ping", more: 1 });
    const v1 = { authorization: `Bearer ${f.ana.token}`, "sec-websocket-protocol": "thousand-worlds.v1" };
    await f.connect({ id: "b", headers: v1 });
    await f.send({ type: "ping" }, { id: "b" });
    expect(f.said()[0]).toEqual({ type: "pong" });
    expect(f.said("b")).toEqual([{ type: "pong", seq: 0, time: expect.stringMatching(/^2030-/) }]);
    expect(f.inputs.every(({ type }) => type === "connected")).toBe(true);
  });

  const nested = `${"[".repeat(5000)}${"]".repeat(5000)}`;
  test.each([
    ["nothing", ""],
    ["no JSON", "look"],
    ["half of it", '{"type":"command","data":'],
    ["null", "null"],
    ["a list", "[]"],
    ["depth", nested],
    ["another type", '{"type":"game_message"}'],
    ["no data", '{"type":"command"}'],
    ["a text that is none", '{"type":"command","data":{"text":7}}'],
    ["an id that is too long", JSON.stringify(command("look", "x".repeat(65)))],
    ["an empty id", JSON.stringify(command("look", ""))],
    ["a prototype", '{"type":"command","data":{"__proto__":{"text":"look"}}}'],
    ["a quantity below one", '{"type":"command","data":{"action":"n","quantity":0}}'],
    ["a resume from before the beginning", '{"type":"resume","data":{"after":-1}}'],
    ["a resume from half a frame", '{"type":"resume","data":{"after":1.5}}'],
    ["a text of too many bytes", JSON.stringify(command("é".repeat(commandTextBytesMax / 2) + "!"))],
    [
      "a structured command whose words are too long together",
      JSON.stringify({ type: "command", data: { action: "say", message: "x".repeat(commandTextBytesMax - 3) } }),
    ],
  ])("with %s is answered with an error, spends no number, and the socket stays open", async (_name, body) => {
    const f = await functions();
    await f.connect();
    expect(await f.send(body)).toEqual({ statusCode: 200 });
    expect(f.said()).toMatchObject([{ type: "error", data: { code: "INVALID_INPUT", message: expect.any(String) } }]);
    await f.send(command("look"));
    expect(f.inputs.slice(1)).toMatchObject([{ type: "command", number: 1 }]);
    expect(f.clients.isOpen("a" as ConnectionId)).toBe(true);
  });

  test("of the largest size is taken; one byte more is not", async () => {
    const f = await functions();
    await f.connect();
    await f.send(command("é".repeat(commandTextBytesMax / 2)));
    const frame = JSON.stringify({ ...command("look"), padding: "" });
    const padded = (bytes: number) => frame.replace('"padding":""', `"padding":"${"x".repeat(bytes - frame.length)}"`);
    await f.send(padded(frameInBytesMax));
    expect(f.inputs).toHaveLength(3);
    await f.send(padded(frameInBytesMax + 1));
    expect(f.inputs).toHaveLength(3);
    expect(f.said()).toMatchObject([{ data: { code: "PAYLOAD_TOO_LARGE" } }]);
  });

  test("that is binary is refused", async () => {
    const f = await functions();
    await f.connect();
    const event = { requestContext: requestContext("a"), body: "e30=", isBase64Encoded: true };
    await handleMessage(f.ctx, f.config, event);
    expect(f.said()).toMatchObject([{ data: { code: "INVALID_INPUT" } }]);
  });

  test("over the limit is refused with the command's name, and nothing happens; a moment later there is room again", async () => {
    const f = await functions({ COMMANDS_BURST: "3", COMMANDS_PER_SECOND: "10" });
    await f.connect();
    for (let i = 1; i <= 5; i++) await f.send(command("look", `c${i}`));
    expect(f.inputs).toHaveLength(4);
    expect(f.said()).toMatchObject([
      { type: "error", data: { code: "RATE_LIMITED", id: "c4" } },
      { type: "error", data: { code: "RATE_LIMITED", id: "c5" } },
    ]);
    await f.pass(100);
    await f.send(command("look"));
    expect(f.inputs.at(-1)).toMatchObject({ number: 4 });
  });

  test("of every kind counts against the limit", async () => {
    const f = await functions({ COMMANDS_BURST: "3", COMMANDS_PER_SECOND: "10" });
    await f.connect();
    await f.send("nonsense");
    await f.send({ type: "ping" });
    await f.send({ type: "resume", data: { after: 0 } });
    await f.send({ type: "ping" });
    expect(f.said().map(({ type, data }) => data?.code ?? type)).toEqual(["INVALID_INPUT", "pong", "RATE_LIMITED"]);
  });

  test("that the world's stream cannot take is answered with an error that names the command", async () => {
    const f = await functions();
    await f.connect();
    expect(await f.send(command("look", "mine"), { given: streamDown(f.ctx) })).toEqual({ statusCode: 200 });
    expect(f.said()).toMatchObject([{ type: "error", data: { code: "UNAVAILABLE", id: "mine" } }]);
    expect(JSON.stringify(f.said())).not.toContain("inside");
  });

  test("is answered with an error also where nobody knows whose it is", async () => {
    const f = await functions();
    await f.connect();
    const down = async () => Promise.reject(new AppError("UNAVAILABLE", "Try again in a moment."));
    const given = { ...f.ctx, connections: { ...f.ctx.connections, admit: down, get: down } };
    expect(await f.send(command("look"), { given })).toEqual({ statusCode: 200 });
    expect(f.said()).toMatchObject([
      { type: "error", data: { code: "UNAVAILABLE", message: "Try again in a moment." } },
    ]);
  });

  test("of a socket that is not registered closes it", async () => {
    const f = await functions();
    f.clients.open("z" as ConnectionId);
    await f.send(command("look"), { id: "z" });
    expect([f.clients.isOpen("z" as ConnectionId), f.said("z"), f.inputs]).toEqual([false, [], []]);
  });

  test("goes where the socket is bound by then, as whom it is bound to", async () => {
    const f = await functions();
    await f.connect();
    await f.send(command("look"));
    const { characterId } = (await f.ctx.connections.get("a" as ConnectionId))!;
    const to = { characterId: "other" as CharacterId, characterName: "Other", worldId: lobbyWorldId, travels: 0 };
    await f.ctx.connections.rebind("a" as ConnectionId, characterId, to);
    await f.send(command("look"));
    expect(f.inputs.at(-1)).toMatchObject({ characterId: "other", number: 2 });
  });
});

describe("a farewell", () => {
  test.each([
    ["legacy", 1000, false],
    ["legacy", 1006, false],
    ["thousand-worlds.v1", 1000, false],
    ["thousand-worlds.v1", 1001, true],
    ["thousand-worlds.v1", 1006, true],
    ["thousand-worlds.v1", 1009, true],
    ["thousand-worlds.v1", undefined, true],
  ])("of %s with code %j may be followed by a return: %j", async (protocol, code, mayReturn) => {
    const f = await functions();
    await f.connect({ headers: { authorization: `Bearer ${f.ana.token}`, "sec-websocket-protocol": protocol } });
    expect(await f.disconnect(code)).toEqual({ statusCode: 200 });
    expect(f.inputs.at(-1)).toMatchObject({ type: "disconnected", connectionId: "a", mayReturn });
    expect(await f.ctx.connections.get("a" as ConnectionId)).toBeNull();
  });

  test("that is reported twice, or of a socket that never was, is told to no world", async () => {
    const f = await functions();
    await f.connect();
    for (const id of ["a", "a", "never"]) await f.disconnect(1006, id);
    expect(f.inputs.map(({ type }) => type)).toEqual(["connected", "disconnected"]);
  });
});

function streamDown<Ctx extends Awaited<ReturnType<typeof functions>>["ctx"]>(ctx: Ctx): Ctx {
  const cause = new Error("inside");
  const append = async () => Promise.reject(new AppError("UNAVAILABLE", "This world cannot be reached.", { cause }));
  return { ...ctx, inputs: { ...ctx.inputs, append } };
}
