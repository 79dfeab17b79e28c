import { describe, expect, test } from "vitest";
import { createProgress, duration } from "./progress.ts";

function setup(isTTY: boolean) {
  const written: string[] = [];
  let nowMs = 0;
  const progress = createProgress(
    { isTTY, columns: 60, write: (text: string) => (written.push(text), true) },
    () => nowMs,
  );
  const tellAt = (ms: number, stage: string, share: number) => {
    nowMs = ms;
    progress.tell(stage, share);
  };
  return { written, progress, tellAt };
}

describe("progress", () => {
  test("into a file is a line at each tenth of a stage, with the time that is left", () => {
    const { written, tellAt } = setup(false);
    for (let i = 0; i <= 100; i++) tellAt(100 * i, "weather", i / 100);
    tellAt(10_100, "maps", 0);
    expect(written).toHaveLength(12);
    expect(written[0]).toBe("weather: 0 %\n");
    expect(written[3]).toBe("weather: 30 %, 7 s left\n");
    expect(written.slice(-2)).toEqual(["weather: 100 %\n", "maps: 0 %\n"]);
  });

  test("on a terminal is one line, drawn again at most ten times a second and never wider than it", () => {
    const { written, tellAt, progress } = setup(true);
    for (let i = 0; i <= 1000; i++) tellAt(i, "a stage with a name that is longer than the terminal is wide", i / 2000);
    expect(written.length).toBeLessThanOrEqual(11);
    for (const line of written) {
      expect(line.startsWith("\r\u001b[2K")).toBe(true);
      expect(line.slice(5).length).toBeLessThan(60);
    }
    progress.say("done");
    expect(written.slice(-2)).toEqual(["\r\u001b[2K", "done\n"]);
  });

  test.each([
    [0, "0 s"],
    [99_000, "99 s"],
    [125_000, "2 min 05 s"],
    [7_260_000, "2 h 01 min"],
  ])("%d ms are told as %s", (ms, words) => {
    expect(duration(ms)).toBe(words);
  });
});
