import { describe, expect, test, vi } from "vitest";
import { connectRedis } from "#adapters/redis/connect.ts";
import { redisConnections } from "#adapters/redis/connections.ts";
import { redisLimits } from "#adapters/redis/limits.ts";
import { redisOutbox } from "#adapters/redis/outbox.ts";
import { redisSessions } from "#adapters/redis/sessions.ts";
import type { AppError } from "#core/lib/errors.ts";
import { silentLog } from "#tests/support/database.ts";
import { redisProgram, redisToken, startRedisRig } from "#tests/support/redis-rig.ts";
import { characterId, sessionId, userId } from "#tests/support/records.ts";
import { connectionOf } from "../contract/connections.ts";

const ada = connectionOf("Ada");
const limit = { name: "test", burst: 3, perMs: 1e-6 };
const answersWithinMs = 3000;

const startRig = () => startRedisRig(redisProgram as string);

async function failureOf(work: Promise<unknown>): Promise<{ code: string; isInTime: boolean }> {
  const startMs = performance.now();
  const code = await work.then(
    () => "no failure",
    (error: AppError) => error.code,
  );
  return { code, isInTime: performance.now() - startMs < answersWithinMs };
}

describe.skipIf(redisProgram === null)("a real Redis that fails", () => {
  test("kill −9 and a restart lose nothing that was answered; meanwhile every port is UNAVAILABLE in time; then it goes on", async () => {
    await using rig = await startRig();
    const redis = rig.connect();
    const nowMs = Date.now();
    const [sessions, limits, connections, outbox] = [
      redisSessions(redis),
      redisLimits(redis),
      redisConnections(redis),
      redisOutbox(redis),
    ];
    const session = { id: sessionId(1), userId: userId(1), createdAtMs: nowMs, expiresAtMs: nowMs + 3_600_000 };
    const revoked = { ...session, id: sessionId(2) };
    await sessions.create(session);
    await sessions.create(revoked);
    await sessions.revoke(revoked.id);
    await connections.add(ada);
    await connections.admit(ada.id, { limit, nowMs, numbered: true });
    await outbox.append(characterId(1), ["one", "two"], nowMs);
    await limits.take(limit, "ada", nowMs);

    await rig.server.kill();
    const failures = await Promise.all(
      [
        redis.ping(),
        sessions.get(session.id, nowMs),
        sessions.create(session),
        limits.take(limit, "ada", nowMs),
        connections.admit(ada.id, { limit, nowMs, numbered: true }),
        connections.add(connectionOf("Bea")),
        outbox.append(characterId(1), ["lost"], nowMs),
      ].map(failureOf),
    );
    expect(failures).toEqual(failures.map(() => ({ code: "UNAVAILABLE", isInTime: true })));

    await rig.server.start();
    await vi.waitFor(() => redis.ping(), 5000);
    expect([
      await sessions.get(session.id, nowMs),
      await sessions.get(revoked.id, nowMs),
      await connections.online(10),
      await connections.admit(ada.id, { limit, nowMs, numbered: true }),
      await outbox.after(characterId(1), 0, nowMs),
      await limits.take({ ...limit, burst: 2 }, "ada", nowMs),
    ]).toEqual([
      session,
      null,
      [ada],
      { connection: ada, number: 2, isCheckDue: false },
      [
        { seq: 1, frame: "one" },
        { seq: 2, frame: "two" },
      ],
      { allowed: true },
    ]);
  });

  test("a Redis that hangs is TIMEOUT or UNAVAILABLE in time, for a crowd as well, and serves again when it wakes", async () => {
    await using rig = await startRig();
    const redis = rig.connect();
    await redis.ping();
    rig.server.freeze();
    // More than all requests under way can carry: the rest waits in line, and is told so in time.
    const crowd = await Promise.all(Array.from({ length: 5000 }, () => failureOf(redis.ping())));
    rig.server.thaw();
    expect(crowd.filter(({ isInTime }) => !isInTime)).toEqual([]);
    expect(new Set(crowd.map(({ code }) => code))).toEqual(new Set(["TIMEOUT", "UNAVAILABLE"]));
    await vi.waitFor(() => redis.ping(), 10_000);
  });

  test("an endpoint that is not there is UNAVAILABLE in time, and a wrong token too; neither ends a start", async () => {
    await using rig = await startRig();
    const stranger = rig.connect({ token: "wrong" });
    expect(await failureOf(stranger.ping())).toEqual({ code: "UNAVAILABLE", isInTime: true });
    const { url } = rig.rest;
    await rig.rest[Symbol.asyncDispose]();
    using redis = connectRedis({ url, token: redisToken, log: silentLog });
    expect(await failureOf(redis.ping())).toEqual({ code: "UNAVAILABLE", isInTime: true });
  });

  test("one line is logged when Redis goes and one when it is back, and none of them holds what was sent", async () => {
    await using rig = await startRig();
    const lines: string[] = [];
    const note = (fields: object, message: string) =>
      void lines.push(
        `${message} ${JSON.stringify(fields, (_, value: unknown) => (value instanceof Error ? spelled(value) : value))}`,
      );
    const redis = rig.connect({ log: { ...silentLog, info: note, warn: note } });
    const outbox = redisOutbox(redis);
    await outbox.append(characterId(1), ["hello"], 0);
    await rig.server.kill();
    for (let i = 0; i < 3; i++) await failureOf(outbox.append(characterId(1), ["a secret whisper"], 0));
    await rig.server.start();
    await vi.waitFor(() => outbox.append(characterId(1), ["hello"], 0), 5000);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("Redis does not answer");
    expect(lines[1]).toContain("Redis answers again");
    expect(lines.join("\n")).not.toContain("secret whisper");
  });

  test("a session revoked stays dead, whatever arrives late", async () => {
    await using rig = await startRig();
    const sessions = redisSessions(rig.connect());
    const nowMs = Date.now();
    const session = { id: sessionId(1), userId: userId(1), createdAtMs: nowMs, expiresAtMs: nowMs + 3_600_000 };
    await sessions.create(session);
    await sessions.revoke(session.id);
    await sessions.create(session);
    expect(await sessions.get(session.id, nowMs)).toBeNull();
  });
});

function spelled(error: Error): object {
  return {
    message: error.message,
    stack: error.stack,
    cause: error.cause instanceof Error ? spelled(error.cause) : error.cause,
  };
}
