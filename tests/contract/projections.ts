import { beforeEach, describe, expect, test } from "vitest";
import type { Projections } from "#core/ports/feed.ts";
import type { Setup } from "#tests/support/database.ts";

export function projectionsContract(name: string, setup: Setup): void {
  describe(`projections, ${name}`, () => {
    let projections: Projections;
    beforeEach(async () => {
      ({ projections } = await setup());
    });

    const step = (from: number, to: number, documents: Record<string, unknown> = {}) =>
      projections.advance({ name: "counts", from, to, documents: new Map(Object.entries(documents)) });

    test("one that never ran is before the first event, without documents", async () => {
      expect(await projections.position("counts")).toBe(0);
      expect(await projections.get("counts", ["a"])).toEqual(new Map());
      expect(await projections.get("counts", [])).toEqual(new Map());
    });

    test("documents and position move together", async () => {
      expect(await step(0, 7, { a: { n: 1, "10": [null, "‹🦊›"] }, b: "text", c: 3 })).toBe("advanced");
      expect(await step(7, 9, { a: { n: 2 }, c: null })).toBe("advanced");
      expect(await projections.position("counts")).toBe(9);
      expect(await projections.get("counts", ["a", "b", "c", "d"])).toEqual(
        new Map<string, unknown>([
          ["a", { n: 2 }],
          ["b", "text"],
        ]),
      );
    });

    test("a step without documents moves, and deleting what is not there is no error", async () => {
      expect(await step(0, 5)).toBe("advanced");
      expect(await step(5, 6, { gone: null })).toBe("advanced");
      expect(await projections.position("counts")).toBe(6);
    });

    test.each([
      ["behind", 0],
      ["ahead", 8],
    ])("a step from %s where it is is refused, and nothing changes", async (_, from) => {
      await step(0, 7, { a: 1 });
      expect(await step(from, 9, { a: 2, b: 2 })).toBe("elsewhere");
      expect(await projections.position("counts")).toBe(7);
      expect(await projections.get("counts", ["a", "b"])).toEqual(new Map([["a", 1]]));
    });

    test("the first step of one that never ran begins at 0", async () => {
      expect(await step(3, 9, { a: 1 })).toBe("elsewhere");
      expect(await projections.position("counts")).toBe(0);
    });

    test("of several racing for one step exactly one moves it", async () => {
      for (let round = 0; round < 10; round++) {
        const racers = ["a", "b", "c", "d"].map((each) => step(round, round + 1, { [each]: round }));
        const answers = await Promise.all(racers);
        expect(
          answers.filter((answer) => answer === "advanced"),
          `round ${round}`,
        ).toHaveLength(1);
        const winner = "abcd"[answers.indexOf("advanced")]!;
        expect((await projections.get("counts", [winner])).get(winner)).toBe(round);
      }
      expect(await projections.position("counts")).toBe(10);
    });

    test("each has its own documents, and a reset touches only its own", async () => {
      await step(0, 1, { a: 1 });
      await projections.advance({ name: "others", from: 0, to: 4, documents: new Map([["a", 2]]) });
      await projections.reset("counts");
      expect(await projections.position("counts")).toBe(0);
      expect(await projections.get("counts", ["a"])).toEqual(new Map());
      expect(await projections.get("others", ["a"])).toEqual(new Map([["a", 2]]));
      expect(await step(0, 1, { a: 3 })).toBe("advanced");
    });
  });
}
