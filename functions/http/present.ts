import type { Account, Session } from "#core/account/model.ts";
import type { SessionTokens } from "#core/account/open-session.ts";
import type { AccountExport } from "#core/account/export-account.ts";
import type { CharacterRecord } from "#core/character/model.ts";
import type { SessionId } from "#core/lib/ids.ts";
import type { MeResponse, RefreshResponse, SessionsResponse, UserResponse } from "#core/protocol/account.ts";
import type { AccountExportResponse } from "#core/protocol/account-export.ts";
import type { CharacterResponse } from "#core/protocol/character.ts";
import type { ClockResponse, WorldDetailResponse, WorldResponse } from "#core/protocol/world.ts";
import type { WorldReading } from "#core/world/get-world.ts";
import type { ClockReading } from "#core/world/read-clock.ts";
import type { WorldRecord } from "#core/world/spec.ts";

export function userResponse(account: Account): UserResponse {
  return {
    user_id: account.id,
    email: account.email,
    email_verified: account.emailVerifiedAtMs !== null,
    username: account.username,
    created_at: time(account.createdAtMs),
    last_login: account.lastLoginAtMs === null ? null : time(account.lastLoginAtMs),
    last_world_id: account.lastWorldId,
  };
}

export function meResponse(account: Account): MeResponse {
  const { id, email, emailVerifiedAtMs, username, lastWorldId, role } = account;
  return { user_id: id, email, email_verified: emailVerifiedAtMs !== null, username, last_world_id: lastWorldId, role };
}

export function tokensResponse({ token, refreshToken, expiresInS }: SessionTokens): RefreshResponse {
  return { token, refresh_token: refreshToken, expires_in: expiresInS };
}

export function sessionsResponse(sessions: readonly Session[], currentId: SessionId): SessionsResponse {
  return {
    sessions: sessions.map(({ id, createdAtMs, expiresAtMs }) => ({
      session_id: id,
      created_at: time(createdAtMs),
      expires_at: time(expiresAtMs),
      is_current: id === currentId,
    })),
  };
}

export function accountExportResponse(
  { about, interviewEvents, events, biographyEvents, next }: AccountExport,
  currentId: SessionId,
): AccountExportResponse {
  return {
    ...(about !== null && {
      account: userResponse(about.account),
      ...sessionsResponse(about.sessions, currentId),
      characters: about.characters.map(characterResponse),
      worlds: about.worlds.map(({ id, name, createdAtMs }) => ({ id, name, created_at: time(createdAtMs) })),
      audit: about.audit.map(({ type, atMs, sessionId, address }) => ({
        type,
        at: time(atMs),
        session_id: sessionId,
        address,
      })),
    }),
    ...(interviewEvents.length > 0 && {
      interview_events: interviewEvents.map(({ interviewId, version, type, payload, atMs }) => ({
        interview_id: interviewId,
        version,
        type,
        at: time(atMs),
        payload,
      })),
    }),
    events: events.map(({ worldId, version, type, payload, recordedAtMs }) => ({
      world_id: worldId,
      version,
      type,
      at: time(recordedAtMs),
      payload,
    })),
    biography_events: biographyEvents.map(({ characterId, version, type, payload, atMs }) => ({
      character_id: characterId,
      version,
      type,
      at: time(atMs),
      payload,
    })),
    next,
  };
}

export function characterResponse(character: CharacterRecord): CharacterResponse {
  const { appearance, description, occupation, position, orientation } = character;
  return {
    character_id: character.id,
    user_id: character.userId,
    world_id: character.worldId,
    name: character.name,
    role: character.role,
    species: character.species,
    ...(appearance !== null && { appearance }),
    ...(description !== null && { description }),
    ...(occupation !== null && { occupation }),
    position_x: position.x,
    position_y: position.y,
    position_z: position.z,
    orientation_x: orientation.x,
    orientation_y: orientation.y,
    orientation_z: orientation.z,
    is_flying: character.isFlying,
    created_at: time(character.createdAtMs),
    last_played: character.lastPlayedAtMs === null ? null : time(character.lastPlayedAtMs),
  };
}

export function worldResponse(world: WorldRecord, playerCount: number): WorldResponse {
  const { shape, radiusM, bounds, theme } = world.spec;
  return {
    id: world.id,
    name: world.name,
    shape,
    radius: radiusM,
    circumference: radiusM === null ? null : 2 * Math.PI * radiusM,
    bounds: bounds && { min_x: bounds.minX, min_y: bounds.minY, max_x: bounds.maxX, max_y: bounds.maxY },
    owner_id: world.ownerId,
    theme,
    status: world.fault === undefined ? world.status : "faulted",
    player_count: playerCount,
    created_at: time(world.createdAtMs),
  };
}

export function worldDetailResponse(reading: WorldReading, playerCount: number): WorldDetailResponse {
  const { record, clock, sky, climate } = reading;
  const { daypart, year, dayOfYear, hour, minute, sunAltitudeRad, sunAzimuthRad, season, seasonProgress } = sky;
  return {
    ...worldResponse(record, playerCount),
    clock: clockResponse(record, clock),
    sky: {
      time_of_day: daypart,
      year,
      day_of_year: dayOfYear,
      hour,
      minute,
      sun: { altitude_rad: sunAltitudeRad, azimuth_rad: sunAzimuthRad },
    },
    season: { name: season, progress: seasonProgress },
    climate: climate && { temperature_c: climate.temperatureC, rain_mm_per_year: climate.rainMmPerYear },
  };
}

export function clockResponse({ id }: Pick<WorldRecord, "id">, clock: ClockReading): ClockResponse {
  return {
    world_id: id,
    game_time_ms: clock.gameTimeMs,
    real_time_ms: clock.realTimeMs,
    is_paused: clock.isPaused,
    dilation: clock.dilation,
    pace: clock.pace,
    ticks_per_second: clock.ticksPerSecond,
    tick_number: clock.tickNumber,
  };
}

export function time(ms: number): string {
  return new Date(ms).toISOString();
}
