import { beforeEach, describe, expect, test } from "vitest";
import type { ItemId } from "#core/lib/ids.ts";
import type { CharacterChange, Commit, NewEvent, WorldLog } from "#core/ports/world-log.ts";
import type { Setup, Storage } from "#tests/support/database.ts";
import { characterId, characterRecord, newAccount, startMs, worldId, worldRecord } from "#tests/support/records.ts";

const leaseMs = 60_000;
const racesRun = 20;

export function worldLogContract(name: string, setup: Setup): void {
  describe(`world log, ${name}`, () => {
    let storage: Storage;
    let log: WorldLog;
    beforeEach(async () => {
      storage = await setup();
      log = storage.worldLog;
      for (const number of [1, 2]) {
        await storage.worlds.createIfAbsent(worldRecord(number));
        await storage.accounts.create(newAccount(number));
        await storage.characters.create(characterRecord(number));
      }
      await storage.leases.acquire("owner", [worldId(1)], leaseMs);
    });

    const event = (text: string): NewEvent => ({
      type: "said",
      schemaVersion: 1,
      payload: { text },
      metadata: { cause: text },
    });
    const commit = (changes: Partial<Commit> = {}): Commit => ({
      worldId: worldId(1),
      fence: 1,
      expectedVersion: 0,
      events: [event("one")],
      characters: [],
      ...changes,
    });
    const change = (number: number, changes: Partial<CharacterChange> = {}): CharacterChange => ({
      id: characterId(number),
      worldId: worldId(1),
      travels: 0,
      hasArrived: true,
      position: { x: 4.75, y: 5.1, z: -1 },
      orientation: { x: 0.6, y: 0.8, z: 0 },
      isFlying: true,
      stamina: 33.3,
      health: 12.5,
      lastPlayedAtMs: startMs + 123,
      ...changes,
    });
    const texts = async (afterVersion = 0, limit = 100) =>
      (await log.read(worldId(1), afterVersion, limit)).map(({ version, payload }) => [
        version,
        (payload as { text: string }).text,
      ]);

    test("what was committed is read in order, numbered from 1 without gaps", async () => {
      expect(await log.commit(commit({ events: [event("one"), event("two")] }))).toBe("committed");
      expect(await log.commit(commit({ expectedVersion: 2, events: [event("three")] }))).toBe("committed");
      expect(await log.read(worldId(1), 0, 100)).toEqual([
        { ...event("one"), version: 1 },
        { ...event("two"), version: 2 },
        { ...event("three"), version: 3 },
      ]);
    });

    test("reading starts after a version and stops at a limit", async () => {
      await log.commit(commit({ events: ["a", "b", "c", "d"].map(event) }));
      expect(await texts(1, 2)).toEqual([
        [2, "b"],
        [3, "c"],
      ]);
      expect(await texts(4)).toEqual([]);
      expect(await log.read(worldId(2), 0, 10)).toEqual([]);
    });

    test("each world has its own stream", async () => {
      await storage.leases.acquire("owner", [worldId(2)], leaseMs);
      await log.commit(commit());
      expect(await log.commit(commit({ worldId: worldId(2), events: [event("elsewhere")] }))).toBe("committed");
      expect(await texts()).toEqual([[1, "one"]]);
    });

    test("a payload comes back exactly as it was written, keys in their order", async () => {
      const payload = {
        zebra: 1,
        a: [0.1, 1e21, -7.000000001],
        "\u0000": "nul",
        nested: { "10": null, b: "‹🦊›" },
        aa: "",
      };
      const metadata = { text: "123" };
      await log.commit(commit({ events: [{ type: "odd", schemaVersion: 3, payload, metadata }] }));
      const [stored] = await log.read(worldId(1), 0, 1);
      expect(stored).toEqual({ version: 1, type: "odd", schemaVersion: 3, payload, metadata });
      expect(JSON.stringify(stored?.payload)).toBe(JSON.stringify(payload));
    });

    test("a stale fence is refused, whatever else it says, and nothing changes", async () => {
      await log.commit(commit());
      await storage.leases.acquire("owner", [worldId(1)], leaseMs);
      const late = commit({ expectedVersion: 1, events: [event("late")], characters: [change(1)] });
      expect(await log.commit(late)).toBe("stale-fence");
      expect(await log.commit({ ...late, expectedVersion: 7 })).toBe("stale-fence");
      expect(await texts()).toEqual([[1, "one"]]);
      expect(await storage.characters.get(characterId(1))).toEqual(characterRecord(1));
      expect(await log.commit({ ...late, fence: 2 })).toBe("committed");
    });

    test("a fence that was never given, or of a world nobody ever owned, is refused", async () => {
      expect(await log.commit(commit({ fence: 2 }))).toBe("stale-fence");
      expect(await log.commit(commit({ worldId: worldId(2) }))).toBe("stale-fence");
      expect(await log.commit(commit({ worldId: worldId(99) }))).toBe("stale-fence");
    });

    test("an owner past its lease may still append as long as nobody took over", async () => {
      await storage.passTime(leaseMs);
      expect(await log.commit(commit())).toBe("committed");
    });

    test.each([
      ["behind", 0],
      ["ahead", 2],
    ])("an expected version %s the stream is refused, and nothing changes", async (_, expectedVersion) => {
      await log.commit(commit());
      const wrong = commit({ expectedVersion, events: [event("lost")], characters: [change(1)] });
      expect(await log.commit(wrong)).toBe("wrong-version");
      expect(await log.commit({ ...wrong, events: [] })).toBe("wrong-version");
      expect(await texts()).toEqual([[1, "one"]]);
      expect(await storage.characters.get(characterId(1))).toEqual(characterRecord(1));
    });

    test("of several racing at one version exactly one is committed", async () => {
      for (let round = 0; round < racesRun; round++) {
        const racers = ["a", "b", "c", "d"].map((text) =>
          log.commit(commit({ expectedVersion: round, events: [event(text)] })),
        );
        const answers = (await Promise.all(racers)).toSorted();
        expect(answers, `round ${round}`).toEqual(["committed", "wrong-version", "wrong-version", "wrong-version"]);
      }
      expect((await texts()).map(([version]) => version)).toEqual(
        Array.from({ length: racesRun }, (_, index) => index + 1),
      );
    });

    test("after a change of hands nothing of the last owner's is added, however they race", async () => {
      for (let round = 1; round <= racesRun; round++) {
        const before = (await texts()).length;
        const late = log.commit(commit({ fence: round, expectedVersion: before, events: [event(`old ${round}`)] }));
        const takeOver = storage.leases.acquire("owner", [worldId(1)], leaseMs);
        expect(await takeOver).toEqual(new Map([[worldId(1), round + 1]]));
        const seen = await texts();
        const answer = await late;
        expect(seen.length, `round ${round}: ${answer}`).toBe(answer === "committed" ? before + 1 : before);
        expect(await texts()).toEqual(seen);
      }
    });

    test("characters move with the events that say so", async () => {
      await log.commit(commit({ characters: [change(1, { worldId: worldId(2), travels: 1, hasArrived: false })] }));
      const { id: _, ...changed } = change(1, { worldId: worldId(2), travels: 1, hasArrived: false });
      expect(await storage.characters.get(characterId(1))).toEqual({ ...characterRecord(1), ...changed });
      expect(await storage.characters.get(characterId(2))).toEqual(characterRecord(2));
    });

    test("characters may change without an event, and several at once", async () => {
      const characters = [change(1), change(2, { stamina: null, isFlying: false })];
      expect(await log.commit(commit({ events: [], characters }))).toBe("committed");
      expect(await texts()).toEqual([]);
      for (const { id, ...changed } of characters) expect(await storage.characters.get(id)).toMatchObject(changed);
    });

    test("the row of a character that has travelled on is left alone, and the events stand", async () => {
      await log.commit(commit({ characters: [change(1, { travels: 2, worldId: worldId(2) })] }));
      const further = await storage.characters.get(characterId(1));
      const old = commit({ expectedVersion: 1, events: [event("old news")], characters: [change(1, { travels: 1 })] });
      expect(await log.commit(old)).toBe("committed");
      expect(await storage.characters.get(characterId(1))).toEqual(further);
      expect(await texts()).toHaveLength(2);
    });

    test("of two changes of one character the further travelled stands, of equals the later", async () => {
      const positions = [1, 2, 3].map((x) => ({ x, y: 0, z: 0 }));
      await log.commit(
        commit({
          characters: [
            change(1, { travels: 1, position: positions[0] as CharacterChange["position"] }),
            change(1, { travels: 1, position: positions[1] as CharacterChange["position"] }),
            change(1, { travels: 0, position: positions[2] as CharacterChange["position"] }),
          ],
        }),
      );
      expect(await storage.characters.get(characterId(1))).toMatchObject({ travels: 1, position: { x: 2 } });
    });

    test("a life stays in the row until another is told", async () => {
      const item = { id: "e1:1.1" as ItemId, kind: "coin", count: 3 };
      const life = { items: [item], xp: { Mining: 10.5 }, practice: [{ action: "mine", times: 1, atMs: startMs }] };
      const stored = async () => (await storage.characters.get(characterId(1)))?.life;
      await log.commit(commit({ characters: [change(1, { life })] }));
      expect(await stored()).toEqual(life);
      await log.commit(commit({ expectedVersion: 1, characters: [change(1, { travels: 1 })] }));
      expect(await stored()).toEqual(life);
      const other = { ...life, items: [] };
      const twice = [change(1, { travels: 1, life: other }), change(1, { travels: 2 })];
      await log.commit(commit({ expectedVersion: 2, characters: twice }));
      expect(await storage.characters.get(characterId(1))).toMatchObject({ travels: 2, health: 12.5, life: other });
    });

    test("a change of a character that is not there is no error", async () => {
      expect(await log.commit(commit({ characters: [change(99)] }))).toBe("committed");
    });

    test("worlds that move the same characters at the same time do not stop each other", async () => {
      await storage.leases.acquire("owner", [worldId(2)], leaseMs);
      for (let round = 0; round < racesRun; round++) {
        const both = [change(1), change(2)];
        const racers = [
          log.commit(commit({ expectedVersion: round, characters: both })),
          log.commit(commit({ worldId: worldId(2), expectedVersion: round, characters: both.toReversed() })),
        ];
        expect(await Promise.all(racers)).toEqual(["committed", "committed"]);
      }
    });

    test("a thousand events are one commit", async () => {
      const many = Array.from({ length: 1000 }, (_, index) => event(`number ${index}`));
      expect(await log.commit(commit({ events: many }))).toBe("committed");
      expect(await texts(0, 2000)).toEqual(many.map((_, index) => [index + 1, `number ${index}`]));
    });

    test("the latest snapshot is the one of the highest version", async () => {
      expect(await log.latestSnapshot(worldId(1))).toBeNull();
      await log.saveSnapshot(worldId(1), { version: 5, hash: "five", state: { zebra: 1, a: 2 } });
      await log.saveSnapshot(worldId(1), { version: 3, hash: "three", state: {} });
      const latest = await log.latestSnapshot(worldId(1));
      expect(latest).toEqual({ version: 5, hash: "five", state: { zebra: 1, a: 2 } });
      expect(JSON.stringify(latest?.state)).toBe('{"zebra":1,"a":2}');
      expect(await log.latestSnapshot(worldId(2))).toBeNull();
    });

    test("the hashes of the snapshots that are kept come lowest version first", async () => {
      expect(await log.snapshotHashes(worldId(1))).toEqual([]);
      for (const version of [5, 0, 12]) await log.saveSnapshot(worldId(1), { version, hash: `h${version}`, state: {} });
      expect(await log.snapshotHashes(worldId(1))).toEqual([
        { version: 0, hash: "h0" },
        { version: 5, hash: "h5" },
        { version: 12, hash: "h12" },
      ]);
      expect(await log.snapshotHashes(worldId(2))).toEqual([]);
    });

    test("the snapshot that is nearest before a version is found; one of every ten thousand versions is kept for ever", async () => {
      const at = async (version: number) => (await log.snapshotAt(worldId(1), version))?.version ?? null;
      expect(await at(5)).toBeNull();
      const versions = [100, 9_000, 10_100, 15_000, 19_999, 20_000, 27_000, 31_000, 31_500];
      for (const version of versions) {
        await log.saveSnapshot(worldId(1), { version, hash: `hash ${version}`, state: { version } });
      }
      expect((await log.snapshotHashes(worldId(1))).map(({ version }) => version)).toEqual([
        10_100, 20_000, 27_000, 31_000, 31_500,
      ]);
      expect([await at(99), await at(10_100), await at(26_999), await at(Infinity)]).toEqual([
        null,
        10_100,
        20_000,
        31_500,
      ]);
      expect(await log.snapshotAt(worldId(1), 20_001)).toEqual({
        version: 20_000,
        hash: "hash 20000",
        state: { version: 20_000 },
      });
    });

    test("a snapshot saved again replaces itself, and many saved leave the newest", async () => {
      for (let version = 0; version < 10; version++) {
        await log.saveSnapshot(worldId(1), { version, hash: `${version}`, state: "as text 12" });
      }
      await log.saveSnapshot(worldId(1), { version: 9, hash: "again", state: "12" });
      expect(await log.latestSnapshot(worldId(1))).toEqual({ version: 9, hash: "again", state: "12" });
    });
  });
}
