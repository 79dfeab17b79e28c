import { argon2Passwords } from "#adapters/argon2.ts";
import { systemEntropy } from "#adapters/entropy.ts";
import { memoryBus } from "#adapters/memory/bus.ts";
import { memoryConnections } from "#adapters/memory/connections.ts";
import { memoryInputStreams } from "#adapters/memory/input-streams.ts";
import { memoryLimits } from "#adapters/memory/limits.ts";
import { memoryOutbox } from "#adapters/memory/outbox.ts";
import { postgresAccounts } from "#adapters/postgres/accounts.ts";
import { postgresCharacters } from "#adapters/postgres/characters.ts";
import { postgresLeases } from "#adapters/postgres/leases.ts";
import type { Postgres } from "#adapters/postgres/postgres.ts";
import { postgresSessions } from "#adapters/postgres/sessions.ts";
import { postgresWorldLog } from "#adapters/postgres/world-log.ts";
import { postgresWorlds } from "#adapters/postgres/worlds.ts";
import { jwtTokens } from "#adapters/tokens.ts";
import { inlineAuth } from "#core/account/service.ts";
import { inlinePlayers } from "#core/character/service.ts";
import type { Clients, Clock, Log } from "#core/ports.ts";
import type { Config } from "#functions/config.ts";
import type { FunctionsContext } from "#functions/context.ts";
import type { WorldContext } from "#workers/world/context.ts";

type Given = {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly postgres: Postgres;
  readonly clients: Clients;
  readonly tokenSecret: string;
};

/**
 * What everything in the one process stands on. Messages and connections live as long as the process; sessions are in the database,
 * so that a restart logs nobody out.
 */
export async function createContext({
  config,
  clock,
  log,
  postgres,
  clients,
  tokenSecret,
}: Given): Promise<FunctionsContext & WorldContext> {
  const ports = {
    clock,
    log,
    entropy: systemEntropy,
    accounts: postgresAccounts(postgres),
    sessions: postgresSessions(postgres),
    characters: postgresCharacters(postgres),
    worlds: postgresWorlds(postgres),
    worldLog: postgresWorldLog(postgres),
    leases: postgresLeases(postgres),
    passwords: await argon2Passwords(config.argon2),
    tokens: jwtTokens({
      secret: tokenSecret,
      issuer: config.publicOrigin,
      audience: config.publicOrigin,
      clock,
      entropy: systemEntropy,
    }),
    limits: memoryLimits(),
    bus: memoryBus({ clock, log }),
    inputs: memoryInputStreams({ clock, log }),
    connections: memoryConnections(),
    outbox: memoryOutbox({ startAfter: clock.nowMs() }),
    clients,
    checks: { database: () => postgres.ping() },
    accountPolicy: config.accounts,
  };
  return { ...ports, auth: inlineAuth(ports), players: inlinePlayers(ports) };
}
