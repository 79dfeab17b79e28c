import { describe, expect, test } from "vitest";
import { noExtremes } from "../../sim/weather/observation.ts";
import { mildDay } from "#tests/support/weather.ts";
import { describeWeather, weatherNumbers } from "./describe.ts";
import { extremeWords } from "./extreme-words.ts";
import { briefly } from "./words.ts";

const seen = (changes: Partial<typeof noExtremes>) => ({ ...mildDay, extremes: { ...noExtremes, ...changes } });

describe("extremes in words", () => {
  test("are nothing on an ordinary day", () => {
    expect(extremeWords(mildDay)).toBe("");
    expect(Object.keys(weatherNumbers(mildDay))).not.toContain("drought");
  });

  test("of a blizzard, a heat wave and a drought", () => {
    expect(describeWeather(seen({ isBlizzard: true }))).toContain("A blizzard rages.");
    expect(describeWeather(seen({ heatWaveDays: 6 }))).toContain(
      "A heat wave lies over the land: 6 days of unusual heat.",
    );
    expect(describeWeather(seen({ drought: "severe" }))).toContain("A drought lies over the land");
  });

  test("are short in a list", () => {
    expect(briefly({ ...seen({ isBlizzard: true }), temperatureC: -12 })).toBe("a blizzard rages, -12 °C");
  });

  test("are numbers in the metadata", () => {
    expect(
      weatherNumbers(seen({ isBlizzard: true, heatWaveDays: 7, drought: "extreme", precipitationIndex: -2.34 })),
    ).toMatchObject({
      blizzard: true,
      heat_wave_days: 7,
      drought: "extreme",
      precipitation_index: -2.3,
    });
  });
});
