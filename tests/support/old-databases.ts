import { expect } from "vitest";
import { postgresAccounts } from "#adapters/postgres/accounts.ts";
import { postgresAudit } from "#adapters/postgres/audit.ts";
import { postgresCharacterLog } from "#adapters/postgres/character-log.ts";
import { postgresCharacters } from "#adapters/postgres/characters.ts";
import { postgresInterviews } from "#adapters/postgres/interviews.ts";
import { postgresLetters } from "#adapters/postgres/letters.ts";
import { postgresMailTokens } from "#adapters/postgres/mail-tokens.ts";
import { postgresLeases } from "#adapters/postgres/leases.ts";
import type { Postgres } from "#adapters/postgres/postgres.ts";
import { postgresPlanets } from "#adapters/postgres/planets.ts";
import { postgresProjections } from "#adapters/postgres/projections.ts";
import { postgresSessions } from "#adapters/postgres/sessions.ts";
import { postgresWeatherStates } from "#adapters/postgres/weather-states.ts";
import { postgresWorldLog } from "#adapters/postgres/world-log.ts";
import { postgresWorlds } from "#adapters/postgres/worlds.ts";
import { readBiography } from "#core/character/biography/read-biography.ts";
import type { InterviewId } from "#core/interview/model.ts";
import { emptyClock } from "#core/world/clock.ts";
import { silentLog } from "./database.ts";
import { characterId, characterRecord, npcId, sessionId, startMs, userId, worldId, worldRecord } from "./records.ts";

/** A database as it was filled when its newest migration was the one that this stands beside. */
export type OldDatabase = {
  /** What the programs of that version wrote, in that version's columns. Never changed afterwards. */
  readonly fill: string;
  /** That the programs of today read all of it. Changed when they read it otherwise. */
  survives(postgres: Postgres): Promise<void>;
};

const lived = `{"items":[{"id":"c1:1","kind":"knife","count":1,"wear":3,"slot":"mainHand"},{"id":"c1:2","kind":"pouch","count":1,"contents":[{"id":"c1:3","kind":"coin","count":7}]}],"xp":{"Mining":10.5},"practice":[{"action":"mine","times":1,"atMs":1893456000000}]}`;

/** One for every migration: without it nobody knows whether the next migration keeps what this one's users had. */
export const oldDatabases: Readonly<Record<string, OldDatabase>> = {
  "0000_postgis": {
    fill: "",
    async survives(postgres) {
      expect(await postgresWorlds(postgres).list()).toEqual([]);
    },
  },
  "0001_beginning": { fill: beginning(), survives: beginningSurvives },
  "0002_bans": {
    fill: `${beginning()} update accounts set banned_at = '2030-01-03T00:00:00.007Z' where id = '${userId(2)}'`,
    async survives(postgres) {
      await beginningSurvives(postgres);
      const rows = await postgres.statement("", "select id, banned_at from accounts order by id", []);
      expect(rows).toEqual([
        { id: userId(1), banned_at: null },
        { id: userId(2), banned_at: new Date("2030-01-03T00:00:00.007Z") },
      ]);
    },
  },
  "0003_projections": {
    fill: `${beginning()}
      insert into projections (name, position) values ('visits.v1', 2);
      insert into projection_documents (projection, key, document) values ('visits.v1', 'ana', '{"visits":1}')`,
    async survives(postgres) {
      await beginningSurvives(postgres);
      const projections = postgresProjections(postgres);
      expect(await projections.position("visits.v1")).toBe(2);
      expect(await projections.get("visits.v1", ["ana"])).toEqual(new Map([["ana", { visits: 1 }]]));
    },
  },
  "0004_workers": {
    fill: `${beginning()}
      insert into workers (name, expires_at) values ('alive', now() + interval '1 hour'), ('dead', now() - interval '1 hour')`,
    async survives(postgres) {
      await beginningSurvives(postgres);
      const { alive } = await postgresLeases(postgres).renew("new", 1000);
      expect(alive).toEqual(new Set(["new", "alive"]));
    },
  },
  "0005_auth": { fill: authFill(), survives: authSurvives },
  "0006_mail": {
    fill: mailFill(),
    async survives(postgres) {
      await authSurvives(postgres);
      expect(await postgresAccounts(postgres).byId(userId(1))).toMatchObject({
        emailVerifiedAtMs: startMs + 3 * 86_400_000,
      });
      expect(await postgresMailTokens(postgres).find("reset", "hash of a token", startMs)).toBe(userId(1));
      expect(await postgresLetters(postgres).take(startMs + 4 * 86_400_000, 10)).toEqual([
        {
          id: sessionId(7),
          kind: "password-changed",
          to: "player1@example.org",
          userId: userId(1),
          atMs: startMs + 3 * 86_400_000,
          attempts: 3,
        },
      ]);
    },
  },
  "0007_world_lives": {
    fill: `${mailFill()};
      update worlds set name_key = 'world ' || right(id::text, 1), log_version = 2, is_asleep = true,
        clock = '{"sinceRealMs":1,"sinceGameMs":2,"sinceGameNs":3,"sinceTick":4,"dilation":1,"stretch":1,"isPaused":false,"ticksPerSecond":10}',
        fault = '{"count":1,"atMs":5,"reason":"why","isQuarantined":false}';
      insert into worlds (id, name, owner_id, status, spec, created_at, deleted_at)
        values ('${worldId(3)}', 'Gone', '${userId(1)}', 'active', '{}', '2030-01-01T00:00:00Z', '2030-01-02T00:00:00Z')`,
    async survives(postgres) {
      const worlds = postgresWorlds(postgres);
      expect(await postgresLeases(postgres).unowned(10)).toEqual([]);
      expect(await worlds.get(worldId(1))).toMatchObject({ clock: { sinceGameNs: 3 }, fault: { reason: "why" } });
      expect(await worlds.get(worldId(3))).toBeNull();
      await worlds.follow(worldId(1), { version: 2, status: "paused", clock: emptyClock });
      expect((await worlds.get(worldId(1)))?.status).toBe("active");
      expect(await worlds.create({ ...worldRecord(8), name: "WORLD 2" }, [])).toBe("name-taken");
      await authSurvives(postgres);
    },
  },
  "0008_interviews": {
    fill: `${mailFill()};
      update worlds set name_key = lower(name);
      insert into interviews (id, user_id, status, version, started_at, changed_at) values
        ('${worldId(5)}', '${userId(1)}', 'open', 2, '2030-01-01T00:00:00Z', '2030-01-01T00:01:00Z'),
        ('${worldId(6)}', '${userId(1)}', 'abandoned', 0, '2030-01-01T00:00:00Z', '2030-01-01T00:01:00Z');
      insert into interview_events (interview_id, version, type, schema_version, payload, metadata) values
        ('${worldId(5)}', 1, 'started', 1, '{"userId":"${userId(1)}","seed":7}', '{"atMs":1}'),
        ('${worldId(5)}', 2, 'said', 1, '{"text":"a world of ‹ice›"}', '{"atMs":2}')`,
    async survives(postgres) {
      const interviews = postgresInterviews(postgres);
      const id = worldId(5) as string as InterviewId;
      expect(await interviews.openOf(userId(1))).toBe(id);
      const kept = await interviews.get(id);
      expect(kept).toMatchObject({ userId: userId(1), status: "open", events: [{ version: 1 }, { version: 2 }] });
      expect(kept?.events[1]?.payload).toEqual({ text: "a world of ‹ice›" });
      await authSurvives(postgres);
    },
  },
  "0009_weather_states": {
    fill: `${authFill()};
      update worlds set name_key = 'world ' || right(id::text, 1);
      insert into weather_states (world_id, fence, step, origin_step, push_count, state) values
        ('${worldId(1)}', 7, 12, -3, 2, decode('eAFjZGJmAQAAGAAL', 'base64'))`,
    async survives(postgres) {
      const states = postgresWeatherStates(postgres);
      const kept = { step: 12, originStep: -3, pushCount: 2, state: Uint8Array.of(1, 2, 3, 4) };
      expect(await states.latest(worldId(1))).toEqual(kept);
      await states.save(worldId(1), 6, { ...kept, step: 13 });
      expect((await states.latest(worldId(1)))?.step).toBe(12);
      await authSurvives(postgres);
    },
  },
  "0010_planets": {
    fill: `${mailFill()};
      insert into worlds (id, name, owner_id, status, spec, created_at)
        values ('${worldId(4)}', 'Made', '${userId(1)}', 'active', '{}', '2030-01-01T00:00:00Z'),
          ('${worldId(5)}', 'In the making', '${userId(1)}', 'generating', '{"spawn":{"position":{"x":0,"y":0,"z":0}},"z":1,"a":2}', '2030-01-01T00:00:00Z');
      update worlds set name_key = lower(name);
      insert into planets (world_id, planet) values ('${worldId(4)}', '\\x00ff5457504c')`,
    async survives(postgres) {
      const planets = postgresPlanets(postgres);
      expect(await planets.get(worldId(4))).toEqual(new Uint8Array([0, 255, 0x54, 0x57, 0x50, 0x4c]));
      expect(await planets.keep(worldId(4), new Uint8Array([1]), { x: 1, y: 2, z: 3 })).toBe(false);
      expect(await planets.keep(worldId(5), new Uint8Array([1]), { x: 1, y: 2, z: 3 })).toBe(true);
      const made = await postgresWorlds(postgres).get(worldId(5));
      expect(made?.status).toBe("active");
      expect(JSON.stringify(made?.spec)).toBe('{"spawn":{"position":{"x":1,"y":2,"z":3}},"z":1,"a":2}');
      await postgres.statement("", "delete from planets", []);
      await postgres.statement("", "delete from worlds where id in ($1, $2)", [worldId(4), worldId(5)]);
      await authSurvives(postgres);
    },
  },
  "0012_worlds_in_the_making": {
    fill: `${mailFill()};
      update worlds set name_key = lower(name);
      insert into interviews (id, user_id, status, version, started_at, changed_at, makes_world_id) values
        ('${worldId(5)}', '${userId(1)}', 'open', 0, '2030-01-01T00:00:00Z', '2030-01-01T00:01:00Z', '${worldId(9)}'),
        ('${worldId(6)}', '${userId(1)}', 'completed', 0, '2030-01-02T00:00:00Z', '2030-01-02T00:01:00Z', null)`,
    async survives(postgres) {
      const interviews = postgresInterviews(postgres);
      const id = worldId(5) as string as InterviewId;
      expect(await interviews.latestOf(userId(1))).toBe(id);
      expect(await interviews.making(5)).toEqual([{ id, userId: userId(1), worldId: worldId(9) }]);
      await authSurvives(postgres);
    },
  },
  "0013_lives": {
    fill: `${mailFill()};
      update worlds set name_key = lower(name);
      update characters set health = 12.5, life = '${lived}' where id = '${characterId(1)}'`,
    async survives(postgres) {
      const characters = postgresCharacters(postgres);
      const ana = await characters.get(characterId(1));
      expect(ana).toEqual({ ...characterRecord(1), health: 12.5, life: JSON.parse(lived) as unknown });
      await postgres.statement("", "update characters set health = null, life = null", []);
      await authSurvives(postgres);
    },
  },
  "0014_biographies": {
    fill: `${mailFill()};
      update worlds set name_key = lower(name);
      update characters set log_version = 2;
      insert into character_events (character_id, version, type, schema_version, payload, metadata, at) values
        ('${characterId(1)}', 1, 'created', 1, '{"character":{"homeWorldId":"${worldId(1)}","worldId":"${worldId(1)}","travels":0,"hasArrived":true,"name":"Ana 1","role":"player","species":"Human","appearance":"tall ‹and› thin 🦊","description":null,"occupation":null,"attributes":null,"position":{"x":1.5,"y":-0.1,"z":1e-9},"orientation":{"x":0,"y":1,"z":0},"isFlying":false,"stamina":null,"health":null,"life":null},"variance":null,"bought":{}}', '{"atMs":1893456000001}', '2030-01-01T00:00:00.001Z'),
        ('${characterId(1)}', 2, 'entered', 1, '{"worldId":"${worldId(1)}","position":{"x":2,"y":3,"z":4},"isFirstTime":true}', '{"atMs":1893456000002,"worldVersion":2}', '2030-01-01T00:00:00.002Z');
      insert into character_snapshots (character_id, version, hash, state) values ('${characterId(1)}', 1, 'of an older release', '{}');
      insert into placements (world_id, kind, id, name, x, y, z, point)
        values ('${worldId(1)}', 'character', '${characterId(1)}', 'Ana 1', 2, 3, 4, st_makepoint(2, 3, 4))`,
    async survives(postgres) {
      const life = await readBiography(postgresCharacterLog(postgres), characterId(1));
      expect(life).toMatchObject({ version: 2, whereabouts: "awake", name: "Ana 1", position: { x: 2, y: 3, z: 4 } });
      await authSurvives(postgres);
    },
  },
  "0015_inhabited": {
    fill: `${mailFill()};
      update worlds set name_key = lower(name);
      update characters set log_version = 1, npc_id = '${npcId(1)}' where id = '${characterId(1)}';
      insert into character_events (character_id, version, type, schema_version, payload, metadata, at) values
        ('${characterId(1)}', 1, 'created', 1, '{"character":{"homeWorldId":"${worldId(1)}","worldId":"${worldId(1)}","travels":0,"hasArrived":true,"name":"Ana 1","role":"player","species":"Human","appearance":"tall ‹and› thin 🦊","description":null,"occupation":null,"attributes":null,"position":{"x":1.5,"y":-0.1,"z":1e-9},"orientation":{"x":0,"y":1,"z":0},"isFlying":false,"stamina":null,"health":null,"life":null,"npcId":"${npcId(1)}"},"variance":null,"bought":{}}', '{"atMs":1893456000001}', '2030-01-01T00:00:00.001Z')`,
    async survives(postgres) {
      const characters = postgresCharacters(postgres);
      expect(await characters.get(characterId(1))).toEqual({ ...characterRecord(1), npcId: npcId(1) });
      expect(await characters.inhabited(worldId(1))).toEqual(new Set([npcId(1)]));
      expect(await characters.create(characterRecord(2, { npcId: npcId(1) }))).toBe("npc-taken");
      await postgres.statement("", "update characters set npc_id = null", []);
      await authSurvives(postgres);
    },
  },
};

async function authSurvives(postgres: Postgres): Promise<void> {
  await beginningSurvives(postgres);
  const lifetime = { idleMs: 3_600_000, absoluteMs: 86_400_000 };
  const presented = { hash: "hash", generation: 1 };
  const refreshed = await postgresSessions(postgres).refresh(sessionId(1), presented, startMs + 3_000, lifetime);
  expect(refreshed).toMatchObject({ outcome: "refreshed", generation: 2 });
  const [event] = await postgresAudit(postgres, silentLog).list({ userId: userId(1), limit: 10 });
  expect(event).toMatchObject({ type: "logged-in", atMs: startMs + 7, address: "198.51.100.1" });
}

function mailFill(): string {
  return `${authFill()};
    update accounts set email_verified_at = '2030-01-04T00:00:00Z' where id = '${userId(1)}';
    insert into mail_tokens (user_id, purpose, hash, email, expires_at) values
      ('${userId(1)}', 'reset', 'hash of a token', 'player1@example.org', '2030-01-05T00:00:00Z');
    insert into letters (id, kind, "to", user_id, at, due_at, attempts) values
      ('${sessionId(7)}', 'password-changed', 'player1@example.org', '${userId(1)}', '2030-01-04T00:00:00Z', '2030-01-04T00:00:01Z', 2);`;
}

function authFill(): string {
  return `${beginning()}
    update sessions set refresh_hash = 'hash', refresh_generation = 2, refresh_rotated_at = '{1893456001000,1893456002000}';
    insert into audit_events (type, at, user_id, session_id, address) values
      ('logged-in', '2030-01-01T00:00:00.007Z', '${userId(1)}', '${sessionId(1)}', '198.51.100.1')`;
}

function beginning(): string {
  const account = (number: number, role: string) =>
    `('${userId(number)}', 'player${number}@example.org', 'Player${number}', 'hash of ${number}', '${role}',
      '2030-01-01T00:00:00.00${number}Z', '2030-01-02T00:00:00.123Z', '${worldId(1)}')`;
  return `
    insert into worlds (id, name, owner_id, status, spec, created_at) values
      ('${worldId(1)}', 'World 1', null, 'active', '{"zebra":1,"a":[0.1,1e21]}', '2030-01-01T00:00:00.001Z');
    insert into accounts (id, email, username, password_hash, role, created_at, last_login_at, last_world_id) values
      ${account(1, "user")}, ${account(2, "admin")};
    insert into worlds (id, name, owner_id, status, spec, created_at) values
      ('${worldId(2)}', 'World 2', '${userId(1)}', 'paused', '{}', '2030-01-01T00:00:00.002Z');
    insert into sessions (id, user_id, created_at, expires_at) values
      ('${sessionId(1)}', '${userId(1)}', '2030-01-01T00:00:00Z', '2030-01-02T00:00:00Z');
    insert into characters (id, user_id, home_world_id, world_id, travels, has_arrived, name, role, species, appearance, description,
      occupation, attributes, position_x, position_y, position_z, orientation_x, orientation_y, orientation_z, is_flying, stamina,
      created_at, last_played_at) values
      ('${characterId(1)}', '${userId(1)}', '${worldId(1)}', '${worldId(1)}', 0, true, 'Ana 1', 'player', 'Human', 'tall ‹and› thin 🦊', null,
       null, null, 1.5, -0.1, 1e-9, 0, 1, 0, false, null, '2030-01-01T00:00:00.001Z', null);
    insert into leases (world_id, owner, fence, expires_at) values ('${worldId(1)}', null, 7, '2030-01-01T00:00:00Z');
    insert into events (stream, version, type, schema_version, payload, metadata) values
      ('${worldId(1)}', 1, 'said', 1, '{"text":"one"}', '{"atMs":1}'), ('${worldId(1)}', 2, 'said', 1, '{"text":"two"}', '{"atMs":2}');
    insert into snapshots (world_id, version, hash, state) values ('${worldId(1)}', 1, 'one', '{"zebra":1,"a":2}');`;
}

async function beginningSurvives(postgres: Postgres): Promise<void> {
  const accounts = postgresAccounts(postgres);
  const [user, admin] = await Promise.all([1, 2].map((number) => accounts.byEmail(`player${number}@example.org`)));
  expect(user).toMatchObject({
    passwordHash: "hash of 1",
    account: {
      id: userId(1),
      username: "Player1",
      role: "user",
      createdAtMs: startMs + 1,
      lastLoginAtMs: startMs + 86_400_123,
      lastWorldId: worldId(1),
    },
  });
  expect(admin?.account.role).toBe("admin");
  expect(await postgresSessions(postgres).get(sessionId(1), startMs)).toMatchObject({ userId: userId(1) });
  expect(await postgresCharacters(postgres).get(characterId(1))).toEqual(characterRecord(1));
  const born = await readBiography(postgresCharacterLog(postgres), characterId(1), { version: 1 });
  const { name, position, attributes } = characterRecord(1);
  const asBorn = { version: 1, bornAtMs: startMs + 1, whereabouts: "asleep", worldId: worldId(1), travels: 0 };
  expect(born).toMatchObject({ ...asBorn, name, position, attributes });

  const taken = { ...worldRecord(7), name: "WORLD 1" };
  expect(await postgresWorlds(postgres).create(taken, [])).toBe("name-taken");
  const worlds = await postgresWorlds(postgres).list();
  expect(worlds).toMatchObject([
    { id: worldId(1), name: "World 1", ownerId: null, status: "active", createdAtMs: startMs + 1 },
    { id: worldId(2), name: "World 2", ownerId: userId(1), status: "paused" },
  ]);
  expect(JSON.stringify(worlds[0]?.spec)).toBe('{"zebra":1,"a":[0.1,1e+21]}');

  const log = postgresWorldLog(postgres);
  const event = (version: number, text: string) => ({
    version,
    type: "said",
    schemaVersion: 1,
    payload: { text },
    metadata: { atMs: version },
  });
  expect(await log.read(worldId(1), 0, 10)).toEqual([event(1, "one"), event(2, "two")]);
  expect(await log.latestSnapshot(worldId(1))).toEqual({ version: 1, hash: "one", state: { zebra: 1, a: 2 } });
  // The fence goes on from where it was.
  expect(await postgresLeases(postgres).acquire("new", [worldId(1)], 1000)).toEqual(new Map([[worldId(1), 8]]));
}
