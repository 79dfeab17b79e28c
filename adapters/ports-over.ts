import { withLocalFallback } from "#core/account/local-fallback.ts";
import { announcingInputs } from "#core/world/announce-inputs.ts";
import type { Accounts, PersonalData } from "#core/ports/accounts.ts";
import type { Audit } from "#core/ports/audit.ts";
import type { Bus } from "#core/ports/bus.ts";
import type { CharacterLog } from "#core/ports/character-log.ts";
import type { Characters } from "#core/ports/characters.ts";
import type { Connections } from "#core/ports/connections.ts";
import type { InputStreams } from "#core/ports/input-streams.ts";
import type { Interviews } from "#core/ports/interviews.ts";
import type { Leases } from "#core/ports/leases.ts";
import type { KnownAddresses, Limits } from "#core/ports/limits.ts";
import type { Letters, MailTokens } from "#core/ports/mail.ts";
import type { ModelRequests } from "#core/ports/models.ts";
import type { Oversight } from "#core/ports/oversight.ts";
import type { Outbox } from "#core/ports/outbox.ts";
import type { Placements } from "#core/ports/placements.ts";
import type { Planets } from "#core/ports/planets.ts";
import type { Sessions, Tickets } from "#core/ports/sessions.ts";
import type { Clock, Log } from "#core/ports/system.ts";
import type { Tracing } from "#core/ports/tracing.ts";
import type { WeatherStates } from "#core/ports/weather.ts";
import type { WorldLog } from "#core/ports/world-log.ts";
import type { WorldNames, Worlds } from "#core/ports/worlds.ts";
import { memoryBus } from "./memory/bus.ts";
import { memoryConnections } from "./memory/connections.ts";
import { memoryInputStreams } from "./memory/input-streams.ts";
import { memoryKnownAddresses } from "./memory/known-addresses.ts";
import { memoryLimits } from "./memory/limits.ts";
import { memoryModelRequests } from "./memory/model-requests.ts";
import { memoryOutbox } from "./memory/outbox.ts";
import { memoryTickets } from "./memory/tickets.ts";
import { natsBus } from "./nats/bus.ts";
import type { Nats } from "./nats/connect.ts";
import { natsInputStreams } from "./nats/input-streams.ts";
import { natsModelRequests } from "./nats/model-requests.ts";
import { postgresAccounts } from "./postgres/accounts.ts";
import { postgresOversight } from "./postgres/administration.ts";
import { postgresAudit } from "./postgres/audit.ts";
import { postgresCharacterLog } from "./postgres/character-log.ts";
import { postgresCharacters } from "./postgres/characters.ts";
import { postgresInterviews } from "./postgres/interviews.ts";
import { postgresLeases } from "./postgres/leases.ts";
import { postgresLetters } from "./postgres/letters.ts";
import { postgresMailTokens } from "./postgres/mail-tokens.ts";
import { postgresPersonalData } from "./postgres/personal-data.ts";
import { postgresPlacements } from "./postgres/placements.ts";
import { postgresPlanets } from "./postgres/planets.ts";
import type { Postgres } from "./postgres/postgres.ts";
import { postgresSessions } from "./postgres/sessions.ts";
import { postgresWeatherStates } from "./postgres/weather-states.ts";
import { postgresWorldLog } from "./postgres/world-log.ts";
import { postgresWorldNames } from "./postgres/world-names.ts";
import { postgresWorlds } from "./postgres/worlds.ts";
import type { Redis } from "./redis/connect.ts";
import { redisConnections } from "./redis/connections.ts";
import { redisKnownAddresses } from "./redis/known-addresses.ts";
import { redisLimits } from "./redis/limits.ts";
import { redisOutbox } from "./redis/outbox.ts";
import { redisSessions } from "./redis/sessions.ts";
import { redisTickets } from "./redis/tickets.ts";
import { tracedBus, tracedInputs, tracedModelRequests, tracedPostgres } from "./tracing/traced-ports.ts";

type Stores = { readonly postgres: Postgres; readonly redis: Redis | null; readonly nats: Nats | null };

type Options = {
  readonly clock: Clock;
  readonly log: Log;
  /** Left out: yes. Whoever only appends to the worlds' inputs may not make their stream. */
  readonly readsInputs?: boolean;
  /** Left out: no. Whoever only asks models may not make the stream of requests. */
  readonly takesModelRequests?: boolean;
  /** null or left out: nothing is traced, and nothing is in the way. */
  readonly tracing?: Tracing | null;
};

export type StoredPorts = {
  readonly accounts: Accounts;
  readonly audit: Audit;
  readonly oversight: Oversight;
  readonly letters: Letters;
  readonly mailTokens: MailTokens;
  readonly personalData: PersonalData;
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
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  readonly limits: Limits;
  readonly knownAddresses: KnownAddresses;
  readonly connections: Connections;
  readonly outbox: Outbox;
  readonly bus: Bus;
  readonly inputs: InputStreams;
  readonly modelRequests: ModelRequests;
};

/**
 * The ports that keep or carry something, over the servers that are there. Without Redis or NATS their part lives in this process and ends
 * with it, except sessions, which are then in the database: a restart logs nobody out.
 */
export function portsOver({ postgres: database, redis, nats }: Stores, options: Options): StoredPorts {
  const { clock, log, readsInputs = true, takesModelRequests = false, tracing = null } = options;
  const postgres = tracing ? tracedPostgres(database, tracing) : database;
  const plainBus = nats ? natsBus(nats, { clock }) : memoryBus({ clock, log });
  const bus = tracing ? tracedBus(plainBus, tracing) : plainBus;
  const inputs = nats ? natsInputStreams(nats, { isMadeElsewhere: !readsInputs }) : memoryInputStreams({ clock, log });
  const announced = announcingInputs(inputs, { bus, clock });
  const modelRequests = nats
    ? natsModelRequests(nats, { isMadeElsewhere: !takesModelRequests })
    : memoryModelRequests({ clock });
  return {
    accounts: postgresAccounts(postgres),
    audit: postgresAudit(postgres, log),
    oversight: postgresOversight(postgres),
    letters: postgresLetters(postgres),
    mailTokens: postgresMailTokens(postgres),
    personalData: postgresPersonalData(postgres),
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
    sessions: redis ? redisSessions(redis) : postgresSessions(postgres),
    tickets: redis ? redisTickets(redis) : memoryTickets(),
    knownAddresses: redis ? redisKnownAddresses(redis, log) : memoryKnownAddresses(),
    limits: redis ? withLocalFallback(redisLimits(redis), memoryLimits(), log) : memoryLimits(),
    connections: redis ? redisConnections(redis) : memoryConnections(),
    outbox: redis ? redisOutbox(redis, { numbersFromTime: true }) : memoryOutbox({ startAfter: clock.nowMs() }),
    bus,
    inputs: tracing ? tracedInputs(announced, tracing) : announced,
    modelRequests: tracing ? tracedModelRequests(modelRequests, tracing) : modelRequests,
  };
}
