import { beforeEach, describe, expect, test } from "vitest";
import type { InterviewId } from "#core/interview/model.ts";
import type { Interviews } from "#core/ports/interviews.ts";
import type { NewEvent } from "#core/ports/world-log.ts";
import type { WorldId } from "#core/lib/ids.ts";
import type { Setup, Storage } from "#tests/support/database.ts";
import { newAccount, startMs, userId, worldId, worldRecord } from "#tests/support/records.ts";

const interviewId = (number: number) => `d0000000-0000-4000-8000-${String(number).padStart(12, "0")}` as InterviewId;

const event = (text: string): NewEvent => ({
  type: "said",
  schemaVersion: 2,
  payload: { zebra: 1, text, half: 0.1 },
  metadata: { atMs: startMs },
});

export function interviewsContract(name: string, setup: Setup): void {
  describe(`interviews, ${name}`, () => {
    let storage: Storage;
    let interviews: Interviews;
    beforeEach(async () => {
      storage = await setup();
      ({ interviews } = storage);
      await storage.accounts.create(newAccount(1));
      await storage.accounts.create(newAccount(2));
    });

    const begin = (number: number, user = 1, ...events: NewEvent[]) =>
      interviews.begin({ id: interviewId(number), userId: userId(user), atMs: startMs }, events);
    const append = (number: number, expectedVersion: number, ...events: NewEvent[]) =>
      interviews.append(interviewId(number), {
        expectedVersion,
        events,
        status: "open",
        makes: null,
        atMs: startMs + 1,
      });

    test("an interview comes back as it was said, to the last sign and in the same order", async () => {
      expect(await begin(1, 1, event("ein Ozean 🌊 ‹groß›"), event("two"))).toBeNull();
      const found = await interviews.get(interviewId(1));
      expect(found).toEqual({
        id: interviewId(1),
        userId: userId(1),
        status: "open",
        events: [
          { ...event("ein Ozean 🌊 ‹groß›"), version: 1 },
          { ...event("two"), version: 2 },
        ],
      });
      expect(JSON.stringify(found?.events[0]?.payload)).toBe('{"zebra":1,"text":"ein Ozean 🌊 ‹groß›","half":0.1}');
    });

    test("what never began is null, and nobody has one open", async () => {
      expect(await interviews.get(interviewId(1))).toBeNull();
      expect(await interviews.openOf(userId(1))).toBeNull();
      expect(await append(1, 0, event("into nothing"))).toBe("wrong-version");
    });

    test("a user has one open interview, and another one another", async () => {
      await begin(1, 1, event("one"));
      expect(await begin(2, 1, event("two"))).toBe(interviewId(1));
      expect(await interviews.get(interviewId(2))).toBeNull();
      expect(await begin(3, 2, event("three"))).toBeNull();
      expect(await interviews.openOf(userId(1))).toBe(interviewId(1));
      expect(await interviews.openOf(userId(2))).toBe(interviewId(3));
    });

    test("of several that begin at once exactly one does, and the others are told which", async () => {
      const answers = await Promise.all([1, 2, 3, 4, 5].map((number) => begin(number, 1, event(`${number}`))));
      const open = await interviews.openOf(userId(1));
      expect(answers.filter((answer) => answer === null)).toHaveLength(1);
      expect(answers.filter((answer) => answer !== null)).toEqual([open, open, open, open]);
      const kept = await Promise.all([1, 2, 3, 4, 5].map((number) => interviews.get(interviewId(number))));
      expect(kept.filter((one) => one !== null)).toHaveLength(1);
    });

    test("once it is over another may begin, and it stays to be read", async () => {
      await begin(1, 1, event("one"));
      const over = {
        expectedVersion: 1,
        events: [event("done")],
        status: "completed",
        makes: null,
        atMs: startMs,
      } as const;
      expect(await interviews.append(interviewId(1), over)).toBe("appended");
      expect(await interviews.openOf(userId(1))).toBeNull();
      expect(await begin(2, 1, event("two"))).toBeNull();
      expect(await interviews.get(interviewId(1))).toMatchObject({ status: "completed", events: [{}, { version: 2 }] });
    });

    test("an append takes the version it knows; a late one changes nothing", async () => {
      await begin(1, 1, event("one"));
      expect(await append(1, 1, event("two"), event("three"))).toBe("appended");
      expect(await append(1, 1, event("late"))).toBe("wrong-version");
      expect(await append(1, 4, event("early"))).toBe("wrong-version");
      const found = await interviews.get(interviewId(1));
      expect(found?.events.map(({ version }) => version)).toEqual([1, 2, 3]);
    });

    test("of several that append at once exactly one does", async () => {
      await begin(1, 1, event("one"));
      const outcomes = await Promise.all([1, 2, 3, 4].map((number) => append(1, 1, event(`${number}`))));
      expect(outcomes.filter((outcome) => outcome === "appended")).toHaveLength(1);
      expect((await interviews.get(interviewId(1)))?.events).toHaveLength(2);
    });

    test("the latest is the one that is open, else the one begun last", async () => {
      expect(await interviews.latestOf(userId(1))).toBeNull();
      const over = {
        expectedVersion: 1,
        events: [event("done")],
        status: "abandoned",
        makes: null,
        atMs: startMs,
      } as const;
      for (const number of [2, 1]) {
        await interviews.begin({ id: interviewId(number), userId: userId(1), atMs: startMs - number }, [event("one")]);
        await interviews.append(interviewId(number), over);
      }
      expect(await interviews.latestOf(userId(1))).toBe(interviewId(1));
      await interviews.begin({ id: interviewId(3), userId: userId(1), atMs: startMs - 9 }, [event("one")]);
      expect(await interviews.latestOf(userId(1))).toBe(interviewId(3));
      expect(await interviews.latestOf(userId(2))).toBeNull();
    });

    test("whoever makes a world is found until he makes it no more", async () => {
      await begin(1, 1, event("one"));
      await begin(2, 2, event("one"));
      const step = { events: [event("step")], status: "open" } as const;
      const makes = (number: number, expectedVersion: number, makesNow: WorldId | null, atMs: number) =>
        interviews.append(interviewId(number), { ...step, expectedVersion, makes: makesNow, atMs });
      await makes(1, 1, worldId(7), startMs + 2);
      await makes(2, 1, worldId(8), startMs + 1);
      const [one, two] = [1, 2].map((n) => ({ id: interviewId(n), userId: userId(n), worldId: worldId(6 + n) }));
      expect(new Set(await interviews.making(5))).toEqual(new Set([one, two]));
      expect(await interviews.making(1)).toHaveLength(1);
      await makes(1, 2, null, startMs + 3);
      expect(await interviews.making(5)).toEqual([two]);
    });

    test("all of it can be told to whom it belongs, in pages", async () => {
      await interviews.begin({ id: interviewId(2), userId: userId(1), atMs: startMs }, [event("one"), event("two")]);
      await append(2, 2, event("three"));
      await begin(3, 2, event("another's"));
      const page = (skip: number) => storage.personalData.interviewEventsOf(userId(1), { skip, limit: 2 });
      const texts = (events: readonly { payload: unknown }[]) =>
        events.map(({ payload }) => (payload as { text: string }).text);
      const [first, second] = [await page(0), await page(2)];
      expect([texts(first), texts(second)]).toEqual([["one", "two"], ["three"]]);
      expect(first[0]).toEqual({ ...event("one"), version: 1, interviewId: interviewId(2) });
    });

    test("they go with their account", async () => {
      await begin(1, 1, event("mine"));
      await begin(2, 2, event("another's"));
      await storage.accounts.beginDeletion(userId(1), { from: null, atMs: startMs });
      const last = { event: { type: "account-deleted", userId: userId(1), atMs: startMs } as never, letter: null };
      expect(await storage.personalData.erase(userId(1), last)).toBe(true);
      expect(await interviews.get(interviewId(1))).toBeNull();
      expect(await interviews.get(interviewId(2))).not.toBeNull();
    });

    test("a world's name is free until a world has it, however it is written, and again when that is deleted", async () => {
      const { worlds, worldNames } = storage;
      expect(await worldNames.isFree("Ísfold")).toBe(true);
      await worlds.create(worldRecord(1, { name: "Ísfold" }), []);
      expect(await Promise.all(["Ísfold", "ÍSFOLD", "ísfold", "Isfold"].map((one) => worldNames.isFree(one)))).toEqual([
        false,
        false,
        false,
        true,
      ]);
      const clock = { sinceRealMs: 1 } as never;
      await worlds.follow(worldId(1), { version: 9, status: "deleted", clock });
      expect(await worldNames.isFree("ísfold")).toBe(true);
    });
  });
}
