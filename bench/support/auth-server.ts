import { serve } from "@hono/node-server";
import { argon2Passwords } from "#adapters/argon2.ts";
import { systemEntropy } from "#adapters/entropy.ts";
import { memoryAccounts } from "#adapters/memory/accounts.ts";
import { memoryAudit } from "#adapters/memory/audit.ts";
import { memoryBus } from "#adapters/memory/bus.ts";
import { memoryCharacters } from "#adapters/memory/characters.ts";
import { memoryConnections } from "#adapters/memory/connections.ts";
import { memoryKnownAddresses } from "#adapters/memory/known-addresses.ts";
import { memoryLimits } from "#adapters/memory/limits.ts";
import { memorySessions } from "#adapters/memory/sessions.ts";
import { memoryTables } from "#adapters/memory/tables.ts";
import { memoryTickets } from "#adapters/memory/tickets.ts";
import { memoryWorlds } from "#adapters/memory/worlds.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { jwtTokens } from "#adapters/tokens.ts";
import { configFromEnv } from "#functions/config.ts";
import { createApp } from "#functions/http/app.ts";
import { inlineServices } from "#functions/services.ts";

// The whole app with its real passwords and tokens. Only what is stored is in memory, as it is for the peer, and no limit is ever reached.

const config = configFromEnv({
  PORT: process.env["PORT"],
  LOGIN_PER_ACCOUNT_PER_MINUTE: "1000000",
  LOGIN_PER_ACCOUNT_BY_STRANGERS_PER_MINUTE: "1000000",
  LOGIN_BY_STRANGERS_PER_MINUTE: "10000000",
  LOGIN_PER_ADDRESS_PER_MINUTE: "1000000",
  REGISTER_PER_ADDRESS_PER_HOUR: "1000000",
});
const [clock, entropy, tables] = [systemClock, systemEntropy, memoryTables()];
const log = { debug() {}, info() {}, warn() {}, error: console.error };
const issuer = config.publicOrigin;
const ports = {
  clock,
  entropy,
  log,
  accounts: memoryAccounts(tables),
  sessions: memorySessions(tables),
  audit: memoryAudit(tables),
  tickets: memoryTickets(),
  passwords: await argon2Passwords(config.argon2),
  tokens: jwtTokens({ secret: "a secret for benches only, of 32 bytes", issuer, audience: issuer, clock, entropy }),
  limits: memoryLimits(),
  knownAddresses: memoryKnownAddresses(),
  characters: memoryCharacters(tables),
  worlds: memoryWorlds(tables),
  bus: memoryBus({ clock, log }),
  connections: memoryConnections(),
  checks: {},
  accountPolicy: config.accounts,
};
const app = createApp({ ...ports, ...inlineServices(ports) }, config);
serve({ fetch: app.fetch, port: config.port, hostname: "127.0.0.1" }, () => console.log("ready"));
process.on("SIGTERM", () => process.exit(0));
