import { expect, test } from "vitest";
import type { CycloneSeen } from "../../sim/weather/observation.ts";
import { mildDay } from "#tests/support/weather.ts";
import { category, cycloneBriefly, cycloneKind, cycloneNumbers, cycloneWords } from "./cyclone-words.ts";
import { describeOutlook, describeWeather, weatherNumbers } from "./describe.ts";

const storm: CycloneSeen = {
  id: 7,
  maxMps: 45,
  distanceM: 312_000,
  bearingRad: (3 * Math.PI) / 4,
  closingMps: 4,
  reaches: 0.4,
  isEye: false,
};
const words = (changes: Partial<CycloneSeen>) => cycloneWords({ cyclone: { ...storm, ...changes } });

test("who asks for the weather hears of a hurricane that is not far, how far, where and whether it comes", () => {
  expect(describeWeather({ ...mildDay, cyclone: storm })).toContain(
    "A hurricane is 300 kilometres to the southeast, coming nearer.",
  );
  expect(describeWeather(mildDay)).not.toContain("hurricane");
});

test.each([
  [{ maxMps: 12, closingMps: 0 }, "A tropical depression is 300 kilometres to the southeast, keeping its distance."],
  [{ maxMps: 20, closingMps: -3 }, "A tropical storm is 300 kilometres to the southeast, moving away."],
  [{ distanceM: 64_000 }, "A hurricane is 60 kilometres to the southeast, coming nearer."],
  [{ distanceM: 900, bearingRad: 0 }, "A hurricane is 1 kilometre to the north, coming nearer."],
  [{ isEye: true }, "You are in the eye of a hurricane: its walls of cloud stand all around."],
] as const)("%j is told as %j", (changes, told) => {
  expect(words(changes)).toBe(told);
});

test("kinds and categories change at the winds of WMO and of Saffir and Simpson", () => {
  const winds = [17, 17.5, 32.9, 33, 42.9, 43, 50, 58, 70];
  expect(winds.map((maxMps) => category({ ...storm, maxMps }))).toEqual([0, 0, 0, 1, 1, 2, 3, 4, 5]);
  expect(new Set(winds.map((maxMps) => cycloneKind({ ...storm, maxMps }))).size).toBe(3);
});

test("a forecast names it hour by hour", () => {
  const part = (hours: number, changes: Partial<CycloneSeen>) => ({
    inS: hours * 3600,
    observation: { ...mildDay, cyclone: { ...storm, ...changes } },
  });
  expect(
    describeOutlook([part(3, {}), part(6, { distanceM: 90_000 }), part(9, { isEye: true })])
      .split("\n")
      .slice(1),
  ).toEqual([
    "In 3 hours: a few clouds stand in the sky, a hurricane 300 kilometres to the southeast, 12 °C.",
    "In 6 hours: a few clouds stand in the sky, a hurricane 90 kilometres to the southeast, 12 °C.",
    "In 9 hours: a few clouds stand in the sky, the eye of a hurricane, 12 °C.",
  ]);
});

test("its numbers go with the words, and nothing where there is none", () => {
  expect(weatherNumbers({ ...mildDay, cyclone: storm })).toMatchObject({ cyclone: cycloneNumbers(storm) });
  expect(cycloneNumbers(storm)).toEqual({
    kind: "hurricane",
    category: 2,
    wind_max_mps: 45,
    distance_km: 312,
    bearing_deg: 135,
    closing_mps: 4,
    is_eye: false,
  });
  expect(weatherNumbers(mildDay)).not.toHaveProperty("cyclone");
  expect([cycloneWords(mildDay), cycloneBriefly(mildDay)]).toEqual(["", ""]);
});
