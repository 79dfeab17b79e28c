import { describe, expect, test } from "vitest";
import { createStretcher } from "./stretch.ts";

type Change = { readonly atMs: number; readonly stretch: number };

/** For each load so many ticks that come so many times as late as they should; answers what became of the world's pace, and when. */
function changes(loads: readonly (readonly [ticks: number, load: number])[], ticksPerSecond = 10): Change[] {
  const stretcher = createStretcher(ticksPerSecond);
  let [nowMs, stretch] = [0, 1];
  const made: Change[] = [];
  stretcher.tick(nowMs, stretch);
  for (const [ticks, load] of loads) {
    for (let i = 0; i < ticks; i++) {
      nowMs += (load * 1000) / ticksPerSecond;
      const wished = stretcher.tick(nowMs, stretch);
      if (wished === null) continue;
      stretch = wished;
      made.push({ atMs: Math.round(nowMs), stretch });
    }
  }
  return made;
}

describe("time", () => {
  test("keeps its pace while ticks are punctual, or nearly", () => {
    expect(
      changes([
        [200, 1],
        [200, 1.09],
      ]),
    ).toEqual([]);
  });

  test("is not stretched for one stall, however long, nor for one now and then", () => {
    const stall = (times: number) =>
      Array.from(
        { length: 20 },
        () =>
          [
            [1, times],
            [30, 1],
          ] as [number, number][],
      ).flat();
    expect(changes(stall(50))).toEqual([]);
    expect(changes(stall(20))).toEqual([]);
  });

  test.each([
    [1.3, 0.75, 2600],
    [2, 0.5, 3200],
    [4.1, 0.2, 3280],
    [10, 0.1, 6000],
    [1000, 0.1, 600_000],
  ])(
    "under %d times the load keeps %d of its pace, after two windows: what a punctual tick would have brought",
    (load, stretch, atMs) => {
      expect(changes([[100, load]])).toEqual([{ atMs, stretch }]);
    },
  );

  test("comes back by itself, in steps", () => {
    const [fell, ...rose] = changes([
      [6, 20],
      [200, 1],
    ]);
    expect(fell).toEqual({ atMs: 12_000, stretch: 0.1 });
    expect(rose).toEqual([0.35, 0.6, 0.85, 1].map((stretch, i) => ({ atMs: 12_000 + 3000 * (i + 1), stretch })));
  });

  test("does not flap where the load hovers", () => {
    const hovering = Array.from({ length: 3000 }, (_, i): [number, number] => [1, 2 + 0.2 * Math.sin(i / 7)]);
    expect(changes(hovering)).toHaveLength(1);
    const onTheEdge = Array.from({ length: 300 }, (_, i): [number, number] => [10, i % 2 === 0 ? 1.09 : 1.12]);
    expect(changes(onTheEdge)).toEqual([]);
  });

  test("follows the load where that grows", () => {
    expect(
      changes([
        [40, 1.5],
        [40, 5],
      ]).map(({ stretch }) => stretch),
    ).toEqual([0.65, 0.2]);
  });

  test("of a slow world is judged by three ticks", () => {
    expect(changes([[12, 2]], 1)).toEqual([{ atMs: 12_000, stretch: 0.5 }]);
  });
});

test("a pause between ticks says nothing", () => {
  const stretcher = createStretcher(10);
  let nowMs = 0;
  for (let second = 0; second < 10; second++) {
    for (let i = 0; i < 9; i++) expect(stretcher.tick((nowMs += 100), 1)).toBeNull();
    stretcher.reset();
    nowMs += 60_000;
  }
});
