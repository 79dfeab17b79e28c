import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lobbyWorldId, valleyWorldId } from "#core/lib/ids.ts";
import { createCharacterResponse } from "#core/protocol/character.ts";
import { errorBody } from "#core/protocol/error-body.ts";
import { ticketResponse } from "#core/protocol/ticket.ts";
import { type Backend, startTestBackend } from "#tests/support/dev.ts";
import { errorFrame, message, summary } from "#tests/support/frames.ts";
import { type Account, call, login, newAccount } from "#tests/support/rest.ts";
import { connect, greeted, here, newPlayer, type Player, subprotocol } from "#tests/support/player.ts";
import { expectNoSecretsIn, keepSecret } from "#tests/support/secrets.ts";
import { HandshakeRefused, wsClient } from "#tests/support/ws-client.ts";

let backend: Backend;
let ann: Account;
let bob: Account;
beforeAll(async () => {
  backend = await startTestBackend();
  ann = await newAccount(backend.url, "SockAnn");
  bob = await newAccount(backend.url, "SockBob");
});
afterAll(() => backend[Symbol.asyncDispose]());

describe("a handshake", () => {
  const bearer = ({ token }: Account) => ({ authorization: `Bearer ${token}` });
  const path = "/api/game/ws";

  /** Status and code of the refusal. */
  async function refused(query: string, headers: Record<string, string>, at = path) {
    const error: unknown = await wsClient(`${backend.url}${at}${query}`, { headers }).catch(
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof HandshakeRefused)) throw new Error("it was not refused", { cause: error });
    return { status: error.status, code: errorBody.strict().parse(JSON.parse(error.body)).error.code };
  }

  test.each<[string, string, () => Record<string, string>, { status: number; code: string }]>([
    ["no token", "", () => ({}), { status: 401, code: "UNAUTHORIZED" }],
    ["a token that is none", "", () => ({ authorization: "Bearer garbage" }), { status: 401, code: "UNAUTHORIZED" }],
    ["a cookie that is none", "", () => ({ cookie: "auth_token=garbage" }), { status: 401, code: "UNAUTHORIZED" }],
    ["a token in the address that is none", "?token=garbage", () => ({}), { status: 401, code: "UNAUTHORIZED" }],
    [
      "another site's origin",
      "",
      () => ({ ...bearer(ann), origin: "https://evil.example" }),
      { status: 403, code: "FORBIDDEN" },
    ],
    ["the origin of nobody", "", () => ({ ...bearer(ann), origin: "null" }), { status: 403, code: "FORBIDDEN" }],
    [
      "an origin on another port",
      "",
      () => ({ ...bearer(ann), origin: "http://localhost:1" }),
      { status: 403, code: "FORBIDDEN" },
    ],
    ["a character id that is none", "?character_id=..%2F", () => bearer(ann), { status: 403, code: "FORBIDDEN" }],
    [
      "a character that is not there",
      "?character_id=99999999-9999-4999-8999-999999999999",
      () => bearer(ann),
      { status: 403, code: "FORBIDDEN" },
    ],
  ])("with %s is refused", async (_what, query, headers, expected) => {
    expect(await refused(query, headers())).toEqual(expected);
  });

  test("for somebody else's character is refused in the same words as for one that is not there", async () => {
    const made = await call(backend.url, "POST", "/api/game/characters", {
      token: bob.token,
      body: { world_id: valleyWorldId, name: "Bob's own", species: "Human" },
    });
    const { character } = createCharacterResponse.parse(made.json());
    const query = `?character_id=${character.character_id}`;
    expect(await refused(query, bearer(ann))).toEqual({ status: 403, code: "FORBIDDEN" });
    const own = await here(
      connect(backend.url, bob, { characterId: character.character_id.toUpperCase() }),
      "Hearthvale",
    );
    await own.ask("look me", message("info", /^You are Bob's own, a human\./u));
  });

  test("after the session has ended is refused", async () => {
    const token = await login(backend.url, ann);
    await call(backend.url, "POST", "/api/auth/logout", { token });
    expect(await refused("", { authorization: `Bearer ${token}` })).toEqual({ status: 401, code: "SESSION_EXPIRED" });
  });

  test("takes a cookie, with the origin of the existing client or none, and a token in the address while developing", async () => {
    for (const [query, headers] of [
      ["", { cookie: `auth_token=${ann.token}`, origin: "http://localhost:5173" }],
      ["", { cookie: `auth_token=${ann.token}` }],
      [`?token=${ann.token}`, { origin: backend.url.replace("127.0.0.1", "localhost") }],
    ] as const) {
      using client = await wsClient(`${backend.url}${path}${query}`, { headers });
      expect(JSON.parse(await client.next())).toMatchObject({ type: "state_update" });
    }
  });

  test("takes a ticket as a browser can bring it, once, and no cookie in its stead", async () => {
    const headers = { origin: "http://localhost:5173" };
    const issued = await call(backend.url, "POST", "/api/game/ws-ticket", { token: ann.token, headers });
    expect(issued.status).toBe(201);
    const { ticket, expires_in: expiresIn } = ticketResponse.strict().parse(issued.json());
    expect(expiresIn).toBe(30);
    const protocols = [subprotocol, `ticket.${keepSecret(ticket)}`];
    const withCookie = { headers: { ...headers, cookie: `auth_token=${ann.token}` } };
    using client = await wsClient(`${backend.url}${path}`, { headers, protocols });
    expect(client.ws.protocol).toBe(subprotocol);
    expect(JSON.parse((await client.next()).split("\n")[0]!)).toMatchObject({ seq: expect.any(Number) });
    await expect(wsClient(`${backend.url}${path}`, { ...withCookie, protocols })).rejects.toMatchObject({
      status: 401,
    });
    expect(await refused(`?ticket=${ticket}`, withCookie.headers)).toEqual({ status: 401, code: "UNAUTHORIZED" });
  });

  test("elsewhere finds nothing", async () => {
    await expect(wsClient(`${backend.url}/ws`, { headers: bearer(ann) })).rejects.toMatchObject({ status: 404 });
  });
});

describe("logging out", () => {
  test("closes the session's sockets within a second, and what they say then does nothing", async () => {
    const witness = await here(newPlayer(backend.url, "OutWitness"));
    const token = await login(backend.url, ann);
    const leaver = await here(connect(backend.url, { ...ann, token }));
    const other = await here(connect(backend.url, bob));
    await witness.next(message("arrival", /^SockBob/u));

    const startedMs = performance.now();
    await call(backend.url, "POST", "/api/auth/logout", { token });
    leaver.say("say I am still here");
    await leaver.closed;
    expect(performance.now() - startedMs).toBeLessThan(1000);
    await witness.next(message("departure", "SockAnn leaves."));
    expect((await witness.settled()).map(summary)).toEqual([]);
    await other.ask("say but I am", message("speech_self"));
  });
});

describe("a connection's commands", () => {
  test("are limited to forty at once, those above refused and not run, and all the others run in order", async () => {
    const witness = await here(newPlayer(backend.url, "BurstWitness"));
    const burster = await here(newPlayer(backend.url, "Burster", { v1: true }));
    await witness.next(message("arrival"));
    const sent = Array.from({ length: 160 }, (_, index) => index + 1);
    const startedMs = performance.now();
    for (const n of sent) burster.say(`say number ${n}`, `n-${n}`);
    const limited: number[] = [];
    const run: number[] = [];
    while (limited.length + run.length < sent.length) {
      const frame = (
        await burster.until((each) => errorFrame("RATE_LIMITED")(each) || message("speech_self")(each))
      ).at(-1)!;
      if (frame.type === "error") limited.push(Number(frame.data.id!.slice(2)));
      else run.push(Number(/\d+/u.exec(summary(frame))![0]));
    }
    const tookS = (performance.now() - startedMs) / 1000;
    // The fortieth, or the one before it: turning the guide off was one, and may have been given back by now.
    expect(run.slice(0, 39)).toEqual(sent.slice(0, 39));
    expect(run).toEqual(run.toSorted((a, b) => a - b));
    expect([...run, ...limited].toSorted((a, b) => a - b)).toEqual(sent);
    // Twenty a second come back meanwhile: where all is slow, that is enough for everything.
    expect(run.length).toBeLessThanOrEqual(41 + 20 * tookS);

    const isHeard = await heardAtLast(burster);
    expect(isHeard).toBe(true);
    await witness.next(message("speech", /at last/u));
    const heard = witness.frames
      .filter((frame) => message("speech", /number/u)(frame))
      .map((frame) => Number(/\d+/u.exec(summary(frame))![0]));
    expect(heard).toEqual(run);
  });

  /** Tokens flow back: asks until one is there. */
  async function heardAtLast(player: Player): Promise<boolean> {
    for (let tries = 0; tries < 1000; tries++) {
      player.say("say at last");
      const [answer] = (
        await player.until((frame) => errorFrame("RATE_LIMITED")(frame) || message("speech_self", /at last/u)(frame))
      ).slice(-1);
      if (answer?.type !== "error") return true;
    }
    return false;
  }

  const command = (data: unknown) => ({ type: "command", data });
  test.each<[string, unknown, "INVALID_INPUT" | "PAYLOAD_TOO_LARGE"]>([
    ["no JSON", "look", "INVALID_INPUT"],
    ["nothing", "", "INVALID_INPUT"],
    ["null", "null", "INVALID_INPUT"],
    ["a list", [], "INVALID_INPUT"],
    ["an unknown type", { type: "teleport", data: {} }, "INVALID_INPUT"],
    ["a type of the other direction", { type: "state_update", data: {} }, "INVALID_INPUT"],
    ["a command without words", command({}), "INVALID_INPUT"],
    ["a command of numbers", command({ text: 7 }), "INVALID_INPUT"],
    ["a resume from before the beginning", { type: "resume", data: { after: -1 } }, "INVALID_INPUT"],
    ["a command whose name is too long", command({ text: "look", id: "x".repeat(65) }), "INVALID_INPUT"],
    ["1,025 bytes of words", command({ text: `say ${"x".repeat(1021)}` }), "INVALID_INPUT"],
    ["1,026 bytes in 515 letters", command({ text: `say ${"é".repeat(511)}` }), "INVALID_INPUT"],
    ["a thousand levels of nothing", `${"[".repeat(10_000)}${"]".repeat(10_000)}`, "INVALID_INPUT"],
    ["a whole frame of words", command({ text: "x".repeat(32 * 1024 - 44) }), "INVALID_INPUT"],
  ])("of %s are refused, and the socket stays open", async (_what, frame, code) => {
    using player = await connect(backend.url, bob);
    await greeted(player);
    player.send(frame);
    const { data } = await player.next(errorFrame(code));
    expect(data.message).not.toBe("");
    await player.ask("say still here", message("speech_self"));
  });

  test("in a binary frame are refused, and the socket stays open", async () => {
    using client = await wsClient(`${backend.url}/api/game/ws`, { headers: { authorization: `Bearer ${bob.token}` } });
    await client.take(3);
    client.send(Buffer.from(JSON.stringify(command({ text: "say bytes" }))));
    expect(JSON.parse(await client.next())).toMatchObject({ type: "error", data: { code: "INVALID_INPUT" } });
    client.send(JSON.stringify(command({ text: "say words" })));
    expect(JSON.parse(await client.next())).toMatchObject({ data: { type: "speech_self" } });
  });

  test("of 1,024 bytes are run, the control characters dropped", async () => {
    const player = await here(connect(backend.url, bob));
    const text = `say \u0000\u001b\u202e\u200b${"x".repeat(1011)}`;
    expect(Buffer.byteLength(text)).toBe(1024 - 1);
    const { data } = await player.ask(text, message("speech_self"));
    expect(data.metadata).toMatchObject({ message: "x".repeat(1011) });
  });

  test("in a frame above 32 KiB close the socket with 1009", async () => {
    const witness = await here(newPlayer(backend.url, "LargeWitness"));
    const player = await here(connect(backend.url, bob));
    await witness.next(message("arrival"));
    player.say("x".repeat(32 * 1024));
    expect(await player.closed).toMatchObject({ code: 1009 });
    await witness.next(message("departure", "SockBob leaves."));
  });

  test("are shown without markup, wherever it was hidden", async () => {
    const witness = await here(newPlayer(backend.url, "MarkWitness"));
    const player = await here(connect(backend.url, bob));
    await witness.next(message("arrival"));
    player.say("say <script>alert(1)</script> & \u003cimg onerror=x\u003e");
    await witness.next(message("speech", 'SockBob says: "‹script›alert(1)‹/script› & ‹img onerror=x›"'));
    player.say('look <b onclick="x">');
    await player.next(message("error", 'You see no "‹b onclick="x"›" here.'));
    player.say("<blink>");
    await player.next(message("error", /^There is no command "‹blink›"\./u));
  });
});

test("the lobby is where everyone without a character is", async () => {
  const player = await here(connect(backend.url, ann));
  expect(player.frames[1]).toMatchObject({ data: { metadata: { world_id: lobbyWorldId } } });
});

test("nothing that is nobody else's business was logged", () => {
  expectNoSecretsIn(backend.output());
});
