import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "#adapters/system-clock.ts";
import { migratePostgres } from "#adapters/postgres/migrate-postgres.ts";
import { openPostgres, type Postgres } from "#adapters/postgres/postgres.ts";
import { lobbyWorldId } from "#core/lib/ids.ts";
import { createReadyMade } from "#core/world/create-ready-made.ts";
import { firstClock } from "#core/world/clock.ts";
import { liveWorld } from "#core/world/evolve.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import { hashOf, type RecordedEvent, toSnapshot, toStored } from "#core/world/stored.ts";
import { emptyStorage, silentLog, type Storage } from "#tests/support/database.ts";
import { toStoredBiography } from "#core/character/biography/stored.ts";
import {
  characterId,
  characterRecord,
  newAccount,
  sessionId,
  startMs,
  userId,
  worldId,
  worldRecord,
} from "#tests/support/records.ts";
import { findPostgresServer, startPostgresServer } from "#tests/support/postgres-server.ts";
import { runCli } from "#tests/support/run-cli.ts";

const bin = findPostgresServer();
const farAwayMs = Date.UTC(2090, 0, 1);

describe.skipIf(bin === null)("npm run admin", () => {
  const closers = new AsyncDisposableStack();
  let url: string;
  let postgres: Postgres;
  let storage: Storage;
  beforeAll(async () => {
    ({ url } = closers.use(await startPostgresServer(bin as string)));
    postgres = closers.use(openPostgres({ url, log: silentLog }));
    await migratePostgres(postgres, { log: silentLog });
  });
  afterAll(() => closers.disposeAsync());
  beforeEach(async () => {
    storage = await emptyStorage(postgres);
    await createReadyMade({ worlds: storage.worlds, clock: systemClock });
    await storage.accounts.create(newAccount(1, { username: "Ana" }));
    await storage.accounts.create(newAccount(2, { username: "Bo" }));
    await storage.worlds.createIfAbsent(worldRecord(1, { name: "Mine", ownerId: userId(1) }));
    await storage.characters.create(characterRecord(1));
    for (const number of [1, 2]) {
      const times = { createdAtMs: startMs, expiresAtMs: farAwayMs };
      await storage.sessions.create({ id: sessionId(number), userId: userId(number), ...times });
    }
  });

  test("tells who is where: populations, what is near a place, and what became of a character", async () => {
    const { leases, placements, worldLog } = storage;
    await leases.acquire("owner", [worldId(1)], 60_000);
    const space = worldRecord(1).spec;
    const ana = { kind: "character", id: characterId(1), name: "Ana", position: { x: 3, y: 4, z: 0 } } as const;
    const stone = { kind: "thing", id: "s", name: "stone", position: { x: 500, y: 0, z: 0 } } as const;
    await placements.write({ worldId: worldId(1), fence: 1, space, placed: [ana, stone], gone: [], isWhole: true });
    const [first] = (await json("worlds population")) as object[];
    expect(first).toMatchObject({ name: "Mine", atHome: 1, here: 1, awake: 1, things: 1, extentM: "497 x 4" });
    expect(await json("worlds nearby Mine 3,0 --radius 10")).toMatchObject([{ kind: "character", name: "Ana", x: 3 }]);
    expect((await admin("worlds nearby Mine 3")).code).toBe(2);

    const [at] = [startMs + 5_000];
    const position = { x: 300, y: 0, z: 0 };
    const seen = toStoredBiography({
      event: { type: "movedFar", worldId: worldId(1), position },
      metadata: { atMs: at },
    });
    const { life: _, ...row } = characterRecord(1);
    const change = { ...row, lastPlayedAtMs: at, biography: [seen] };
    await worldLog.commit({ worldId: worldId(1), fence: 1, expectedVersion: 0, events: [], characters: [change] });
    const listed = (await json("characters list Ana")) as { id: string }[];
    expect(listed).toMatchObject([{ id: characterId(1), name: "Ana 1" }]);
    expect(await json(`characters history ${characterId(1)}`)).toMatchObject([
      { version: 2, type: "movedFar", what: { position } },
      { version: 1, type: "created" },
    ]);
    expect(await json(`characters at ${characterId(1)} 1`)).toMatchObject({ version: 1 });
    const later = new Date(at).toISOString();
    expect(await json(`characters at ${characterId(1)} ${later}`)).toMatchObject({ version: 2, position });
    expect((await admin(`characters at ${characterId(1)} yesterday`)).code).toBe(2);
    expect((await admin(`characters history ${characterId(9)}`)).code).not.toBe(0);
  });

  const admin = (line: string, input = "") => runCli("admin", line.split(" "), { env: { DATABASE_URL: url }, input });
  const json = async (line: string): Promise<unknown> => {
    const { code, stdout, stderr } = await admin(`${line} --json`);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    return JSON.parse(stdout);
  };

  test("users delete begins what an auth worker finishes, once, and asks before", async () => {
    expect((await admin("users delete Ana", "no\n")).code).toBe(3);
    expect(await storage.accounts.byId(userId(1))).not.toBeNull();
    expect(await json("users delete Ana --yes")).toEqual({ id: userId(1), username: "Ana", hasBegun: true });
    expect(await json("users delete Ana --yes")).toMatchObject({ hasBegun: false });
    expect(await storage.accounts.deletionsBegun(10)).toMatchObject([{ id: userId(1) }]);
    expect(await storage.sessions.get(sessionId(1), startMs)).toBeNull();
    expect(await storage.accounts.byId(userId(2))).not.toBeNull();
  });

  const began = (number: number): RecordedEvent => ({
    event: { type: "began", clock: firstClock(number, { gameMs: number, dilation: 1, ticksPerSecond: 10 }) },
    metadata: { atMs: startMs + number * 1000 },
  });
  /** Versions 1 to 5 of world 1, with a snapshot at 3. Answers the hash at each version. */
  async function logOfWorld1(): Promise<string[]> {
    await storage.leases.acquire("worker-1", [worldId(1)], 60_000);
    const recorded = [1, 2, 3, 4, 5].map(began);
    const events = recorded.map(toStored);
    expect(
      await storage.worldLog.commit({ worldId: worldId(1), fence: 1, expectedVersion: 0, events, characters: [] }),
    ).toBe("committed");
    const world = liveWorld();
    const hashes = [hashOf(world.state)];
    for (const { event, metadata } of recorded) {
      world.apply(event, metadata);
      hashes.push(hashOf(world.state));
      if (world.state.version === 3) await storage.worldLog.saveSnapshot(worldId(1), toSnapshot(world.state));
    }
    return hashes;
  }

  test("lists users, worlds, sessions and leases, for a person and for a program", async () => {
    await storage.leases.acquire("worker-1", [worldId(1)], 60_000);
    expect(await json("users list")).toMatchObject([
      { id: userId(1), username: "Ana", email: "player1@example.org", role: "user", characters: 1, bannedAt: null },
      { id: userId(2), username: "Bo", createdAt: "2030-01-01T00:00:00Z", lastLoginAt: null },
    ]);
    expect(await json("users list --limit 1")).toHaveLength(1);
    const worlds = (await json("worlds list")) as { name: string }[];
    expect(worlds).toHaveLength(readyMadeWorlds.length + 1);
    expect(worlds.find(({ name }) => name === "Mine")).toMatchObject({ id: worldId(1), owner: "Ana", characters: 1 });
    expect(await json("sessions list ANA")).toMatchObject([
      { id: sessionId(1), createdAt: "2030-01-01T00:00:00.000Z" },
    ]);
    expect(await json("leases")).toMatchObject([{ worldId: worldId(1), world: "Mine", owner: "worker-1", fence: 1 }]);

    const { stdout } = await admin("users list");
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^id +username +email +role +characters +createdAt +lastLoginAt +bannedAt$/);
    expect(lines[1]).toMatch(/^a0000000-\S+ +Ana +player1@example.org +user +1 +2030-01-01T00:00:00Z +- +-$/);
  });

  test("stops a world that nobody runs, lets it go on and sets its pace, by events of its log", async () => {
    await logOfWorld1();
    await storage.leases.release("worker-1", [worldId(1)]);
    expect(await json("worlds pause mine")).toMatchObject({ name: "Mine", isPaused: true, pace: 0 });
    const list = async () => (await json("worlds list")) as { name: string; status: string }[];
    expect((await list()).find(({ name }) => name === "Mine")).toMatchObject({ status: "paused", events: 6 });
    expect(await json("worlds speed Mine 2.5")).toMatchObject({ dilation: 2.5, isPaused: true });
    expect(await json("worlds resume Mine")).toMatchObject({ dilation: 2.5, isPaused: false });
    const types = (await storage.worldLog.read(worldId(1), 5, 10)).map(({ type }) => type);
    expect(types).toEqual(["paused", "dilationChanged", "resumed"]);
    expect(await storage.worlds.get(worldId(1))).toMatchObject({ status: "active", clock: { dilation: 2.5 } });
    expect((await admin("worlds speed Mine 1000")).code).toBe(2);
    expect((await admin("worlds pause Nowhere")).code).toBe(1);

    await storage.leases.acquire("worker-1", [worldId(1)], 60_000);
    expect(await admin("worlds pause Mine")).toMatchObject({ code: 1, stderr: expect.stringContaining("worker") });
    expect((await storage.worldLog.read(worldId(1), 8, 10)).length).toBe(0);
  });

  test("replays to a moment as to the version it had then", async () => {
    const hashes = await logOfWorld1();
    const at = new Date(startMs + 4 * 1000).toISOString();
    expect(await json(`replay Mine --to ${at}`)).toMatchObject({ version: 4, hash: hashes[4] });
    expect(await json("replay Mine --to 4")).toMatchObject({ version: 4, hash: hashes[4] });
    expect((await admin("replay Mine --to tomorrow")).code).toBe(2);
  });

  test("bans a user, whose sessions end, and takes it back", async () => {
    const done = await admin("users ban player1@example.org");
    expect(done).toEqual({ code: 0, stderr: "", stdout: "Ana is banned; 1 sessions ended.\n" });
    expect(await storage.accounts.isBanned(userId(1))).toBe(true);
    expect(await storage.sessions.get(sessionId(1), startMs)).toBeNull();
    expect(await storage.sessions.get(sessionId(2), startMs)).not.toBeNull();
    expect(await json("users unban Ana")).toEqual({ id: userId(1), username: "Ana" });
    expect(await storage.accounts.isBanned(userId(1))).toBe(false);
  });

  test("tells from the audit what was done to whom, of everybody or of one", async () => {
    await admin("users ban Ana");
    await admin("users unban Ana");
    await admin(`users role Bo admin`);
    const told = (line: string) => json(line) as Promise<{ type: string; userId: string; at: string }[]>;
    expect((await told("audit")).map(({ type, userId: id }) => [type, id])).toEqual([
      ["all-sessions-ended", userId(2)],
      ["role-changed", userId(2)],
      ["unbanned", userId(1)],
      ["all-sessions-ended", userId(1)],
      ["banned", userId(1)],
    ]);
    expect((await told("audit --user ana --limit 2")).map(({ type }) => type)).toEqual([
      "unbanned",
      "all-sessions-ended",
    ]);
    const { stdout } = await admin("audit --limit 1");
    expect(stdout).toMatch(
      /^number +at +type +userId +sessionId +address\n\d+ +20\S+Z +all-sessions-ended +a0000000-\S+ +- +-\n$/,
    );
    expect(await admin("audit --user nobody")).toMatchObject({ code: 1, stdout: "" });
  });

  test("gives a user a role, and ends sessions", async () => {
    expect(await json(`users role ${userId(2)} admin`)).toEqual({
      id: userId(2),
      username: "Bo",
      role: "admin",
      sessionsEnded: 1,
    });
    expect((await storage.accounts.byId(userId(2)))?.role).toBe("admin");
    expect(await json("sessions end Ana")).toEqual({ id: userId(1), username: "Ana", sessionsEnded: 1 });
  });

  test("wipes everything but the system's worlds, once it is told to for certain", async () => {
    await logOfWorld1();
    await storage.leases.acquire("worker-1", [lobbyWorldId], 60_000);
    const lobbyEvent = { events: [toStored(began(1))], expectedVersion: 0, characters: [] };
    await storage.worldLog.commit({ worldId: lobbyWorldId, fence: 1, ...lobbyEvent });
    const counts = { users: 2, sessions: 2, characters: 1, worlds: 1, events: 6, snapshots: 1 };
    const words = "2 users, 2 sessions, 1 characters, 1 worlds, 6 events, 1 snapshots";

    expect(await json("wipe --dry-run")).toEqual(counts);
    expect(await admin("wipe --dry-run")).toEqual({ code: 0, stderr: "", stdout: `Would delete ${words}.\n` });
    for (const input of ["", "yes\n"]) {
      const refused = await admin("wipe", input);
      expect(refused).toMatchObject({ code: 3, stdout: "" });
      expect(refused.stderr).toBe(`This deletes ${words}, for good. Type wipe to go on: Nothing was changed.\n`);
    }
    expect(await json("wipe --dry-run")).toEqual(counts);

    expect(await admin("wipe", "wipe\n")).toMatchObject({ code: 0, stdout: `Deleted ${words}.\n` });
    expect((await storage.worlds.list()).map(({ id }) => id).toSorted()).toEqual(
      readyMadeWorlds.map(({ id }) => id).toSorted(),
    );
    expect(await storage.accounts.byId(userId(1))).toBeNull();
    expect(await storage.audit.list({ userId: null, limit: 10 })).toEqual([]);
    expect(await storage.worldLog.read(lobbyWorldId, 0, 10)).toEqual([]);
    // Who owned the lobby cannot go on where it was.
    expect(await storage.worldLog.commit({ worldId: lobbyWorldId, fence: 1, ...lobbyEvent })).toBe("stale-fence");
    expect(await json("wipe --yes")).toEqual({
      ...counts,
      users: 0,
      sessions: 0,
      characters: 0,
      worlds: 0,
      events: 0,
      snapshots: 0,
    });
  });

  test("deletes a world with its log; guests find themselves at home, and its owner cannot append", async () => {
    await logOfWorld1();
    await storage.worlds.createIfAbsent(worldRecord(2));
    await storage.characters.create({ ...characterRecord(2), homeWorldId: worldId(2), travels: 4 });
    expect(await admin("worlds delete Mine", "no\n")).toMatchObject({ code: 3, stdout: "" });
    expect(await storage.worlds.get(worldId(1))).not.toBeNull();

    expect(await admin("worlds delete mine --yes")).toEqual({ code: 0, stderr: "", stdout: "Mine is deleted.\n" });
    expect(await storage.worlds.get(worldId(1))).toBeNull();
    expect(await storage.worldLog.read(worldId(1), 0, 10)).toEqual([]);
    expect(await storage.characters.get(characterRecord(1).id)).toBeNull();
    expect(await storage.characters.get(characterRecord(2).id)).toMatchObject({
      worldId: worldId(2),
      travels: 5,
      hasArrived: true,
      ...worldRecord(2).spec.spawn,
    });
    const late = { worldId: worldId(1), fence: 1, expectedVersion: 5, events: [], characters: [] };
    expect(await storage.worldLog.commit(late)).toBe("stale-fence");
  });

  test("reads a log from a version to a version", async () => {
    await logOfWorld1();
    const { stdout } = await admin("events Mine --from 2 --to 3 --json");
    const versions = stdout
      .trimEnd()
      .split("\n")
      .map((each) => JSON.parse(each) as { version: number; type: string; payload: unknown });
    expect(versions).toEqual([2, 3].map((version) => ({ ...toStored(began(version)), version })));
    const text = await admin("events Mine --from 5");
    expect(text.stdout).toBe(`5  2030-01-01T00:00:05.000Z  began  ${JSON.stringify(toStored(began(5)).payload)}\n`);
    expect(await admin("events Lobby")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("follows a log until it is stopped", async () => {
    await logOfWorld1();
    const file = join(import.meta.dirname, "../../cli/admin.ts");
    const child = spawn(process.execPath, [file, "events", "Mine", "--from", "5", "--follow", "--json"], {
      cwd: tmpdir(),
      env: { PATH: process.env["PATH"], DATABASE_URL: url },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async () => (JSON.parse((await lines.next()).value as string) as { version: number }).version;
    expect(await next()).toBe(5);
    const events = [toStored(began(6)), toStored(began(7))];
    await storage.worldLog.commit({ worldId: worldId(1), fence: 1, expectedVersion: 5, events, characters: [] });
    expect([await next(), await next()]).toEqual([6, 7]);
    const exited = once(child, "exit");
    child.kill("SIGINT");
    expect(await exited).toEqual([0, null]);
  });

  test("replays a log to any version or moment, and tells a snapshot that does not agree", async () => {
    const hashes = await logOfWorld1();
    const checks = [{ version: 3, stored: hashes[3], replayed: hashes[3] }];
    expect(await json("replay Mine")).toMatchObject({ version: 5, hash: hashes[5], characters: 0, checks });
    expect(await json("replay Mine --to 2")).toMatchObject({ version: 2, hash: hashes[2], checks: [] });
    expect(await json("replay Mine --at 2030-01-01T00:00:04Z")).toMatchObject({ version: 4, hash: hashes[4], checks });
    expect(await json("replay Lobby")).toMatchObject({ version: 0, hash: hashes[0], checks: [] });

    await postgres.run((db) => db.execute("update snapshots set hash = 'wrong'"));
    expect(await admin("replay Mine")).toEqual({
      code: 1,
      stderr: "",
      stdout: [
        `Mine at version 5: hash ${hashes[5]}, 0 characters.\n`,
        `Version 3: the snapshot has wrong, the replay ${hashes[3]}.\n`,
        "0 of 1 snapshots agree.\n",
      ].join(""),
    });
  });

  test.each([
    ["users ban nobody", 1, 'There is no user "nobody".'],
    ["events Nowhere", 1, 'There is no world "Nowhere".'],
    ["worlds delete Lobby --yes", 3, "Lobby is the system's and stays."],
    ["users role Ana king", 2, "A role is user or admin."],
    ["events Mine --from x", 2, "--from must be a whole number."],
    ["replay Mine --at noon", 2, "--at must be a time such as 2030-01-31T12:00:00Z."],
  ])("%s ends with %i and one line", async (line, code, words) => {
    expect(await admin(line)).toEqual({ code, stdout: "", stderr: `${words}\n` });
  });

  test("a database whose schema is older is refused", async () => {
    await postgres.run((db) => db.execute(`create database "old" template template0`));
    const result = await runCli("admin", ["users", "list"], { env: { DATABASE_URL: url.replace(/[^/]*$/, "old") } });
    const stderr = "The database's schema is not up to date. Run: npm run migrate\n";
    expect(result).toEqual({ code: 3, stdout: "", stderr });
  });
});

test.each([
  [["dance"], 'There is no command "dance". See: npm run admin -- --help'],
  [["users", "ban"], "Usage: npm run admin -- users ban <user>"],
  [["users", "list", "extra"], "Usage: npm run admin -- users list [--limit N]"],
  [["users", "list", "--nonsense"], "Unknown option '--nonsense'"],
])("npm run admin %j is one line and exit code 2", async (args, words) => {
  const result = await runCli("admin", args);
  expect(result).toMatchObject({ code: 2, stdout: "" });
  expect(result.stderr).toMatch(/^.+\n$/);
  expect(result.stderr).toContain(words);
});
