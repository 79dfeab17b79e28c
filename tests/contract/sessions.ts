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
