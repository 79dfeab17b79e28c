import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { memoryAccounts } from "#adapters/memory/accounts.ts";
import { memoryAudit } from "#adapters/memory/audit.ts";
import { memoryCharacterLog } from "#adapters/memory/character-log.ts";
import { memoryCharacters } from "#adapters/memory/characters.ts";
import { manualClock } from "#adapters/memory/clock.ts";
import { memoryEventFeed } from "#adapters/memory/event-feed.ts";
import { memoryInterviews } from "#adapters/memory/interviews.ts";
import { memoryLetters } from "#adapters/memory/letters.ts";
import { memoryMailTokens } from "#adapters/memory/mail-tokens.ts";
import { memoryOversight } from "#adapters/memory/oversight.ts";
import { memoryPlacements } from "#adapters/memory/placements.ts";
import { memoryPlanets } from "#adapters/memory/planets.ts";
import { memoryPersonalData } from "#adapters/memory/personal-data.ts";
import { memoryLeases } from "#adapters/memory/leases.ts";
import { memoryProjections } from "#adapters/memory/projections.ts";
import { memorySessions } from "#adapters/memory/sessions.ts";
import { memoryTables } from "#adapters/memory/tables.ts";
import { memoryWorldNames } from "#adapters/memory/world-names.ts";
import { memoryWeatherStates } from "#adapters/memory/weather-states.ts";
import { memoryWorldLog } from "#adapters/memory/world-log.ts";
import { memoryWorlds } from "#adapters/memory/worlds.ts";
import { postgresAccounts } from "#adapters/postgres/accounts.ts";
import { postgresOversight } from "#adapters/postgres/administration.ts";
import { postgresAudit } from "#adapters/postgres/audit.ts";
import { postgresCharacterLog } from "#adapters/postgres/character-log.ts";
import { postgresCharacters } from "#adapters/postgres/characters.ts";
import { postgresEventFeed } from "#adapters/postgres/event-feed.ts";
import { postgresInterviews } from "#adapters/postgres/interviews.ts";
import { postgresLetters } from "#adapters/postgres/letters.ts";
import { postgresMailTokens } from "#adapters/postgres/mail-tokens.ts";
import { postgresPlacements } from "#adapters/postgres/placements.ts";
import { postgresPlanets } from "#adapters/postgres/planets.ts";
import { postgresPersonalData } from "#adapters/postgres/personal-data.ts";
import { postgresLeases } from "#adapters/postgres/leases.ts";
import { migratePostgres } from "#adapters/postgres/migrate-postgres.ts";
import { openPostgres, type Postgres } from "#adapters/postgres/postgres.ts";
import { postgresProjections } from "#adapters/postgres/projections.ts";
import { postgresSessions } from "#adapters/postgres/sessions.ts";
import { postgresWorldNames } from "#adapters/postgres/world-names.ts";
import { postgresWeatherStates } from "#adapters/postgres/weather-states.ts";
import { postgresWorldLog } from "#adapters/postgres/world-log.ts";
import { postgresWorlds } from "#adapters/postgres/worlds.ts";
import type { Accounts, PersonalData } from "#core/ports/accounts.ts";
import type { Audit } from "#core/ports/audit.ts";
import type { CharacterLog } from "#core/ports/character-log.ts";
import type { Characters } from "#core/ports/characters.ts";
import type { EventFeed, Projections } from "#core/ports/feed.ts";
import type { Interviews } from "#core/ports/interviews.ts";
import type { Leases } from "#core/ports/leases.ts";
import type { Letters, MailTokens } from "#core/ports/mail.ts";
import type { Oversight } from "#core/ports/oversight.ts";
import type { Placements } from "#core/ports/placements.ts";
import type { Planets } from "#core/ports/planets.ts";
import type { Sessions } from "#core/ports/sessions.ts";
import type { Log } from "#core/ports/system.ts";
import type { WeatherStates } from "#core/ports/weather.ts";
import type { WorldLog } from "#core/ports/world-log.ts";
import type { WorldNames, Worlds } from "#core/ports/worlds.ts";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "#dev/embedded-postgres/open-embedded-postgres.ts";
import { clusterCacheDir } from "./cluster-cache.ts";
import { startPostgresServer } from "./postgres-server.ts";

/** Everything that is kept in a database, empty at first. */
export type Storage = {
  readonly accounts: Accounts;
  readonly audit: Audit;
  readonly oversight: Oversight;
  readonly letters: Letters;
  readonly mailTokens: MailTokens;
  readonly personalData: PersonalData;
  readonly sessions: Sessions;
  readonly characters: Characters;
  readonly characterLog: CharacterLog;
  readonly worlds: Worlds;
  readonly worldNames: WorldNames;
  readonly interviews: Interviews;
  readonly planets: Planets;
  readonly worldLog: WorldLog;
  readonly weatherStates: WeatherStates;
  readonly placements: Placements;
  readonly leases: Leases;
  readonly eventFeed: EventFeed;
  readonly projections: Projections;
  /** Lets that much time pass for the leases. */
  passTime(ms: number): Promise<void>;
};

export type Setup = () => Promise<Storage>;

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function memoryStorage(): Promise<Storage> {
  const tables = memoryTables();
  const clock = manualClock();
  return {
    accounts: memoryAccounts(tables),
    audit: memoryAudit(tables),
    oversight: memoryOversight(tables, clock),
    letters: memoryLetters(tables),
    mailTokens: memoryMailTokens(tables),
    personalData: memoryPersonalData(tables),
    sessions: memorySessions(tables),
    characters: memoryCharacters(tables),
    characterLog: memoryCharacterLog(tables),
    worlds: memoryWorlds(tables),
    worldNames: memoryWorldNames(tables),
    interviews: memoryInterviews(tables),
    planets: memoryPlanets(tables),
    worldLog: memoryWorldLog(tables),
    weatherStates: memoryWeatherStates(tables),
    placements: memoryPlacements(tables),
    leases: memoryLeases(tables, clock),
    eventFeed: memoryEventFeed(tables),
    projections: memoryProjections(tables),
    passTime: (ms) => clock.advance(ms),
  };
}

const emptied = `
  delete from audit_events; delete from letters; delete from projections; delete from events; delete from leases; delete from workers; delete from snapshots; delete from sessions; delete from characters; delete from planets;
  update worlds set owner_id = null; delete from accounts; delete from worlds`;

export async function emptyStorage(postgres: Postgres): Promise<Storage> {
  // Several times faster than truncate on tables as small as these.
  await postgres.run((db) => db.execute(emptied));
  return {
    accounts: postgresAccounts(postgres),
    audit: postgresAudit(postgres, silentLog),
    oversight: postgresOversight(postgres),
    letters: postgresLetters(postgres),
    mailTokens: postgresMailTokens(postgres),
    personalData: postgresPersonalData(postgres),
    sessions: postgresSessions(postgres),
    characters: postgresCharacters(postgres),
    characterLog: postgresCharacterLog(postgres),
    worlds: postgresWorlds(postgres),
    worldNames: postgresWorldNames(postgres),
    interviews: postgresInterviews(postgres),
    planets: postgresPlanets(postgres),
    worldLog: postgresWorldLog(postgres),
    weatherStates: postgresWeatherStates(postgres),
    placements: postgresPlacements(postgres),
    leases: postgresLeases(postgres),
    eventFeed: postgresEventFeed(postgres),
    projections: postgresProjections(postgres),
    async passTime(ms) {
      await postgres.run((db) =>
        db.execute(`
          update leases set expires_at = expires_at - interval '${ms} milliseconds';
          update workers set expires_at = expires_at - interval '${ms} milliseconds'`),
      );
    },
  };
}

/** One embedded database for the tests of a file; every setup empties it. */
export function embeddedStorage(): { readonly setup: Setup; readonly postgres: () => EmbeddedPostgres } {
  const home = mkdtempSync(join(tmpdir(), "thousand-worlds-embedded-"));
  let postgres: EmbeddedPostgres | null = null;
  beforeAll(async () => {
    postgres = await openEmbeddedPostgres({
      dataDir: join(home, "postgres"),
      cacheDir: clusterCacheDir,
      log: silentLog,
    });
  });
  afterAll(async () => {
    await postgres?.close();
    rmSync(home, { recursive: true, force: true });
  });
  return { setup: () => emptyStorage(postgres as EmbeddedPostgres), postgres: () => postgres as EmbeddedPostgres };
}

/** The same on a real server, with as many connections as in production. `open` may reach it by another way than `pg`. */
export function serverStorage(
  bin: string,
  open: (url: string, closers: AsyncDisposableStack) => Promise<Postgres> = async (url) =>
    openPostgres({ url, log: silentLog }),
): { readonly setup: Setup; readonly postgres: () => Postgres } {
  const closers = new AsyncDisposableStack();
  let postgres: Postgres | null = null;
  beforeAll(async () => {
    const server = closers.use(await startPostgresServer(bin));
    postgres = closers.use(await open(server.url, closers));
    await migratePostgres(postgres, { log: silentLog });
  });
  afterAll(() => closers.disposeAsync());
  return { setup: () => emptyStorage(postgres as Postgres), postgres: () => postgres as Postgres };
}
