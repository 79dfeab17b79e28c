import { expect, test } from "vitest";
import { memorySessions } from "#adapters/memory/sessions.ts";
import { memoryTables } from "#adapters/memory/tables.ts";
import { sessionId } from "#tests/support/records.ts";
import { play, playSamples, type Step, steps } from "./refresh-model.ts";

const lengthMax = 5;

test(
  `of three tabs and a thief every path of ${lengthMax} steps is as it should be`,
  { timeout: 120_000 },
  async () => {
    let paths = 0;
    const from = async (path: readonly Step[]): Promise<void> => {
      if (path.length === lengthMax) {
        paths += 1;
        return play(memorySessions(memoryTables()), sessionId(1), path);
      }
      for (const step of steps) await from([...path, step]);
    };
    await from([]);
    expect(paths).toBe(steps.length ** lengthMax);
  },
);

test("so are ten thousand random paths of thirty steps", { timeout: 120_000 }, async () => {
  for (let batch = 0; batch < 100; batch++) {
    await playSamples(memorySessions(memoryTables()), { runs: 100, length: 30, firstRun: batch * 100 });
  }
});

test.each<[string, Step[]]>([
  [
    "a tab whose answer was lost",
    ["tab 0 refreshes and hears nothing", "time passes within the grace", "tab 0 refreshes"],
  ],
  [
    "a tab that slept through two refreshes",
    ["tab 0 refreshes", "tab 0 refreshes", "time passes within the grace", "tab 1 refreshes"],
  ],
  [
    "a thief who comes after the grace",
    [
      "a thief copies tab 0",
      "tab 0 refreshes",
      "time passes up to the end of the grace",
      "the thief refreshes",
      "tab 0 refreshes",
    ],
  ],
  [
    "a victim who comes after the thief",
    [
      "a thief copies tab 0",
      "the thief refreshes",
      "time passes up to the end of the grace",
      "tab 0 refreshes",
      "the thief refreshes",
    ],
  ],
  [
    "a touch after a revocation",
    [
      "time passes within the grace",
      "a request is checked",
      "the session is revoked",
      "a request that was checked is touched",
    ],
  ],
])("%s", async (_, path) => {
  await play(memorySessions(memoryTables()), sessionId(1), path);
});
