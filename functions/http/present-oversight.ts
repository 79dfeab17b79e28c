import type { AuditRecord } from "#core/account/audit.ts";
import type { seeUser } from "#core/oversight/see-users.ts";
import type { OverseenWorld, Workers } from "#core/oversight/see-worlds.ts";
import type { GatewayStatus } from "#core/protocol/llm-status.ts";
import type {
  AuditResponse,
  GatewaysResponse,
  OverseenWorlds,
  UserSessionsResponse,
  WorkersResponse,
} from "#core/protocol/oversight.ts";
import { time } from "./present.ts";

export function overseenWorldsResponse(worlds: readonly OverseenWorld[]): OverseenWorlds {
  return {
    worlds: worlds.map(({ players, reading, createdAt, id, name, status, fault, owner, ...world }) => ({
      id,
      name,
      status,
      fault,
      owner,
      events: world.events,
      characters: world.characters,
      player_count: players,
      worker: world.worker,
      fence: world.fence,
      clock: reading,
      created_at: createdAt,
    })),
  };
}

export function workersResponse({ workers, unowned }: Workers): WorkersResponse {
  return {
    workers: workers.map(({ name, worlds }) => ({
      name,
      worlds: worlds.map(({ worldId, world, fence, remainingMs }) => ({
        id: worldId,
        name: world,
        fence,
        remaining_ms: remainingMs,
      })),
    })),
    unowned: unowned.length,
  };
}

/** Where the hosts are is for those who run them. */
export function gatewaysResponse(all: readonly GatewayStatus[]): GatewaysResponse {
  return { gateways: all.map(({ settings: _, ...status }) => status) };
}

export function auditResponse(records: readonly AuditRecord[]): AuditResponse {
  return {
    events: records.map(({ number, atMs, type, userId, sessionId, address }) => ({
      number,
      at: time(atMs),
      type,
      user_id: userId,
      session_id: sessionId,
      address,
    })),
  };
}

export function userSessionsResponse({ user, sessions }: Awaited<ReturnType<typeof seeUser>>): UserSessionsResponse {
  const { id, username, role, characters, createdAt, lastLoginAt, bannedAt } = user;
  return {
    user: { id, username, role, characters, created_at: createdAt, last_login: lastLoginAt, banned_at: bannedAt },
    sessions: sessions.map((session) => ({
      id: session.id,
      created_at: time(session.createdAtMs),
      expires_at: time(session.expiresAtMs),
    })),
  };
}
