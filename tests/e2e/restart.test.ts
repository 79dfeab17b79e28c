import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { charactersResponse } from "#core/protocol/character.ts";
import { lobbyWorldId, sphereWorldId, valleyWorldId } from "#core/lib/ids.ts";
import { rng } from "#core/sim/rng.ts";
import { type Bot, newBot, type Place, play } from "#tests/support/bot.ts";
import {
  type BackendProcess,
  failedStart,
  freePort,
  startBackendProcess,
  temporaryDirectory,
} from "#tests/support/dev.ts";
import { errorFrame, message, stateUpdateFrame } from "#tests/support/frames.ts";
import { connect, greeted, newPlayer } from "#tests/support/player.ts";
import { type Account, call, newAccount, refusal } from "#tests/support/rest.ts";
import { expectNoSecretsIn, keepSecret } from "#tests/support/secrets.ts";
import { seed } from "#tests/support/seed.ts";
import { storyOf, type Told } from "#tests/support/story.ts";
import { wsClient } from "#tests/support/ws-client.ts";

let home: Awaited<ReturnType<typeof temporaryDirectory>>;
let port: number;
beforeAll(async () => {
  home = await temporaryDirectory();
  port = await freePort();
});
afterAll(() => home[Symbol.asyncDispose]());

const start = (env: Record<string, string> = {}) => startBackendProcess({ dataDir: home.path, port, env });

describe(`a backend that is killed again and again (E2E_SEED=${seed})`, () => {
  const rounds = 3;
  const unlimited = { COMMANDS_BURST: "100000", COMMANDS_PER_SECOND: "10000" };
  const worlds = [lobbyWorldId, valleyWorldId, sphereWorldId] as readonly string[];

  test("has everyone where he was told, does nothing twice, and logs nobody out", { timeout: 240_000 }, async () => {
    const moments = rng(seed, "moments");
    const outputs: string[] = [];
    let bots: Bot[] = [];
    const leavers: Leaver[] = [];
    let quiet: Quiet | undefined;
    for (let round = 0; round < rounds; round++) {
      await using backend = await start(unlimited);
      if (round === 0) {
        const names = ["BotAda", "BotBen", "BotCleo"];
        bots = await Promise.all(names.map((name) => newBot(backend.url, name, rng(seed, "bot", name))));
      } else {
        for (const bot of bots) await expectAsTold(backend, bot);
      }
      quiet ??= await quietPlayer(backend);
      if (leavers.length === 0) for (const name of ["LeaverA", "LeaverB"]) leavers.push(await leaver(backend, name));
      await killAfterFrames(backend, bots, 60 + moments.int(400));
      outputs.push(backend.output());
    }

    await using last = await start(unlimited);
    for (const bot of bots) await expectAsTold(last, bot);
    await expectNoSilentHole(last, quiet!);
    for (const each of leavers) await expectStillThere(last, each);
    await last.stop();
    outputs.push(last.output());

    const story = await storyOf(home.path);
    expectWhole(story);
    for (const bot of bots) expectKept(story, bot);
    expectNoSecretsIn(outputs.join(""));
    expectCalm(outputs.join(""));

    await using again = await start();
    for (const bot of bots) {
      const [character] = await charactersOf(again, bot);
      expect(placeOf(character!)).toEqual(placesOf(story, character!.character_id).at(-1));
    }
    await again.stop();
  });

  async function killAfterFrames(backend: BackendProcess, bots: readonly Bot[], frames: number): Promise<void> {
    const moment = Promise.withResolvers<void>();
    let left = frames;
    const playing = bots.map((bot) => play(backend.url, bot, () => void (--left === 0 && moment.resolve())));
    await Promise.race([moment.promise, Promise.all(playing)]);
    expect(left).toBeLessThanOrEqual(0);
    await backend.kill();
    await Promise.all(playing);
  }

  /** What can be told from outside, right after a start. */
  async function expectAsTold(backend: BackendProcess, bot: Bot): Promise<void> {
    const { token, userId, username, email } = bot.account;
    const me = await call(backend.url, "GET", "/api/auth/me", { token });
    expect(me.status).toBe(200);
    expect(me.json()).toMatchObject({ user_id: userId, username, email });
    expect([null, valleyWorldId, sphereWorldId]).toContain(
      (me.json() as { last_world_id: string | null }).last_world_id,
    );
    const characters = await charactersOf(backend, bot);
    expect(characters).toMatchObject([{ user_id: userId, name: username }]);
    expect(worlds).toContain(characters[0]!.world_id);
    if (bot.underWay.length === 0) expect(placeOf(characters[0]!)).toEqual(bot.told.at(-1));
  }

  /** A player who has been told three things, which is no more than what a new process has soon told him too. */
  async function quietPlayer(backend: BackendProcess): Promise<Quiet> {
    using player = await newPlayer(backend.url, "Quiet", { v1: true });
    await greeted(player);
    return { account: player.account, lastSeq: player.frames.at(-1)!.seq! };
  }

  async function expectNoSilentHole(backend: BackendProcess, { account, lastSeq }: Quiet): Promise<void> {
    using talking = await newPlayer(backend.url, "Talking");
    await greeted(talking);
    using back = await connect(backend.url, account, { v1: true });
    for (let n = 0; n < 6; n++) await talking.ask(`say ${n}`, message("speech_self"));
    back.send({ type: "resume", data: { after: lastSeq } });
    await back.next(errorFrame("RESUME_EXPIRED"));
    await greeted(back);
  }

  /** Somebody who goes out by the west portal, and a step on from there. */
  async function leaver(backend: BackendProcess, name: string): Promise<Leaver> {
    using player = await newPlayer(backend.url, name);
    await greeted(player);
    player.say("enter west");
    await greeted(player, "Verdance");
    player.say("north");
    const { position } = (await player.next(stateUpdateFrame)).data;
    await expectLastWorld(backend, player.account);
    return { account: player.account, position };
  }

  async function expectStillThere(backend: BackendProcess, { account, position }: Leaver): Promise<void> {
    await expectLastWorld(backend, account);
    using player = await connect(backend.url, account);
    expect((await player.next(stateUpdateFrame)).data.position).toEqual(position);
    await greeted(player, "Verdance");
  }

  async function expectLastWorld({ url }: BackendProcess, { token }: Account): Promise<void> {
    const me = await call(url, "GET", "/api/auth/me", { token });
    expect(me.json()).toMatchObject({ last_world_id: sphereWorldId });
  }

  /** Every stream without gaps, every input and every command applied once, every character in one world at a time. */
  function expectWhole(story: readonly Told[]): void {
    for (const [, events] of Map.groupBy(story, ({ worldId }) => worldId)) {
      expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
    }
    const deeds = story.filter(({ event }) => ["moved", "spoke", "departed", "turned"].includes(event.type));
    const named = deeds.flatMap(({ metadata, event }) =>
      metadata.commandId === undefined ? [] : [`${metadata.actorId} ${metadata.commandId} ${event.type}`],
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name, index) => named.indexOf(name) !== index)).toEqual([]);
    const present = new Map<string, string>();
    for (const { event, worldId } of story) {
      if (event.type === "entered" || event.type === "arrived") {
        expect(present.get(event.body.id) ?? "nowhere").toBe("nowhere");
        present.set(event.body.id, worldId);
      }
      if (event.type === "left" || event.type === "departed") {
        expect(present.get(event.characterId)).toBe(worldId);
        present.delete(event.characterId);
      }
    }
  }

  function expectKept(story: readonly Told[], bot: Bot): void {
    const spoken = story.flatMap(({ event }) => (event.type === "spoke" ? [event.text] : []));
    const lines = spoken.filter((text) => text.startsWith(`${bot.account.username} line`));
    expect(bot.confirmed.length).toBeGreaterThan(rounds);
    expect(lines.filter((line) => bot.confirmed.includes(line))).toEqual(bot.confirmed);
    expect(new Set(lines).size).toBe(lines.length);

    const entered = story.find(({ event }) => event.type === "entered" && event.body.userId === bot.account.userId)!;
    const id = entered.event.type === "entered" ? entered.event.body.id : "";
    expectInOrder(bot.told, placesOf(story, id));
  }
});

describe("in production", () => {
  let backend: BackendProcess;
  beforeAll(async () => {
    backend = await start({
      NODE_ENV: "production",
      TOKEN_SECRET: keepSecret("a secret of more than 32 bytes, for one test"),
    });
  });
  afterAll(() => backend[Symbol.asyncDispose]());

  test("too many accounts and too many tries from one place are refused, loopback or not", async () => {
    const limited = { status: 429, code: "RATE_LIMITED" };
    const someone = await newAccount(backend.url, "ProdAnn");
    for (let n = 2; n <= 5; n++) await newAccount(backend.url, `ProdAnn${n}`);
    const body = { email: "sixth@e2e.example", username: "ProdAnn6", password: "correct horse" };
    const sixth = await call(backend.url, "POST", "/api/auth/register", { body });
    expect(refusal(sixth)).toEqual(limited);
    expect(Number(sixth.headers.get("retry-after"))).toBeGreaterThan(60);
    expect(Number(sixth.headers.get("retry-after"))).toBeLessThanOrEqual(720);

    const wrong = { email: someone.email, password: "not this one" };
    // One of five a minute went into logging in.
    for (let n = 2; n <= 5; n++) {
      expect(refusal(await call(backend.url, "POST", "/api/auth/login", { body: wrong })).status).toBe(401);
    }
    const right = await call(backend.url, "POST", "/api/auth/login", {
      body: { ...wrong, password: someone.password },
    });
    expect(refusal(right)).toEqual(limited);
    expect(Number(right.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(right.headers.get("retry-after"))).toBeLessThanOrEqual(12);
    // Who is in stays in.
    expect((await call(backend.url, "GET", "/api/auth/me", { token: someone.token })).status).toBe(200);
    await expect(wsClient(`${backend.url}/api/game/ws?token=${someone.token}`)).rejects.toMatchObject({ status: 401 });
  });

  test("only the public origin may open sockets", async () => {
    const headers = (origin: string) => ({ headers: { origin, authorization: "Bearer garbage" } });
    const socket = `${backend.url}/api/game/ws`;
    await expect(wsClient(socket, headers("http://localhost:5173"))).rejects.toMatchObject({ status: 403 });
    await expect(wsClient(socket, headers(`http://localhost:${port}`))).rejects.toMatchObject({ status: 401 });
  });

  test("a second start on the same directory is refused with one line that says who has it", async () => {
    const { code, stderr } = await failedStart({ DATA_DIR: home.path, PORT: "0" });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The data directory \S+ is in use by process \d+\.\n$/u);
    expect((await call(backend.url, "GET", "/health")).text).toBe("OK");
  });

  test("a start on a port that is taken is refused with one line, and leaves its directory free", async () => {
    await using other = await temporaryDirectory();
    const { code, stderr } = await failedStart({ DATA_DIR: other.path, PORT: String(port), LOG_LEVEL: "warn" });
    expect(code).toBe(1);
    expect(stderr).toBe(`Cannot listen on port ${port} of 127.0.0.1: it is in use already.\n`);
  });

  test("it stops when asked, and has logged nothing that is nobody else's business", async () => {
    await backend.stop();
    expectNoSecretsIn(backend.output());
    expectCalm(backend.output());
  });
});

describe("a start with a bad environment", () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ["a port that is none", { PORT: "eighty" }, /^PORT: must be a whole number from 0 to 65535\n$/u],
    ["a level that is none", { LOG_LEVEL: "loud" }, /^LOG_LEVEL: must be one of debug, .*\n$/u],
    [
      "a production without a secret",
      { NODE_ENV: "production" },
      /^TOKEN_SECRET: must be set when NODE_ENV=production; .*\n$/u,
    ],
    ["a secret that is too short", { TOKEN_SECRET: "short" }, /^TOKEN_SECRET: must have at least 32 bytes; .*\n$/u],
    [
      "a directory that is a file",
      { DATA_DIR: "package.json" },
      /^The data directory \S+ cannot be used \(EEXIST\)\.\n$/u,
    ],
  ])("of %s ends with one line that names it", async (_what, env, line) => {
    const { code, stderr } = await failedStart({ DATA_DIR: home.path, ...env });
    expect(code).toBe(1);
    expect(stderr).toMatch(line);
  });
});

type Quiet = { readonly account: Account; readonly lastSeq: number };
type Leaver = { readonly account: Account; readonly position: { x: number; y: number; z: number } };
type Character = ReturnType<typeof charactersResponse.parse>["characters"][number];

async function charactersOf({ url }: BackendProcess, { account: { token } }: Bot): Promise<Character[]> {
  const answer = await call(url, "GET", "/api/game/characters", { token });
  return charactersResponse.parse(answer.json()).characters;
}

const placeOf = ({ world_id: worldId, position_x: x, position_y: y }: Character): Place => ({ worldId, x, y });

/** Where a character was, one place after the other. */
function placesOf(story: readonly Told[], id: string): Place[] {
  return story.flatMap(({ worldId, event }) => {
    const isHere = "body" in event ? event.body.id === id : "characterId" in event && event.characterId === id;
    if (!isHere) return [];
    if (event.type === "moved") return [{ worldId, x: event.position.x, y: event.position.y }];
    return "body" in event ? [{ worldId, x: event.body.position.x, y: event.body.position.y }] : [];
  });
}

/** All of `told` is in `been`, in the same order: nobody was ever put back. */
function expectInOrder(told: readonly Place[], been: readonly Place[]): void {
  const key = ({ worldId, x, y }: Place) => `${worldId} ${x} ${y}`;
  let at = 0;
  const lost = told.filter((place) => {
    const found = been.findIndex((each, index) => index >= at && key(each) === key(place));
    if (found !== -1) at = found;
    return found === -1;
  });
  expect(lost).toEqual([]);
  expect(told.length).toBeGreaterThan(0);
}

/** No line of the level "error", and nothing that is no line of the log. */
function expectCalm(output: string): void {
  const lines = output.split("\n").filter((line) => line.startsWith("{"));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => (JSON.parse(line) as { level: string }).level === "error")).toEqual([]);
}
