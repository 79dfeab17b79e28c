import { beforeEach, describe, expect, test } from "vitest";
import type { Session } from "#core/account/model.ts";
import type { Sessions } from "#core/ports.ts";
import type { Setup } from "#tests/support/database.ts";
import { newAccount, sessionId, startMs, userId } from "#tests/support/records.ts";

const lifeMs = 3_600_000;

export function sessionsContract(name: string, setup: Setup): void {
  describe(`sessions, ${name}`, () => {
    let sessions: Sessions;
    beforeEach(async () => {
      const storage = await setup();
      sessions = storage.sessions;
      await storage.accounts.create(newAccount(1));
      await storage.accounts.create(newAccount(2));
    });

    const session = (number: number, changes: Partial<Session> = {}): Session => ({
      id: sessionId(number),
      userId: userId(1),
      createdAtMs: startMs,
      expiresAtMs: startMs + lifeMs,
      ...changes,
    });

    test("a session is there until the moment it expires", async () => {
      await sessions.create(session(1));
      expect(await sessions.get(sessionId(1), startMs)).toEqual(session(1));
      expect(await sessions.get(sessionId(1), startMs + lifeMs - 1)).toEqual(session(1));
      expect(await sessions.get(sessionId(1), startMs + lifeMs)).toBeNull();
    });

    test("an unknown session is null", async () => {
      expect(await sessions.get(sessionId(1), startMs)).toBeNull();
    });

    test("a revoked session is dead at once, and the others live", async () => {
      await sessions.create(session(1));
      await sessions.create(session(2));
      await sessions.revoke(sessionId(1));
      expect(await sessions.get(sessionId(1), startMs)).toBeNull();
      expect(await sessions.get(sessionId(2), startMs)).toEqual(session(2));
    });

    test("revoking twice, or what never was, is no error", async () => {
      await sessions.create(session(1));
      await sessions.revoke(sessionId(1));
      await sessions.revoke(sessionId(1));
      await sessions.revoke(sessionId(2));
      expect(await sessions.get(sessionId(1), startMs)).toBeNull();
    });

    test("a user's sessions are those in force, newest first, and nobody else's", async () => {
      await sessions.create(session(1));
      await sessions.create(session(2, { createdAtMs: startMs + 2, expiresAtMs: startMs + 2 * lifeMs }));
      await sessions.create(session(3, { createdAtMs: startMs + 1, expiresAtMs: startMs + 2 * lifeMs }));
      await sessions.create(session(4, { userId: userId(2) }));
      await sessions.create(session(5));
      await sessions.revoke(sessionId(5));
      const ids = async (number: number, nowMs: number) =>
        (await sessions.ofUser(userId(number), nowMs)).map(({ id }) => id);
      expect(await ids(1, startMs)).toEqual([sessionId(2), sessionId(3), sessionId(1)]);
      expect(await ids(1, startMs + lifeMs)).toEqual([sessionId(2), sessionId(3)]);
      expect((await sessions.ofUser(userId(1), startMs + lifeMs))[1]).toEqual(
        session(3, { createdAtMs: startMs + 1, expiresAtMs: startMs + 2 * lifeMs }),
      );
      expect(await ids(3, startMs)).toEqual([]);
    });

    test("all of a user's sessions end at once, nobody else's do, and a later one lives", async () => {
      for (const number of [1, 2]) await sessions.create(session(number));
      await sessions.create(session(3, { userId: userId(2) }));
      expect((await sessions.revokeAll(userId(1))).toSorted((one, other) => one.localeCompare(other))).toEqual([
        sessionId(1),
        sessionId(2),
      ]);
      await sessions.create(session(4));
      const alive = [1, 2, 3, 4].map(async (number) => (await sessions.get(sessionId(number), startMs)) !== null);
      expect(await Promise.all(alive)).toEqual([false, false, true, true]);
      expect((await sessions.ofUser(userId(1), startMs)).map(({ id }) => id)).toEqual([sessionId(4)]);
      expect(await sessions.revokeAll(userId(9))).toEqual([]);
    });

    test("a new session sweeps away the user's dead ones, and nobody else's", async () => {
      await sessions.create(session(1));
      await sessions.create(session(2, { userId: userId(2) }));
      await sessions.create(session(3, { expiresAtMs: startMs + 2 * lifeMs }));
      await sessions.create(session(4, { createdAtMs: startMs + lifeMs, expiresAtMs: startMs + 2 * lifeMs }));
      const alive = [1, 2, 3, 4].map(async (number) => (await sessions.get(sessionId(number), startMs)) !== null);
      expect(await Promise.all(alive)).toEqual([false, true, true, true]);
    });
  });
}
