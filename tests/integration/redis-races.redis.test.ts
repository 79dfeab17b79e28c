import { describe, expect, test } from "vitest";
import { redisConnections } from "#adapters/redis/connections.ts";
import { redisLimits } from "#adapters/redis/limits.ts";
import { redisOutbox } from "#adapters/redis/outbox.ts";
import type { ConnectionId } from "#core/lib/ids.ts";
import { redisProgram, startRedisRig } from "#tests/support/redis-rig.ts";
import { characterId } from "#tests/support/records.ts";
import { connectionOf } from "../contract/connections.ts";

const ada = connectionOf("Ada");
const nowMs = Date.UTC(2030, 0, 1);
const processes = 4;

const startRig = () => startRedisRig(redisProgram as string);
const inTurn = <T>(count: number, of: (number: number) => T) =>
  Array.from({ length: count }, (_, number) => of(number));

describe.skipIf(redisProgram === null)("many processes on one Redis", () => {
  test("of 200 connections racing for one character one survives, and every loser is handed out exactly once", async () => {
    await using rig = await startRig();
    const registers = inTurn(processes, () => redisConnections(rig.connect()));
    const racing = inTurn(200, (n) => ({ ...ada, id: `racer ${n}` as ConnectionId }));
    const previous = await Promise.all(racing.map((one, n) => registers[n % processes]!.add(one)));
    const [register] = registers as [ReturnType<typeof redisConnections>];
    const staying = await register.ofCharacters([ada.characterId]);
    const losers = previous.flatMap((one) => one?.id ?? []);
    expect(staying).toHaveLength(1);
    expect([...staying.map(({ id }) => id), ...losers].toSorted()).toEqual(racing.map(({ id }) => id).toSorted());
    expect([await register.online(300), await register.ofSession(ada.sessionId), await register.byName("ada")]).toEqual(
      [staying, staying, staying],
    );
  });

  test("10,000 at once take no more than the bucket holds", async () => {
    await using rig = await startRig();
    const limits = inTurn(processes, () => redisLimits(rig.connect()));
    const limit = { name: "login", burst: 37, perMs: 0.001 };
    const taken = await Promise.all(
      inTurn(10_000, (n) => limits[n % processes]!.take(limit, "ada@example.org", nowMs)),
    );
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(37);
  });

  test("callers whose clocks differ by seconds take no more than the bucket holds", async () => {
    await using rig = await startRig();
    const limits = redisLimits(rig.connect());
    const limit = { name: "login", burst: 5, perMs: 0.001 };
    const countTaken = async (count: number, skewMs: number) => {
      const taken = await Promise.all(inTurn(count, (n) => limits.take(limit, "ada", nowMs + (n % 2) * skewMs)));
      return taken.filter(({ allowed }) => allowed).length;
    };
    expect([await countTaken(5, 0), await countTaken(1000, 3000), await countTaken(1000, 3000)]).toEqual([5, 3, 0]);
  });

  test("10,000 frames at once: as many are admitted as there are tokens, numbered without gaps", async () => {
    await using rig = await startRig();
    const registers = inTurn(processes, () => redisConnections(rig.connect()));
    await registers[0]!.add(ada);
    const limit = { name: "commands", burst: 500, perMs: 0.02 };
    const answers = await Promise.all(
      inTurn(10_000, (n) => registers[n % processes]!.admit(ada.id, { limit, nowMs, numbered: true })),
    );
    const numbers = answers.flatMap((answer) => (answer === null || answer === "limited" ? [] : answer.number));
    expect(numbers.toSorted((a, b) => a - b)).toEqual(inTurn(500, (n) => n + 1));
  });

  test("whatever adds, removes and moves race, no index holds a connection that is not there, nor misses one that is", async () => {
    await using rig = await startRig();
    const registers = inTurn(processes, () => redisConnections(rig.connect()));
    const moved = async (register: (typeof registers)[number], { id }: typeof ada, to: typeof ada) => {
      const bound = await register.get(id);
      return bound && register.rebind(id, bound.characterId, { ...to, travels: bound.travels + 1 });
    };
    const of = (n: number) => connectionOf(`P${n % 7}`, { id: `socket ${n % 20}` as ConnectionId });
    await Promise.all(
      inTurn(1500, async (n): Promise<unknown> => {
        const register = registers[n % processes]!;
        const connection = of(n * 31);
        if (n % 3 === 0) return register.remove(connection.id);
        return n % 3 === 1 ? register.add(connection) : moved(register, connection, of(n * 17));
      }),
    );
    const [register] = registers as [ReturnType<typeof redisConnections>];
    const online = await register.online(100);
    expect(new Set(online.map(({ characterId: id }) => id)).size).toBe(online.length);
    const socketsFound = async (find: (connection: (typeof online)[number]) => Promise<{ id: ConnectionId }[]>) =>
      Promise.all(online.map(async (one) => (await find(one)).some(({ id }) => id === one.id)));
    expect([
      await socketsFound((one) => register.ofCharacters([one.characterId])),
      await socketsFound((one) => register.byName(one.characterName)),
      await socketsFound((one) => register.ofSession(one.sessionId)),
    ]).toEqual([1, 2, 3].map(() => online.map(() => true)));
    for (const n of inTurn(20, (i) => i)) await register.remove(of(n).id);
    const everywhere = await Promise.all(
      inTurn(7, (n) => [
        register.byName(`p${n}`),
        register.byName(`p${n}_user`),
        register.ofSession(of(n).sessionId),
        register.ofCharacters([of(n).characterId]),
      ]).flat(),
    );
    expect(everywhere.flat()).toEqual([]);
  });

  test("frames of several workers are numbered without gaps, each append's together", async () => {
    await using rig = await startRig();
    const boxes = inTurn(processes, () => redisOutbox(rig.connect()));
    const firsts = await Promise.all(
      inTurn(300, (n) => boxes[n % processes]!.append(characterId(1), [`${n} a`, `${n} b`, `${n} c`], nowMs)),
    );
    expect(firsts.toSorted((a, b) => a - b)).toEqual(inTurn(300, (n) => 1 + 3 * n));
    const kept = (await boxes[0]!.after(characterId(1), 0, nowMs))!.map(({ frame }) => frame);
    for (const [n, first] of firsts.entries())
      expect(kept.slice(first - 1, first + 2)).toEqual([`${n} a`, `${n} b`, `${n} c`]);
  });
});
