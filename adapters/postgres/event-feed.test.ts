import { expect, test } from "vitest";
import { worldId } from "#tests/support/records.ts";
import { postgresEventFeed } from "./event-feed.ts";
import type { Postgres } from "./postgres.ts";

type Rows = Record<string, unknown>[];

/** A database that answers only when the test says so, and what it says. */
function scripted() {
  const waiting: ((rows: Rows) => void)[] = [];
  const statement = () => new Promise<Rows>((resolve) => void waiting.push(resolve));
  return {
    postgres: { statement } as unknown as Postgres,
    /** To the oldest statement that waits, or to one after it. */
    async answer(rows: Rows, index = 0): Promise<void> {
      waiting.splice(index, 1)[0]!(rows);
      await new Promise((resolve) => setImmediate(resolve));
    },
    waiting: () => waiting.length,
  };
}

const pageOf = (oldestOpen: number, ...positions: number[]): Rows =>
  positions.map((position) => ({
    position: String(position),
    stream: worldId(1),
    version: position,
    type: "said",
    schema_version: 1,
    payload: {},
    metadata: {},
    recorded_at_ms: "1000.5",
    oldest_open: String(oldestOpen),
  }));

test("what was learnt after a page was taken says nothing about that page", async () => {
  const { postgres, answer, waiting } = scripted();
  const feed = postgresEventFeed(postgres);
  const slow = feed.read(0, 10);
  const quick = feed.read(0, 10);

  await answer(pageOf(10, 2), 1);
  await answer([{ below: "2", number: "11" }], 1);
  // The writer of 1 has committed by now.
  await answer(pageOf(11, 1, 2), 1);
  expect((await quick).map(({ position }) => position)).toEqual([1, 2]);

  await answer(pageOf(10, 2));
  await answer([{ below: "2", number: "12" }]);
  await answer(pageOf(12, 1, 2));
  expect(waiting()).toBe(0);
  expect((await slow).map(({ position }) => position)).toEqual([1, 2]);
});

test("a gap that is settled is asked about only once, and none where there are no gaps", async () => {
  const { postgres, answer, waiting } = scripted();
  const feed = postgresEventFeed(postgres);
  const first = feed.read(0, 2);
  await answer(pageOf(10, 3, 4));
  await answer([{ below: "9", number: "10" }]);
  await answer(pageOf(10, 3, 4));
  expect((await first).map(({ position }) => position)).toEqual([3, 4]);

  for (const [after, positions] of [
    [4, [7, 9]],
    [0, [3, 7]],
    [9, [10, 11]],
  ] as const) {
    const next = feed.read(after, 2);
    await answer(pageOf(10, ...positions));
    expect((await next).map(({ position }) => position)).toEqual(positions);
  }
  expect(waiting()).toBe(0);
});

test("while the question waits for old transactions, what lies before the gap still comes", async () => {
  const { postgres, answer } = scripted();
  const feed = postgresEventFeed(postgres);
  const before = feed.read(0, 10);
  await answer(pageOf(10, 1, 2, 4));
  expect((await before).map(({ position }) => position)).toEqual([1, 2]);

  const held = feed.read(2, 10);
  await answer(pageOf(10, 4));
  await answer([{ below: "4", number: "12" }]);
  await answer(pageOf(10, 4));
  expect(await held).toEqual([]);
  const still = feed.read(2, 10);
  await answer(pageOf(11, 4, 5));
  expect(await still).toEqual([]);
  const settled = feed.read(2, 10);
  await answer(pageOf(12, 4, 5));
  expect((await settled).map(({ position }) => position)).toEqual([4, 5]);
});
