import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CharacterId, ConnectionId, SessionId, UserId, WorldId } from "#core/lib/ids.ts";
import type { Connection, Connections } from "#core/ports/connections.ts";
import type { Limit } from "#core/ports/limits.ts";

export type ConnectionsSetup = AsyncDisposable & { readonly connections: Connections };

const worldId = "11111111-1111-4111-8111-111111111111" as WorldId;
const otherWorldId = "22222222-2222-4222-8222-222222222222" as WorldId;
const limit: Limit = { name: "commands", burst: 3, perMs: 0.02 };
const nowMs = Date.UTC(2030, 0, 1);

/** The connection of someone called `name`; each name has a user, a session and a character of its own. */
export function connectionOf(name: string, change: Partial<Connection> = {}): Connection {
  return {
    id: `connection of ${name}` as ConnectionId,
    userId: `user ${name}` as UserId,
    username: `${name}_user`,
    sessionId: `session of ${name}` as SessionId,
    protocol: "v1",
    characterId: `character ${name}` as CharacterId,
    characterName: name,
    worldId,
    travels: 0,
    connectedAtMs: nowMs,
    ...change,
  };
}

const ada = connectionOf("Ada");
const bea = connectionOf("Bea");
const adaAgain = {
  ...ada,
  id: "a second connection of Ada" as ConnectionId,
  sessionId: "another session" as SessionId,
};

export function connectionsContract(name: string, setup: () => Promise<ConnectionsSetup>): void {
  describe(`${name} keeps the promises of Connections`, () => {
    registerContract(setup);
    takeoverContract(setup);
    rebindContract(setup);
    admitContract(setup);
    findContract(setup);
  });
}

function registerContract(setup: () => Promise<ConnectionsSetup>): void {
  test("a connection is found as it was registered", async () => {
    await using s = await setup();
    expect(await s.connections.add(ada)).toBeNull();
    expect(await s.connections.get(ada.id)).toEqual(ada);
    expect(await s.connections.get(bea.id)).toBeNull();
  });

  test("removing answers what it was, once, and forgets it everywhere", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    await s.connections.add(bea);
    expect(await s.connections.remove(ada.id)).toEqual(ada);
    expect(await s.connections.remove(ada.id)).toBeNull();
    expect([
      await s.connections.get(ada.id),
      await s.connections.ofCharacters([ada.characterId]),
      await s.connections.ofSession(ada.sessionId),
      await s.connections.byName("Ada"),
      await s.connections.byName("Ada_user"),
      await s.connections.online(10),
      await s.connections.admit(ada.id, { limit, nowMs, numbered: true }),
    ]).toEqual([null, [], [], [], [], [bea], null]);
  });

  test("removing, racing, answers one of the two", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    const answers = await Promise.all([s.connections.remove(ada.id), s.connections.remove(ada.id)]);
    expect(answers.filter((answer) => answer !== null)).toEqual([ada]);
  });
}

function takeoverContract(setup: () => Promise<ConnectionsSetup>): void {
  test("a second connection of a character takes over: the first is handed out and found no more", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    expect(await s.connections.add(adaAgain)).toEqual(ada);
    expect([
      await s.connections.get(ada.id),
      await s.connections.remove(ada.id),
      await s.connections.admit(ada.id, { limit, nowMs, numbered: true }),
      await s.connections.ofSession(ada.sessionId),
      await s.connections.ofCharacters([ada.characterId]),
      await s.connections.byName("ada"),
      await s.connections.online(10),
    ]).toEqual([null, null, null, [], [adaAgain], [adaAgain], [adaAgain]]);
  });

  test("of many racing for one character each is handed out once, but the one that stays", async () => {
    await using s = await setup();
    const racing = Array.from({ length: 20 }, (_, n) => ({ ...ada, id: `racer ${n}` as ConnectionId }));
    const previous = await Promise.all(racing.map((connection) => s.connections.add(connection)));
    const staying = await s.connections.ofCharacters([ada.characterId]);
    const all = [...staying, ...previous.filter((connection) => connection !== null)].map(({ id }) => id);
    expect(staying).toHaveLength(1);
    expect(all.toSorted()).toEqual(racing.map(({ id }) => id).toSorted());
  });

  test("the same connection registered again takes over from nobody", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    expect(await s.connections.add(ada)).toBeNull();
    expect(await s.connections.online(10)).toEqual([ada]);
  });
}

function rebindContract(setup: () => Promise<ConnectionsSetup>): void {
  const elsewhere = {
    characterId: "character Ida" as CharacterId,
    characterName: "Ida",
    worldId: otherWorldId,
    travels: 3,
  };
  const away = (travels: number) => ({
    characterId: ada.characterId,
    characterName: ada.characterName,
    worldId: otherWorldId,
    travels,
  });

  test("a connection that goes on as another character is found as that one only", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    expect(await s.connections.rebind(ada.id, ada.characterId, elsewhere)).toBeNull();
    const rebound = { ...ada, ...elsewhere };
    expect([
      await s.connections.get(ada.id),
      await s.connections.ofCharacters([ada.characterId, elsewhere.characterId]),
      await s.connections.byName("ada"),
      await s.connections.byName("ida"),
      await s.connections.byName("ada_user"),
    ]).toEqual([rebound, [rebound], [], [rebound], [rebound]]);
  });

  test("going on as a character that is connected takes over from it", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    await s.connections.add(bea);
    const { characterId, characterName, travels } = bea;
    const to = { characterId, characterName, worldId, travels };
    expect(await s.connections.rebind(ada.id, ada.characterId, to)).toEqual(bea);
    expect(await s.connections.online(10)).toEqual([{ ...ada, characterId, characterName }]);
    expect(await s.connections.remove(bea.id)).toBeNull();
    expect(await s.connections.ofCharacters([characterId])).toEqual([{ ...ada, characterId, characterName }]);
  });

  test("a change of worlds takes over from nobody, and its bucket and its numbers go on", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    const admit = () => s.connections.admit(ada.id, { limit, nowMs, numbered: true });
    await admit();
    await admit();
    expect(await s.connections.rebind(ada.id, ada.characterId, away(1))).toBeNull();
    expect([await admit(), await admit()]).toEqual([
      { connection: { ...ada, ...away(1) }, number: 3, isCheckDue: false },
      "limited",
    ]);
  });

  test("nothing happens where the connection is gone", async () => {
    await using s = await setup();
    expect(await s.connections.rebind(ada.id, ada.characterId, elsewhere)).toBeNull();
    expect(await s.connections.online(10)).toEqual([]);
  });

  test("nothing happens where the connection is another character's by now, and nobody is taken over", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    await s.connections.add(bea);
    await s.connections.rebind(ada.id, ada.characterId, elsewhere);
    expect(await s.connections.rebind(ada.id, ada.characterId, { ...bea, travels: 9 })).toBeNull();
    expect(await s.connections.get(ada.id)).toEqual({ ...ada, ...elsewhere });
    expect(await s.connections.get(bea.id)).toEqual(bea);
  });

  test("the world of a journey that lies further back does not get the connection (again)", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    await s.connections.rebind(ada.id, ada.characterId, away(2));
    for (const late of [
      { ...away(1), worldId },
      { ...away(2), worldId },
    ])
      expect(await s.connections.rebind(ada.id, ada.characterId, late)).toBeNull();
    expect(await s.connections.get(ada.id)).toEqual({ ...ada, ...away(2) });
  });

  test("in whatever order the journeys of a character bind its connection, it ends where the last one led", async () => {
    const last = 5;
    const journeys = Array.from({ length: last }, (_, i) => i + 1);
    const worldOf = (n: number) => `world ${n}` as WorldId;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...journeys), { maxLength: 12 }), async (some) => {
        await using s = await setup();
        await s.connections.add(ada);
        const orders = [...some, last, ...some].map((n) => ({ ...ada, worldId: worldOf(n), travels: n }));
        await Promise.all(orders.map((to) => s.connections.rebind(ada.id, ada.characterId, to)));
        expect(await s.connections.get(ada.id)).toMatchObject({ worldId: worldOf(last), travels: last });
      }),
      { numRuns: 5 },
    );
  });
}

function admitContract(setup: () => Promise<ConnectionsSetup>): void {
  test("frames are numbered from 1 for each connection", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    await s.connections.add(bea);
    const admit = (id: ConnectionId) => s.connections.admit(id, { limit, nowMs, numbered: true });
    expect([await admit(ada.id), await admit(ada.id), await admit(bea.id)]).toEqual([
      { connection: ada, number: 1, isCheckDue: false },
      { connection: ada, number: 2, isCheckDue: false },
      { connection: bea, number: 1, isCheckDue: false },
    ]);
  });

  test("a client's own number stands, what is drawn comes after it, and the end tells the highest", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    const many = { ...limit, burst: 10 };
    const admit = async (ownNumber?: number) => {
      const options = { limit: many, nowMs, numbered: true, ...(ownNumber !== undefined && { ownNumber }) };
      const answer = await s.connections.admit(ada.id, options);
      return answer !== null && answer !== "limited" ? answer.number : answer;
    };
    expect([await admit(3), await admit(1), await admit(), await admit(4)]).toEqual([3, 1, 4, 4]);
    expect(await s.connections.end(ada.id)).toEqual({ connection: ada, lastNumber: 4 });
    expect([await s.connections.end(ada.id), await s.connections.get(ada.id)]).toEqual([null, null]);
  });

  test("the end of a connection without frames tells 0", async () => {
    await using s = await setup();
    await s.connections.add(bea);
    expect(await s.connections.end(bea.id)).toEqual({ connection: bea, lastNumber: 0 });
    expect(await s.connections.ofCharacters([bea.characterId])).toEqual([]);
  });

  test("what is not numbered, or is limited, spends no number", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    const admit = (numbered: boolean, atMs = nowMs) => s.connections.admit(ada.id, { limit, nowMs: atMs, numbered });
    expect(await admit(true)).toMatchObject({ number: 1 });
    expect(await admit(false)).toMatchObject({ connection: ada });
    expect(await admit(true)).toMatchObject({ number: 2 });
    expect([await admit(true), await admit(false)]).toEqual(["limited", "limited"]);
    expect(await admit(true, nowMs + 50)).toMatchObject({ number: 3 });
  });

  test("tokens flow back at their rate, up to the burst", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    const countAdmitted = async (atMs: number) => {
      const frames = Array.from({ length: 10 }, () =>
        s.connections.admit(ada.id, { limit, nowMs: atMs, numbered: true }),
      );
      return (await Promise.all(frames)).filter((answer) => answer !== "limited").length;
    };
    const at = [0, 49, 50, 150, 60_000];
    const admitted: number[] = [];
    for (const ms of at) admitted.push(await countAdmitted(nowMs + ms));
    expect(admitted).toEqual([3, 0, 1, 2, 3]);
  });

  test("a caller whose clock is behind gets nothing extra and takes nothing away", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    const admit = (atMs: number) =>
      s.connections.admit(ada.id, { limit: { ...limit, burst: 2 }, nowMs: atMs, numbered: true });
    expect(await admit(nowMs)).toMatchObject({ number: 1 });
    expect(await admit(nowMs - 10_000)).toMatchObject({ number: 2 });
    expect(await admit(nowMs + 49)).toBe("limited");
    expect(await admit(nowMs + 50)).toMatchObject({ number: 3 });
  });

  test("once in so many milliseconds from when it connected, a frame is the one at which its session is to be checked", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    await s.connections.add(bea);
    const isCheckDue = async (
      afterMs: number,
      id = ada.id,
      checked: { checkEveryMs?: number } = { checkEveryMs: 60_000 },
    ) => {
      const answer = await s.connections.admit(id, { limit, nowMs: nowMs + afterMs, numbered: true, ...checked });
      return answer !== null && answer !== "limited" && answer.isCheckDue;
    };
    expect([await isCheckDue(0), await isCheckDue(59_999)]).toEqual([false, false]);
    const racing = await Promise.all([60_000, 60_000, 60_000].map((afterMs) => isCheckDue(afterMs)));
    expect(racing.filter(Boolean)).toEqual([true]);
    await s.connections.rebind(ada.id, ada.characterId, { ...ada, worldId: otherWorldId, travels: 1 });
    expect([await isCheckDue(119_999), await isCheckDue(120_000), await isCheckDue(120_050)]).toEqual([
      false,
      true,
      false,
    ]);
    expect([await isCheckDue(200_000, bea.id, {}), await isCheckDue(200_000, bea.id)]).toEqual([false, true]);
    expect([await isCheckDue(-1_000_000), await isCheckDue(-999_950)]).toEqual([true, false]);
  });

  test("limits of different names have buckets of their own", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    const admit = (name: string) =>
      s.connections.admit(ada.id, { limit: { ...limit, name, burst: 1 }, nowMs, numbered: true });
    expect([await admit("a"), await admit("a"), await admit("b")]).toMatchObject([
      { number: 1 },
      "limited",
      { number: 2 },
    ]);
  });

  test("whatever frames race each other, the numbers given are 1, 2, 3 … without gaps, and never more than the tokens", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ afterMs: fc.nat(120), numbered: fc.boolean() }), { maxLength: 60 }),
        async (frames) => {
          await using s = await setup();
          await s.connections.add(ada);
          let atMs = nowMs;
          const answers = await Promise.all(
            frames.map(({ afterMs, numbered }) =>
              s.connections.admit(ada.id, { limit, nowMs: (atMs += afterMs), numbered }),
            ),
          );
          const admitted = answers.flatMap((answer, i) =>
            answer === null || answer === "limited" ? [] : [{ ...answer, numbered: frames[i]!.numbered }],
          );
          const numbers = admitted.filter(({ numbered }) => numbered).map(({ number }) => number);
          expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, i) => i + 1));
          expect(admitted.length).toBeLessThanOrEqual(limit.burst + (atMs - nowMs) * limit.perMs);
        },
      ),
      { numRuns: 50 },
    );
  });
}

function findContract(setup: () => Promise<ConnectionsSetup>): void {
  test("names are found without regard to case, as username and as character name, each connection once", async () => {
    await using s = await setup();
    const same = connectionOf("Zoë", { username: "zoë" });
    const borrowed = connectionOf("Ulf", { characterName: "ADA_USER" });
    for (const connection of [ada, bea, same, borrowed]) await s.connections.add(connection);
    const idsOf = async (name: string) => (await s.connections.byName(name)).map(({ id }) => id).toSorted();
    expect([
      await idsOf("ADA"),
      await idsOf("ada_USER"),
      await idsOf("ZOË"),
      await idsOf("ad"),
      await idsOf(""),
    ]).toEqual([[ada.id], [ada.id, borrowed.id].toSorted(), [same.id], [], []]);
  });

  test("a session's connections are found together", async () => {
    await using s = await setup();
    const second = connectionOf("Second", { sessionId: ada.sessionId });
    for (const connection of [ada, bea, second]) await s.connections.add(connection);
    expect((await s.connections.ofSession(ada.sessionId)).map(({ id }) => id).toSorted()).toEqual(
      [ada.id, second.id].toSorted(),
    );
  });

  test("characters are found however often they are asked for; those not connected are left out", async () => {
    await using s = await setup();
    await s.connections.add(ada);
    await s.connections.add(bea);
    const asked = [bea.characterId, "nobody" as CharacterId, ada.characterId, bea.characterId];
    expect((await s.connections.ofCharacters(asked)).map(({ id }) => id).toSorted()).toEqual(
      [ada.id, bea.id].toSorted(),
    );
    expect(await s.connections.ofCharacters([])).toEqual([]);
  });

  test("who is online is told by name, and no more than was asked for", async () => {
    await using s = await setup();
    for (const name of ["cleo", "Bea", "Ada", "dan"]) await s.connections.add(connectionOf(name));
    const namesOf = async (max: number) => (await s.connections.online(max)).map(({ characterName }) => characterName);
    expect([await namesOf(10), await namesOf(2), await namesOf(0)]).toEqual([
      ["Ada", "Bea", "cleo", "dan"],
      ["Ada", "Bea"],
      [],
    ]);
  });
}
