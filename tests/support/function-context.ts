import { inspect } from "node:util";
import { memoryAccounts } from "#adapters/memory/accounts.ts";
import { memoryAudit } from "#adapters/memory/audit.ts";
import { memoryBus } from "#adapters/memory/bus.ts";
import { memoryCharacterLog } from "#adapters/memory/character-log.ts";
import { memoryCharacters } from "#adapters/memory/characters.ts";
import { manualClock } from "#adapters/memory/clock.ts";
import { memoryConnections } from "#adapters/memory/connections.ts";
import { seededEntropy } from "#adapters/memory/entropy.ts";
import { memoryKnownAddresses } from "#adapters/memory/known-addresses.ts";
import { memoryInterviews } from "#adapters/memory/interviews.ts";
import { memoryInputStreams } from "#adapters/memory/input-streams.ts";
import { memoryLetters } from "#adapters/memory/letters.ts";
import { memoryLimits } from "#adapters/memory/limits.ts";
import { noLlm } from "#adapters/memory/llm.ts";
import { recordedMetrics } from "#adapters/memory/metrics.ts";
import { memoryMailTokens } from "#adapters/memory/mail-tokens.ts";
import { memoryOversight } from "#adapters/memory/oversight.ts";
import { memoryPasswords } from "#adapters/memory/passwords.ts";
import { memoryPersonalData } from "#adapters/memory/personal-data.ts";
import { memorySessions } from "#adapters/memory/sessions.ts";
import { memoryTables } from "#adapters/memory/tables.ts";
import { memoryTickets } from "#adapters/memory/tickets.ts";
import { memoryTokens } from "#adapters/memory/tokens.ts";
import { memoryPlacements } from "#adapters/memory/placements.ts";
import { memoryPlanets } from "#adapters/memory/planets.ts";
import { memoryWorldLog } from "#adapters/memory/world-log.ts";
import { memoryWorldNames } from "#adapters/memory/world-names.ts";
import { memoryWorlds } from "#adapters/memory/worlds.ts";
import type { AccountRole, Principal } from "#core/account/model.ts";
import { lobbyWorldId, type SessionId, type UserId, valleyWorldId, type WorldId } from "#core/lib/ids.ts";
import type { Log } from "#core/ports/system.ts";
import type { WorldRecord } from "#core/world/spec.ts";
import { configFromEnv } from "#functions/config.ts";
import { inlineServices, withInterviews } from "#functions/services.ts";
import { madeAtOnce } from "./made-at-once.ts";
import { captureLog } from "./run-logs.ts";

export const startMs = Date.UTC(2030, 0, 1);

/** Every port but those of the socket, in memory, with the lobby and a valley in it, and the services over them in this process. */
export function functionContext() {
  const clock = manualClock(startMs);
  const entropy = seededEntropy();
  const { log, lines } = recordingLog();
  const tables = memoryTables();
  tables.worlds.set(lobby.id, lobby).set(valley.id, valley);
  const ports = {
    clock,
    entropy,
    log,
    accounts: memoryAccounts(tables),
    audit: memoryAudit(tables),
    oversight: memoryOversight(tables, clock),
    letters: memoryLetters(tables),
    mailTokens: memoryMailTokens(tables),
    personalData: memoryPersonalData(tables),
    sessions: memorySessions(tables),
    tickets: memoryTickets(),
    passwords: memoryPasswords(),
    tokens: memoryTokens(),
    limits: memoryLimits(),
    knownAddresses: memoryKnownAddresses(),
    characters: memoryCharacters(tables),
    characterLog: memoryCharacterLog(tables),
    placements: memoryPlacements(tables),
    worlds: madeAtOnce(memoryWorlds(tables), memoryPlanets(tables)),
    inputs: memoryInputStreams({ clock, log }),
    worldNames: memoryWorldNames(tables),
    interviews: memoryInterviews(tables),
    planets: memoryPlanets(tables),
    worldLog: memoryWorldLog(tables),
    bus: memoryBus({ clock, log }),
    connections: memoryConnections(),
    checks: {},
    metrics: recordedMetrics(),
    llm: noLlm,
    accountPolicy: configFromEnv({}).accounts,
    interviewPolicy: configFromEnv({}).interviewPolicy,
  };
  const ctx = withInterviews({ ...ports, ...inlineServices(ports) }, "inline");
  return { ctx, clock, tables, lines };
}

type FunctionContext = ReturnType<typeof functionContext>;

/** An account that was made by someone else, at some time, and its living session. */
export async function someone(
  {
    ctx,
    tables,
  }: {
    ctx: Omit<FunctionContext["ctx"], "auth" | "players" | "worldVerbs" | "interviewVerbs">;
    tables: FunctionContext["tables"];
  },
  username: string,
  role: AccountRole = "user",
): Promise<Principal & { token: string }> {
  const [id, sessionId] = [ctx.entropy.uuid() as UserId, ctx.entropy.uuid() as SessionId];
  const createdAtMs = ctx.clock.nowMs();
  const email = `${username.toLowerCase()}@example.org`;
  await ctx.accounts.create({
    id,
    email,
    username,
    createdAtMs,
    passwordHash: await ctx.passwords.hash("correct horse"),
  });
  tables.accounts.set(id, { ...tables.accounts.get(id)!, role });
  const expiresAtMs = createdAtMs + ctx.accountPolicy.sessionLifetime.idleMs;
  await ctx.sessions.create({ id: sessionId, userId: id, createdAtMs, expiresAtMs });
  const principal = { userId: id, sessionId, username, role };
  return { ...principal, token: await ctx.tokens.sign(principal, expiresAtMs) };
}

export type LogLine = { readonly level: keyof Log; readonly message: string; readonly fields: object };

export function recordingLog(): { log: Log; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: keyof Log) => (fields: object, message: string) => {
    lines.push({ level, message, fields });
    captureLog(`${level} ${message} ${inspect(fields, { depth: 8 })}\n`);
  };
  return { log: { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") }, lines };
}

function world(id: WorldId, name: string, half: number, createdAtMs: number): WorldRecord {
  return {
    id,
    name,
    ownerId: null,
    status: "active",
    createdAtMs,
    spec: {
      version: 1,
      seed: 1,
      shape: "bounded",
      radiusM: null,
      bounds: { minX: -half, minY: -half, maxX: half, maxY: half },
      stepM: 1,
      ground: "room",
      theme: "test",
      spawn: { position: { x: 5, y: 2, z: 0 }, orientation: { x: 0, y: 1, z: 0 } },
      sky: { dayLengthS: 86_400, daysPerYear: 360, axialTiltRad: 0.4, latitudeRad: 0.8 },
      dilation: 1,
      features: [],
    },
  };
}

export const lobby = world(lobbyWorldId, "Lobby", 10, startMs - 2_000);
export const valley = world(valleyWorldId, "Valley", 500, startMs - 1_000);
