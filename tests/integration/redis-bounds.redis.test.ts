import { describe, expect, test } from "vitest";
import { redisConnections } from "#adapters/redis/connections.ts";
import { redisLimits } from "#adapters/redis/limits.ts";
import { redisOutbox } from "#adapters/redis/outbox.ts";
import { redisSessions } from "#adapters/redis/sessions.ts";
import type { ConnectionId } from "#core/lib/ids.ts";
import { redisProgram, redisToken, startRedisRig, type RedisRig } from "#tests/support/redis-rig.ts";
import { characterId, sessionId, userId } from "#tests/support/records.ts";
import { connectionOf } from "../contract/connections.ts";

const ada = connectionOf("Ada");
const nowMs = Date.UTC(2030, 0, 1);
const limit = { name: "test", burst: 3, perMs: 0.001 };
const hourMs = 3_600_000;

const startRig = () => startRedisRig(redisProgram as string);

async function command(rig: RedisRig, ...words: (string | number)[]): Promise<unknown> {
  const response = await fetch(rig.rest.url, {
    method: "POST",
    headers: { authorization: `Bearer ${redisToken}` },
    body: JSON.stringify(words),
  });
  return ((await response.json()) as { result: unknown }).result;
}

/** What every key has left to live, in hours, rounded. */
async function lives(rig: RedisRig): Promise<Record<string, number>> {
  const keys = (await command(rig, "KEYS", "*")) as string[];
  const entries = await Promise.all(
    keys.map(async (key) => [key, Math.round(((await command(rig, "PTTL", key)) as number) / 36_000) / 100] as const),
  );
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

describe.skipIf(redisProgram === null)("what is kept in Redis", () => {
  test("expires, all of it", async () => {
    await using rig = await startRig();
    const redis = rig.connect();
    const [createdAtMs, expiresAtMs] = [Date.now(), Date.now() + 24 * hourMs];
    await redisSessions(redis).create({ id: sessionId(1), userId: userId(1), createdAtMs, expiresAtMs });
    await redisConnections(redis).add(ada);
    await redisOutbox(redis).append(characterId(1), ["frame"], nowMs);
    await redisLimits(redis).take(limit, "ada@example.org", nowMs);
    const left = await lives(rig);
    const [bucket] = Object.keys(left).filter((key) => key.includes("limit"));
    expect(bucket).not.toContain("ada");
    expect(left).toEqual({
      [bucket as string]: 0.01,
      [`tw:outbox:{${characterId(1)}}`]: 0.06,
      [`tw:outbox:{${characterId(1)}}:count`]: 7 * 24,
      "tw:{connections}:character:character Ada": 2.42,
      "tw:{connections}:deadlines": 2.42,
      "tw:{connections}:id:connection of Ada": 2.42,
      "tw:{connections}:name:ada": 2.42,
      "tw:{connections}:name:ada_user": 2.42,
      "tw:{connections}:online": 2.42,
      "tw:{connections}:session:session of Ada": 2.42,
      [`tw:{sessions}:id:${sessionId(1)}`]: 24,
      [`tw:{sessions}:of:${userId(1)}`]: 24,
    });
  });

  test("a connection that still sends frames is kept on, in every index", async () => {
    await using rig = await startRig();
    const connections = redisConnections(rig.connect());
    await connections.add(ada);
    const keys = Object.keys(await lives(rig));
    for (const key of keys) await command(rig, "PEXPIRE", key, hourMs);
    await connections.admit(ada.id, { limit, nowMs, numbered: true });
    expect(await lives(rig)).toEqual(Object.fromEntries(keys.map((key) => [key, 2.42])));
  });

  test("a connection that expired is found nowhere, and its places are cleared by whoever looks", async () => {
    await using rig = await startRig();
    const connections = redisConnections(rig.connect());
    await connections.add(ada);
    await command(rig, "DEL", `tw:{connections}:id:${ada.id}`);
    expect([
      await connections.get(ada.id),
      await connections.online(10),
      await connections.byName("ada"),
      await connections.byName("ada_user"),
      await connections.ofSession(ada.sessionId),
      await connections.ofCharacters([ada.characterId]),
    ]).toEqual([null, [], [], [], [], []]);
    expect(Object.keys(await lives(rig))).toEqual(["tw:{connections}:deadlines"]);
    expect(await connections.add({ ...ada, id: "again" as ConnectionId })).toBeNull();
  });

  test("the end of a connection that lost its character's place leaves its successor in it", async () => {
    await using rig = await startRig();
    const connections = redisConnections(rig.connect());
    const again = { ...ada, id: "again" as ConnectionId };
    await connections.add(ada);
    await command(rig, "DEL", `tw:{connections}:character:${ada.characterId}`);
    expect(await connections.add(again)).toBeNull();
    expect(await connections.remove(ada.id)).toEqual(ada);
    expect(await connections.ofCharacters([ada.characterId])).toEqual([again]);
  });

  test("connections past their deadline are swept up by those that come, and make room", async () => {
    await using rig = await startRig();
    const connections = redisConnections(rig.connect(), { connectionsMax: 2 });
    await connections.add(ada);
    await connections.add(connectionOf("Bea"));
    await expect(connections.add(connectionOf("Cleo"))).rejects.toMatchObject({ code: "UNAVAILABLE", retryAfterS: 30 });
    await command(rig, "ZADD", "tw:{connections}:deadlines", 1, ada.id);
    expect(await connections.add(connectionOf("Cleo"))).toBeNull();
    expect((await connections.online(10)).map(({ characterName }) => characterName)).toEqual(["Bea", "Cleo"]);
    expect(await connections.byName("ada")).toEqual([]);
  });

  test("at the bound taking over is still allowed, one more is not", async () => {
    await using rig = await startRig();
    const connections = redisConnections(rig.connect(), { connectionsMax: 1 });
    await connections.add(ada);
    const again = { ...ada, id: "again" as ConnectionId };
    expect(await connections.add(again)).toEqual(ada);
    await expect(connections.add(connectionOf("Bea"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await connections.remove(again.id);
    expect(await connections.add(connectionOf("Bea"))).toBeNull();
  });

  test("lists longer than one step come whole, in order", async () => {
    await using rig = await startRig();
    const connections = redisConnections(rig.connect());
    const names = Array.from({ length: 1203 }, (_, n) => `P${String(n).padStart(4, "0")}`);
    await Promise.all(names.map((name) => connections.add(connectionOf(name))));
    expect((await connections.online(5000)).map(({ characterName }) => characterName)).toEqual(names);
    expect(await connections.online(1001)).toHaveLength(1001);
    expect(await connections.ofCharacters(names.map((name) => connectionOf(name).characterId))).toHaveLength(1203);
  });

  test("more bytes of frames than are kept: the oldest go, and what is left is exact", async () => {
    await using rig = await startRig();
    const outbox = redisOutbox(rig.connect(), { bytesMax: 100 });
    for (let n = 1; n <= 10; n++) await outbox.append(characterId(1), [`${n}`.padStart(16, "x")], nowMs);
    expect([await outbox.after(characterId(1), 6, nowMs), await outbox.last(characterId(1))]).toEqual([null, 10]);
    expect((await outbox.after(characterId(1), 7, nowMs))?.map(({ seq }) => seq)).toEqual([8, 9, 10]);
  });

  test("after Redis has lost its data, a number of before is no answer, however many frames came since", async () => {
    await using rig = await startRig();
    const outbox = redisOutbox(rig.connect(), { numbersFromTime: true });
    expect(await outbox.append(characterId(1), ["a", "b"], nowMs)).toBe(nowMs + 1);
    expect(await outbox.append(characterId(1), ["c"], nowMs + 1000)).toBe(nowMs + 3);
    await command(rig, "FLUSHALL");
    expect(await outbox.append(characterId(1), ["d", "e", "f", "g"], nowMs + 2000)).toBe(nowMs + 2001);
    expect(await outbox.after(characterId(1), nowMs + 2, nowMs + 2000)).toBeNull();
    expect(await outbox.after(characterId(1), 0, nowMs + 2000)).toBeNull();
    expect(await outbox.after(characterId(1), nowMs + 2003, nowMs + 2000)).toEqual([{ seq: nowMs + 2004, frame: "g" }]);
  });

  test("frames that lost their count, or a count that lost its frames, are no answer", async () => {
    await using rig = await startRig();
    const outbox = redisOutbox(rig.connect());
    const frames = `tw:outbox:{${characterId(1)}}`;
    await outbox.append(characterId(1), ["one", "two"], nowMs);
    await command(rig, "DEL", frames);
    expect(await outbox.after(characterId(1), 1, nowMs)).toBeNull();
    expect(await outbox.append(characterId(1), ["three"], nowMs)).toBe(3);
    expect([await outbox.after(characterId(1), 1, nowMs), await outbox.after(characterId(1), 2, nowMs)]).toEqual([
      null,
      [{ seq: 3, frame: "three" }],
    ]);
    await command(rig, "DEL", `${frames}:count`);
    expect(await outbox.append(characterId(1), ["new"], nowMs)).toBe(1);
    expect(await outbox.after(characterId(1), 0, nowMs)).toEqual([{ seq: 1, frame: "new" }]);
    expect(await command(rig, "LLEN", frames)).toBe(1);
  });

  test("every text comes back as it was: OK, numbers, JSON, what is not ASCII, what is empty", async () => {
    await using rig = await startRig();
    const outbox = redisOutbox(rig.connect());
    const frames = [
      "OK",
      "PONG",
      "1",
      "1.0",
      "007",
      "null",
      '{"a":[1,"OK"]}',
      "🦊 ‹ü›\r\n",
      "",
      " a b",
      "x".repeat(300_000),
    ];
    await outbox.append(characterId(1), frames, nowMs);
    expect((await outbox.after(characterId(1), 0, nowMs))?.map(({ frame }) => frame)).toEqual(frames);
    const name = '5"\\\r\n{}';
    const odd = connectionOf("OK", { characterName: name, username: "123" });
    const connections = redisConnections(rig.connect());
    await connections.add(odd);
    expect([await connections.get(odd.id), await connections.byName(name), await connections.byName("123")]).toEqual([
      odd,
      [odd],
      [odd],
    ]);
  });
});
