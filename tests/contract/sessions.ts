import { beforeEach, describe, expect, test } from "vitest";
import type { Session } from "#core/account/model.ts";
import { refreshGraceMs, rotationsKeptMax } from "#core/account/refresh-family.ts";
import type { Sessions } from "#core/ports/sessions.ts";
import type { Setup } from "#tests/support/database.ts";
import { playSamples } from "./refresh-model.ts";
import { newAccount, sessionId, startMs, userId } from "#tests/support/records.ts";

const lifeMs = 3_600_000;
const lifetime = { idleMs: lifeMs, absoluteMs: 3 * lifeMs };

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

    test("all of a user's sessions but one end at once", async () => {
      for (const number of [1, 2, 3]) await sessions.create(session(number));
      await sessions.create(session(4, { userId: userId(2) }));
      const ended = await sessions.revokeAll(userId(1), sessionId(2));
      expect(ended.toSorted((one, other) => one.localeCompare(other))).toEqual([sessionId(1), sessionId(3)]);
      const alive = [1, 2, 3, 4].map(async (number) => (await sessions.get(sessionId(number), startMs)) !== null);
      expect(await Promise.all(alive)).toEqual([false, true, false, true]);
    });

    test("a session that is touched goes on, up to its absolute end, and never ends earlier for it", async () => {
      await sessions.create(session(1));
      const touchedAt = async (nowMs: number) => {
        await sessions.touch(sessionId(1), nowMs, lifetime);
        return (await sessions.get(sessionId(1), startMs))?.expiresAtMs;
      };
      expect(await touchedAt(startMs + 1000)).toBe(startMs + lifeMs + 1000);
      expect(await touchedAt(startMs + 500)).toBe(startMs + lifeMs + 1000);
      expect(await touchedAt(startMs + lifeMs)).toBe(startMs + 2 * lifeMs);
      expect(await touchedAt(startMs + 2 * lifeMs - 1)).toBe(startMs + 3 * lifeMs - 1);
      expect(await touchedAt(startMs + 3 * lifeMs - 2)).toBe(startMs + 3 * lifeMs);
      expect(await sessions.get(sessionId(1), startMs + 3 * lifeMs)).toBeNull();
      expect(await sessions.ofUser(userId(1), startMs + 2 * lifeMs)).toEqual([
        session(1, { expiresAtMs: startMs + 3 * lifeMs }),
      ]);
    });

    test("neither a touch nor a refresh brings back what is dead, or makes what never was", async () => {
      await sessions.create(session(1), "hash");
      await sessions.create(session(2), "hash");
      await sessions.revoke(sessionId(1));
      for (const [number, nowMs] of [
        [1, startMs],
        [2, startMs + lifeMs],
        [3, startMs],
      ] as const) {
        await sessions.touch(sessionId(number), nowMs, lifetime);
        const presented = { hash: "hash", generation: 0 };
        expect(await sessions.refresh(sessionId(number), presented, nowMs, lifetime)).toEqual({ outcome: "unknown" });
        expect(await sessions.get(sessionId(number), nowMs)).toBeNull();
      }
    });

    test("a new session sweeps away the user's dead ones, and nobody else's", async () => {
      await sessions.create(session(1));
      await sessions.create(session(2, { userId: userId(2) }));
      await sessions.create(session(3, { expiresAtMs: startMs + 2 * lifeMs }));
      await sessions.create(session(4, { createdAtMs: startMs + lifeMs, expiresAtMs: startMs + 2 * lifeMs }));
      const alive = [1, 2, 3, 4].map(async (number) => (await sessions.get(sessionId(number), startMs)) !== null);
      expect(await Promise.all(alive)).toEqual([false, true, true, true]);
    });

    const refresh = (generation: number, nowMs = startMs, number = 1) =>
      sessions.refresh(sessionId(number), { hash: "hash", generation }, nowMs, lifetime);
    const refreshed = (generation: number, nowMs = startMs) => ({
      outcome: "refreshed",
      generation,
      session: session(1, { expiresAtMs: nowMs + lifeMs }),
    });

    test("a refresh token gives way to the next, and the session goes on", async () => {
      await sessions.create(session(1), "hash");
      expect(await refresh(0, startMs + 1)).toEqual(refreshed(1, startMs + 1));
      expect(await refresh(1, startMs + 2)).toEqual(refreshed(2, startMs + 2));
      expect(await refresh(2, startMs + lifeMs)).toEqual(refreshed(3, startMs + lifeMs));
      expect(await sessions.get(sessionId(1), startMs + lifeMs)).toEqual(
        session(1, { expiresAtMs: startMs + 2 * lifeMs }),
      );
    });

    test("within the grace one that gave way is answered with the newest, however many came since", async () => {
      await sessions.create(session(1), "hash");
      for (const generation of [0, 1, 2]) await refresh(generation, startMs + generation * 1000);
      const lastMs = startMs + refreshGraceMs - 1;
      for (const generation of [0, 1, 2]) expect(await refresh(generation, lastMs)).toEqual(refreshed(3, lastMs));
      expect(await refresh(3, lastMs)).toEqual(refreshed(4, lastMs));
    });

    test("after the grace it ends the session for good, and only that one", async () => {
      await sessions.create(session(1), "hash");
      await sessions.create(session(2), "hash");
      await refresh(0);
      expect(await refresh(0, startMs + refreshGraceMs)).toEqual({ outcome: "reused", userId: userId(1) });
      expect(await sessions.get(sessionId(1), startMs)).toBeNull();
      for (const generation of [0, 1])
        expect(await refresh(generation, startMs + refreshGraceMs)).toEqual({ outcome: "unknown" });
      expect(await sessions.ofUser(userId(1), startMs)).toEqual([session(2)]);
      expect(await refresh(0, startMs, 2)).toMatchObject({ outcome: "refreshed" });
    });

    test("one from long before ends it, too, though its time is no longer remembered", async () => {
      await sessions.create(session(1), "hash");
      for (const generation of [0, 1, 2, 3]) await refresh(generation, startMs + generation * refreshGraceMs);
      expect(await refresh(0, startMs + 3 * refreshGraceMs)).toMatchObject({ outcome: "reused" });
    });

    test("what was never a token of this session changes nothing", async () => {
      await sessions.create(session(1), "hash");
      await sessions.create(session(2));
      const other = { hash: "other", generation: 0 };
      expect(await sessions.refresh(sessionId(1), other, startMs, lifetime)).toEqual({ outcome: "unknown" });
      expect(await refresh(1)).toEqual({ outcome: "unknown" });
      expect(await refresh(0, startMs, 2)).toEqual({ outcome: "unknown" });
      expect(await sessions.get(sessionId(2), startMs)).toEqual(session(2));
      expect(await refresh(0)).toEqual(refreshed(1));
    });

    test("more rotations within the grace than are remembered log nobody out", async () => {
      await sessions.create(session(1), "hash");
      for (let generation = 0; generation < rotationsKeptMax; generation++) await refresh(generation);
      expect(await refresh(rotationsKeptMax)).toEqual(refreshed(rotationsKeptMax));
      expect(await refresh(0)).toEqual(refreshed(rotationsKeptMax));
      const laterMs = startMs + refreshGraceMs;
      expect(await refresh(rotationsKeptMax, laterMs)).toEqual(refreshed(rotationsKeptMax + 1, laterMs));
    });

    test("of many tabs with one token all are answered with the same next one", async () => {
      await sessions.create(session(1), "hash");
      const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(0)));
      expect(answers).toEqual(Array.from({ length: 20 }, () => refreshed(1)));
    });

    test("three tabs and a thief find what the model finds, on paths of which refresh-model.test.ts tries every one", async () => {
      await playSamples(sessions, { runs: 60, length: 25 });
    });

    test("whatever races with a revocation, the session is dead afterwards", async () => {
      for (let round = 1; round <= 20; round++) {
        await sessions.create(session(round), "hash");
        const id = sessionId(round);
        await Promise.all([
          refresh(0, startMs + 1, round),
          sessions.touch(id, startMs + 1, lifetime),
          round % 2 === 0 ? sessions.revoke(id) : sessions.revokeAll(userId(1)),
          sessions.touch(id, startMs + 2, lifetime),
          refresh(0, startMs + 2, round),
        ]);
        expect(await sessions.get(id, startMs)).toBeNull();
      }
      expect(await sessions.ofUser(userId(1), startMs)).toEqual([]);
    });
  });
}
