import { beforeEach, describe, expect, test } from "vitest";
import type { FeedEvent } from "#core/ports/feed.ts";
import type { Setup, Storage } from "#tests/support/database.ts";
import { worldId, worldRecord } from "#tests/support/records.ts";

const leaseMs = 60_000;
const worlds = [1, 2, 3];

export function eventFeedContract(name: string, setup: Setup): void {
  describe(`event feed, ${name}`, () => {
    let storage: Storage;
    beforeEach(async () => {
      storage = await setup();
      for (const number of worlds) await storage.worlds.createIfAbsent(worldRecord(number));
      await storage.leases.acquire("owner", worlds.map(worldId), leaseMs);
    });

    const append = (number: number, expectedVersion: number, ...texts: string[]) =>
      storage.worldLog.commit({
        worldId: worldId(number),
        fence: 1,
        expectedVersion,
        events: texts.map((text) => ({ type: "said", schemaVersion: 2, payload: { text }, metadata: { atMs: 5 } })),
        characters: [],
      });
    const text = ({ payload }: FeedEvent) => (payload as { text: string }).text;
    const all = async (limit: number) => {
      const found: FeedEvent[] = [];
      for (let position = 0; ; position = found.at(-1)?.position ?? 0) {
        const events = await storage.eventFeed.read(position, limit);
        if (events.length === 0) return found;
        found.push(...events);
      }
    };

    test("without events it is empty", async () => {
      expect(await storage.eventFeed.read(0, 10)).toEqual([]);
    });

    test("events of all worlds come in the order in which they were appended, whole", async () => {
      const beforeMs = Date.now() - 60_000;
      await append(2, 0, "one", "two");
      await append(1, 0, "three");
      await append(2, 2, "four");
      const events = await storage.eventFeed.read(0, 10);
      expect(events.map(({ position: _, recordedAtMs: __, ...event }) => event)).toEqual([
        {
          worldId: worldId(2),
          version: 1,
          type: "said",
          schemaVersion: 2,
          payload: { text: "one" },
          metadata: { atMs: 5 },
        },
        {
          worldId: worldId(2),
          version: 2,
          type: "said",
          schemaVersion: 2,
          payload: { text: "two" },
          metadata: { atMs: 5 },
        },
        {
          worldId: worldId(1),
          version: 1,
          type: "said",
          schemaVersion: 2,
          payload: { text: "three" },
          metadata: { atMs: 5 },
        },
        {
          worldId: worldId(2),
          version: 3,
          type: "said",
          schemaVersion: 2,
          payload: { text: "four" },
          metadata: { atMs: 5 },
        },
      ]);
      const positions = events.map(({ position }) => position);
      expect(positions).toEqual(positions.toSorted((one, other) => one - other));
      expect(new Set(positions).size).toBe(4);
      for (const { recordedAtMs } of events) {
        expect(recordedAtMs).toBeGreaterThan(beforeMs);
        expect(Number.isInteger(recordedAtMs)).toBe(true);
      }
    });

    test("going on from the last position misses none and repeats none, whatever the limit", async () => {
      for (let version = 0; version < 9; version++)
        await append(1 + (version % 3), Math.floor(version / 3), `${version}`);
      for (const limit of [1, 2, 3, 7, 100]) {
        expect((await all(limit)).map(text), `limit ${limit}`).toEqual(["0", "1", "2", "3", "4", "5", "6", "7", "8"]);
      }
      const middle = (await all(100))[4]!;
      expect((await storage.eventFeed.read(middle.position, 2)).map(text)).toEqual(["5", "6"]);
      const last = (await all(100)).at(-1)!;
      expect(await storage.eventFeed.read(last.position, 10)).toEqual([]);
    });

    test("appends that were refused leave nothing in it, and hold nothing back", async () => {
      await append(1, 0, "one");
      // The racers draw positions that are never filled.
      const racers = await Promise.all(["a", "b", "c", "d"].map((each) => append(1, 1, each)));
      expect(racers.filter((answer) => answer === "committed")).toHaveLength(1);
      await append(2, 0, "last");
      const texts = (await all(10)).map(text);
      expect(texts).toHaveLength(3);
      expect([texts[0], texts[2]]).toEqual(["one", "last"]);
    });

    test("whoever follows while many write gets each event once, those of a world in order", async () => {
      const eventsPerWorld = 40;
      const seen: FeedEvent[] = [];
      const writing = worlds.map(async (number) => {
        for (let version = 0; version < eventsPerWorld; version += 2) await append(number, version, "x", "y");
      });
      for (let position = 0; seen.length < worlds.length * eventsPerWorld;) {
        seen.push(...(await storage.eventFeed.read(position, 7)));
        position = seen.at(-1)?.position ?? 0;
      }
      await Promise.all(writing);
      expect(seen.map(({ position }) => position)).toEqual((await all(1000)).map(({ position }) => position));
      for (const number of worlds) {
        const versions = seen.filter((event) => event.worldId === worldId(number)).map(({ version }) => version);
        expect(versions).toEqual(Array.from({ length: eventsPerWorld }, (_, index) => index + 1));
      }
    });
  });
}
