import { argon2Passwords } from "#adapters/argon2.ts";
import { systemEntropy } from "#adapters/entropy.ts";
import { memoryAccounts } from "#adapters/memory/accounts.ts";
import { memoryOversight } from "#adapters/memory/oversight.ts";
import { memoryAudit } from "#adapters/memory/audit.ts";
import { memoryCharacterLog } from "#adapters/memory/character-log.ts";
import { memoryCharacters } from "#adapters/memory/characters.ts";
import { memoryKnownAddresses } from "#adapters/memory/known-addresses.ts";
import { memoryLetters } from "#adapters/memory/letters.ts";
import { memoryLimits } from "#adapters/memory/limits.ts";
import { memoryMailTokens } from "#adapters/memory/mail-tokens.ts";
import { memoryPersonalData } from "#adapters/memory/personal-data.ts";
import { memorySessions } from "#adapters/memory/sessions.ts";
import { memoryTables } from "#adapters/memory/tables.ts";
import { systemClock } from "#adapters/system-clock.ts";
import { jwtTokens } from "#adapters/tokens.ts";
import { configFromEnv } from "#functions/config.ts";

/** What accounts stand on, with real passwords and tokens. Only what is stored is in memory, as it is for the peer, and no limit is ever reached. */
export async function authOverMemory() {
  const config = configFromEnv({
    PORT: process.env["PORT"],
    LOGIN_PER_ACCOUNT_PER_MINUTE: "1000000",
    LOGIN_PER_ACCOUNT_BY_STRANGERS_PER_MINUTE: "1000000",
    LOGIN_BY_STRANGERS_PER_MINUTE: "10000000",
    LOGIN_PER_ADDRESS_PER_MINUTE: "1000000",
    REGISTER_PER_ADDRESS_PER_HOUR: "1000000",
    REFRESH_PER_SESSION_PER_MINUTE: "1000000",
  });
  const [clock, entropy, tables] = [systemClock, systemEntropy, memoryTables()];
  const issuer = config.publicOrigin;
  const ports = {
    clock,
    entropy,
    log: { debug() {}, info() {}, warn() {}, error: console.error },
    accounts: memoryAccounts(tables),
    sessions: memorySessions(tables),
    audit: memoryAudit(tables),
    oversight: memoryOversight(tables, systemClock),
    letters: memoryLetters(tables),
    mailTokens: memoryMailTokens(tables),
    personalData: memoryPersonalData(tables),
    characters: memoryCharacters(tables),
    characterLog: memoryCharacterLog(tables),
    passwords: await argon2Passwords(config.argon2),
    tokens: jwtTokens({ secret: "a secret for benches only, of 32 bytes", issuer, audience: issuer, clock, entropy }),
    limits: memoryLimits(),
    knownAddresses: memoryKnownAddresses(),
    accountPolicy: config.accounts,
  };
  return { config, tables, ports };
}
