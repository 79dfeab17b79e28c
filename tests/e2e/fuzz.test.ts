import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { errorBody } from "#core/protocol/error-body.ts";
import { charactersResponse, createCharacterResponse } from "#core/protocol/character.ts";
import { lobbyWorldId, sphereWorldId, valleyWorldId } from "#core/lib/ids.ts";
import { rng, type Rng } from "#core/sim/rng.ts";
import { type BackendProcess, startBackendProcess, temporaryDirectory } from "#tests/support/dev.ts";
import { message, shown } from "#tests/support/frames.ts";
import { hostileFrame, hostileRequest, hostileText, pick } from "#tests/support/hostile.ts";
import { connect, greeted, newPlayer, type Player, SocketClosed } from "#tests/support/player.ts";
import { rawHttp } from "#tests/support/raw-http.ts";
import { type Account, call, newAccount } from "#tests/support/rest.ts";
import { seed } from "#tests/support/seed.ts";
import { expectNoSecretsIn, keepSecret } from "#tests/support/secrets.ts";

let home: Awaited<ReturnType<typeof temporaryDirectory>>;
let backend: BackendProcess;
let bystander: Player;
beforeAll(async () => {
  home = await temporaryDirectory();
  // Limits would keep most of this away from what is to be tried.
  const unlimited = {
    COMMANDS_BURST: "100000",
    LOGIN_PER_ACCOUNT_PER_MINUTE: "100000",
    WRITES_PER_USER_PER_MINUTE: "100000",
  };
  backend = await startBackendProcess({ dataDir: home.path, env: unlimited });
  bystander = await newPlayer(backend.url, "Bystander");
  await greeted(bystander);
});
afterAll(async () => {
  await backend[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

/** Somebody who came in peace still plays, and still sees a new friend come, speak and go. */
async function expectPeace(): Promise<void> {
  bystander.say("lobby");
  await bystander.settled();
  const name = `Friend${++friends}`;
  using friend = await newPlayer(backend.url, name);
  await greeted(friend);
  await bystander.next(message("arrival", `${name} appears in the lobby.`));
  await friend.ask("say is everything all right?", message("speech_self"));
  await bystander.next(message("speech", `${name} says: "is everything all right?"`));
  const secret = keepSecret(`quite-all-right-${friends}`);
  await bystander.ask(`reply ${secret}`, message("error"));
  await bystander.ask(`tell ${name} ${secret}`, message("tell_self"));
  await friend.next(message("tell", `Bystander tells you: "${secret}"`));
  await friend.close();
  await bystander.next(message("departure", `${name} leaves.`));
  expect((await call(backend.url, "GET", "/health")).text).toBe("OK");
}
let friends = 0;

describe(`with hostile input (E2E_SEED=${seed})`, () => {
  test("of thousands of frames over several sockets, every answer keeps the contract and others play on", async () => {
    const attackers = await Promise.all([1, 2, 3, 4].map((n) => newAccount(backend.url, `Attacker${n}`)));
    await Promise.all(
      attackers.map((account, index) => attack(account, index % 2 === 0, rng(seed, "frames", index), framesPerSocket)),
    );
    await expectPeace();
  });
  const framesPerSocket = 1500;
  /** Between two looks at whether everything is still answered. */
  const framesAtOnce = 100;

  /** Whatever closes the socket, it is opened again. The player checks every frame that comes. */
  async function attack(account: Account, v1: boolean, random: Rng, count: number): Promise<void> {
    for (let sent = 0; sent < count;) {
      using player = await connect(backend.url, account, { v1 });
      try {
        for (; sent < count; sent += framesAtOnce) {
          for (let n = 0; n < framesAtOnce; n++) player.send(hostileFrame(random));
          await player.settled();
        }
      } catch (error) {
        if (!(error instanceof SocketClosed)) throw error;
        sent += framesAtOnce;
      }
    }
  }

  test("that is no text, too large or broken in the middle of a letter, only the sender's socket closes", async () => {
    const account = await newAccount(backend.url, "Breaker");
    const cases: readonly (readonly [payload: Buffer, binary: boolean, code: number | null])[] = [
      [Buffer.from([0xc3, 0x28]), false, 1007],
      [Buffer.from("x".repeat(32 * 1024 + 1)), false, 1009],
      [Buffer.from("x".repeat(1024 * 1024)), false, 1009],
      [Buffer.from([0, 1, 2, 255]), true, null],
    ];
    for (const [payload, binary, code] of cases) {
      using player = await connect(backend.url, account);
      await greeted(player);
      player.sendBytes(payload, { binary });
      if (code === null) await player.settled();
      else expect(await player.closed).toMatchObject({ code });
    }
    await expectPeace();
  });

  test("in requests, nothing is answered with a fault of ours, and every refusal has its form", async () => {
    const account = await newAccount(backend.url, "Requester");
    const random = rng(seed, "requests");
    const statuses = new Map<number, number>();
    for (let n = 0; n < requests; n++) {
      const { method, path, headers, body } = hostileRequest(random, routes(account));
      const hasBody = body !== undefined && !["GET", "HEAD"].includes(method);
      const authorization = random.int(4) > 0 ? { token: account.token } : {};
      const answer = await call(backend.url, method, path, {
        ...authorization,
        headers: ascii(headers),
        ...(hasBody && { body }),
      });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      expect(answer.status, `${method} ${path} ${JSON.stringify(headers)} ${body}`).toBeLessThan(500);
      if (answer.status >= 400 && method !== "HEAD") {
        const { error } = errorBody.strict().parse(answer.json());
        for (const text of [error.message, ...(error.details ?? []).flatMap((each) => [each.path, each.message])]) {
          expect(shown.safeParse(text).error, text).toBeUndefined();
        }
      }
    }
    // It was looked at, and not all of it turned away at the door.
    expect([...statuses.keys()].toSorted((a, b) => a - b)).toEqual(expect.arrayContaining([200, 400, 401, 404]));
    await expectPeace();
  });
  const requests = 1000;

  test("that is hardly HTTP, the server answers or hangs up, and serves the next", async () => {
    const random = rng(seed, "raw");
    for (let n = 0; n < 100; n++) {
      const { status } = await rawHttp(backend.url, hardlyHttp(random));
      expect([0, 100, 200, 204, 400, 401, 403, 404, 405, 411, 413, 415, 426, 431]).toContain(status);
    }
    await expectPeace();
  });

  test("in names and descriptions, everyone is shown plain text", async () => {
    const random = rng(seed, "names");
    let born = 0;
    for (let n = 0; n < 12; n++) {
      const account = await newAccount(backend.url, `Named${n}`);
      const name = `${hostileText(random, 2)} ${pick(random, ["Ida", "<b>Ida</b>", "Ида", "🦊1"])}`;
      const body = {
        world_id: pick(random, [sphereWorldId, valleyWorldId]),
        name,
        species: "human",
        appearance: hostileText(random, 20),
        description: hostileText(random, 20),
        occupation: hostileText(random, 3),
      };
      const made = await call(backend.url, "POST", "/api/game/characters", { token: account.token, body });
      expect([201, 400]).toContain(made.status);
      if (made.status !== 201) continue;
      born++;
      const { character } = createCharacterResponse.parse(made.json());
      const list = await call(backend.url, "GET", "/api/game/characters", { token: account.token });
      const [stored] = charactersResponse.parse(list.json()).characters;
      for (const text of [stored!.name, stored!.species, stored!.appearance, stored!.description, stored!.occupation]) {
        expect(shown.safeParse(text ?? "").error).toBeUndefined();
      }
      using player = await connect(backend.url, account, { characterId: character.character_id });
      await greeted(player, null);
      for (const line of ["look me", "who", "enter Hearthvale", "enter Verdance", "lobby", "say hello", ":waves"])
        player.say(line);
      await player.settled();
      bystander.say("who");
      bystander.say(`look ${name}`);
      await bystander.settled();
    }
    expect(born).toBeGreaterThan(0);
    await expectPeace();
  });

  test("the log has neither a fault of ours nor anything that is nobody else's business", async () => {
    const lines = backend.stderr().trimEnd().split("\n");
    const levels = lines.map((line) => (JSON.parse(line) as { level: string }).level);
    expect(lines.filter((_, index) => ["error", "fatal"].includes(levels[index]!))).toEqual([]);
    expect(levels).toContain("info");
    await backend.stop();
    expectNoSecretsIn(backend.output());
  });
});

const routes = ({ username }: Account): Parameters<typeof hostileRequest>[1] => [
  ["POST", "/api/auth/register", { email: `${username}@fuzz.example`, username, password: "x" }],
  ["POST", "/api/auth/login", { email: `${username}@fuzz.example`, password: "not the right one" }],
  ["GET", "/api/auth/me"],
  ["GET", "/api/game/characters"],
  ["POST", "/api/game/characters", { world_id: sphereWorldId, name: "Fuzz", species: "Elf", attributes: { Might: 1 } }],
  ["POST", "/api/game/characters", { world_id: valleyWorldId, name: "Fuzz", role: "watcher", appearance: "none" }],
  ["POST", "/api/game/join", { character_id: lobbyWorldId }],
  ["GET", `/api/game/entry-options?world_id=${valleyWorldId}`],
  ["GET", `/api/game/skills?character_id=${valleyWorldId}`],
  ["GET", "/api/game/worlds"],
  ["GET", `/api/game/worlds/${lobbyWorldId}`],
  ["GET", "/api/openapi.json"],
  ["GET", "/health/ready"],
];

/** What fetch agrees to send. */
function ascii(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replaceAll(/[^ -~]/gu, "?")]));
}

function hardlyHttp(random: Rng): Buffer {
  const method = pick(random, ["GET", "POST", "HEAD", "TRACE", "PROPFIND", "get", "", "\u0000", "OPTIONS"]);
  const path = pick(random, [
    "/api/auth/me",
    "/health",
    "*",
    "//",
    "/%ff%00",
    "/api/../health",
    "http://x/health",
    "/\u00e9",
    "",
    "/?a=%zz",
  ]);
  const host = pick(random, ["localhost", "1.2.3.999", "a b", "xn--", "[::1]", "[:::]", "", "..", "localhost:99999"]);
  const headers = Array.from({ length: random.int(4) }, () =>
    pick(random, [
      "Content-Length: 5",
      "Content-Length: -1",
      "Transfer-Encoding: chunked",
      "Transfer-Encoding: gzip",
      "Connection: upgrade\r\nUpgrade: websocket",
      "Connection: upgrade\r\nUpgrade: h2c",
      "Expect: 100-continue",
      "Cookie: auth_token=\u00e9\u0001",
      "Authorization: Bearer \u00ff",
      `X-Long: ${"x".repeat(random.int(20_000))}`,
      "Bad Header: x",
      "X-Forwarded-For: <script>, ::::",
    ]),
  );
  const body = pick(random, ["", "{}", "5\r\nhello\r\n0\r\n\r\n", "zz\r\n", "\u0000\u0000"]);
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${headers.map((each) => `${each}\r\n`).join("")}\r\n${body}`,
    "latin1",
  );
}
