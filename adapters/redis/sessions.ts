import type { Session, SessionLifetime } from "#core/account/model.ts";
import type { SessionId, UserId } from "#core/lib/ids.ts";
import type { Sessions } from "#core/ports/sessions.ts";
import type { Redis } from "./connect.ts";
import {
  createSession,
  refreshSession,
  revokeAllSessions,
  revokeSession,
  sessionsOfUser,
  touchSession,
} from "./session-scripts.ts";

/** Expired sessions that one new session sweeps up. */
const sweptMax = 100;

/**
 * Keys, in one slot of a cluster because a new session sweeps the user's dead ones:
 *   {sessions}:id:<id>       "<createdAtMs> <expiresAtMs> <userId>" and, if it can be refreshed, " <hash> <generation> <when the ones before
 *                            gave way, by commas>"; or "" once revoked; until it expires
 *   {sessions}:of:<userId>   sorted set of ids by expiry, until the last expires
 *
 * A revoked session keeps its place as an empty value, and a session is written only where nothing is, or changed only where it lives: neither
 * a creation that a slow network delivers twice nor a late touch can bring it back.
 */
export function redisSessions(redis: Redis): Sessions {
  const base = `${redis.prefix}{sessions}:`;
  const keyOf = (id: SessionId) => `${base}id:${id}`;
  const isRepeatable = true;
  const timed = (id: SessionId, nowMs: number, { idleMs, absoluteMs }: SessionLifetime) =>
    [id, base, nowMs, idleMs, absoluteMs] as const;

  return {
    async create({ id, userId, createdAtMs, expiresAtMs }, refreshHash) {
      const family = refreshHash === undefined ? "" : ` ${refreshHash} 0 `;
      const value = `${createdAtMs} ${expiresAtMs} ${userId}${family}`;
      await redis.run(createSession, {
        keys: [keyOf(id), `${base}of:${userId}`],
        args: [id, value, createdAtMs, expiresAtMs, base, sweptMax],
        isRepeatable,
      });
    },

    async get(id, nowMs) {
      return sessionOf(id, await redis.get(keyOf(id)), nowMs);
    },

    async touch(id, nowMs, lifetime) {
      await redis.run(touchSession, { keys: [keyOf(id)], args: timed(id, nowMs, lifetime), isRepeatable });
    },

    async refresh(id, { hash, generation }, nowMs, lifetime) {
      const args = [...timed(id, nowMs, lifetime), hash, generation];
      const answer = await redis.run(refreshSession, { keys: [keyOf(id)], args, isRepeatable });
      const [outcome, value = ""] = answer as ["unknown" | "reused" | "refreshed", string?];
      if (outcome === "reused") return { outcome, userId: value as UserId };
      const session = outcome === "refreshed" ? sessionOf(id, value, nowMs) : null;
      if (session === null) return { outcome: "unknown" };
      return { outcome: "refreshed", session, generation: Number(value.split(" ")[4]) };
    },

    async revoke(id) {
      await redis.run(revokeSession, { keys: [keyOf(id)], args: [], isRepeatable });
    },

    async ofUser(userId, nowMs) {
      const call = { keys: [`${base}of:${userId}`], args: [base], isRepeatable };
      const pairs = (await redis.run(sessionsOfUser, call)) as [SessionId, string][];
      return pairs
        .map(([id, stored]) => sessionOf(id, stored, nowMs))
        .filter((session) => session !== null)
        .toSorted((one, other) => other.createdAtMs - one.createdAtMs || (one.id < other.id ? -1 : 1));
    },

    async revokeAll(userId, except) {
      const call = { keys: [`${base}of:${userId}`], args: [base, except ?? ""], isRepeatable };
      return (await redis.run(revokeAllSessions, call)) as SessionId[];
    },
  };
}

function sessionOf(id: SessionId, stored: string | null, nowMs: number): Session | null {
  if (stored === null || stored === "") return null;
  const [createdAtMs, expiresAtMs, userId] = stored.split(" ") as [string, string, string];
  if (Number(expiresAtMs) <= nowMs) return null;
  return { id, userId: userId as UserId, createdAtMs: Number(createdAtMs), expiresAtMs: Number(expiresAtMs) };
}
