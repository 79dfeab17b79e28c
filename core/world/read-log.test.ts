import { describe, expect, test } from "vitest";
import type { WorldId } from "../lib/ids.ts";
import type { StoredEvent, WorldLog } from "../ports/world-log.ts";
import { eventsPerReadMax, pagesAfter } from "./read-log.ts";

const worldId = "00000000-0000-0000-0000-0000000000aa" as WorldId;

function logOf(length: number, failsAfter = Infinity) {
  const asked: number[] = [];
  const read: WorldLog["read"] = async (_id, after, limit) => {
    asked.push(after);
    if (after >= failsAfter) throw new Error("gone");
    return Array.from({ length: Math.max(0, Math.min(limit, length - after)) }, (_, i): StoredEvent => {
      return { version: after + i + 1, type: "moved", schemaVersion: 1, payload: {}, metadata: {} };
    });
  };
  return { asked, log: { read } as WorldLog };
}

async function versions(log: WorldLog, after = 0): Promise<number[]> {
  const all: number[] = [];
  for await (const page of pagesAfter(log, worldId, after)) all.push(...page.map(({ version }) => version));
  return all;
}

describe("the log of a world", () => {
  test.each([0, 1, eventsPerReadMax - 1, eventsPerReadMax, eventsPerReadMax + 1, 5 * eventsPerReadMax, 7777])(
    "of %i events is read whole and in order",
    async (length) => {
      expect(await versions(logOf(length).log)).toEqual(Array.from({ length }, (_, i) => i + 1));
    },
  );

  test("is read from a version on", async () => {
    expect(await versions(logOf(2500).log, 2400)).toEqual(Array.from({ length: 100 }, (_, i) => 2401 + i));
  });

  test("that is short is read once", async () => {
    const { asked, log } = logOf(10);
    await versions(log);
    expect(asked).toEqual([0]);
  });

  test("that cannot be read on fails where it is read, not before", async () => {
    const { log } = logOf(5000, 1000);
    const pages = pagesAfter(log, worldId, 0);
    expect((await pages.next()).value).toHaveLength(eventsPerReadMax);
    await expect(pages.next()).rejects.toThrow("gone");
  });

  test("that is left half-way leaves no rejection behind", async () => {
    const { log } = logOf(5000, 1000);
    for await (const page of pagesAfter(log, worldId, 0)) {
      expect(page).toHaveLength(eventsPerReadMax);
      break;
    }
  });
});
