import { expect, test } from "vitest";
import { precipitationKinds } from "../../sim/weather/observation.ts";
import { mildDay, skyOf } from "#tests/support/weather.ts";
import { describeOutlook, describeWeather, weatherNumbers } from "./describe.ts";
import { briefly, cloudWords, fallWords, snowWords, visibilityWords, warmthWords, windWords } from "./words.ts";

test("a quiet day is told as one", () => {
  expect(describeWeather(mildDay)).toBe(
    "It is cool, 12 °C. A few clouds stand in the sky, and a light breeze comes from the south. Nothing falls from the sky.",
  );
});

test.each([
  [{ precipitation: "rain", precipitationMmPerHour: 0.5 }, "light rain falls"],
  [{ precipitation: "rain", precipitationMmPerHour: 9 }, "rain pours down"],
  [{ precipitation: "showers", precipitationMmPerHour: 9, thunderPerHour: 4 }, "a downpour passes, and thunder rolls"],
  [{ precipitation: "snow", precipitationMmPerHour: 2 }, "snow falls"],
  [{ thunderPerHour: 4 }, "thunder rolls"],
  [{}, ""],
] as const)("%j is told as %j", (changes, words) => {
  expect(fallWords({ ...mildDay, ...changes })).toBe(words);
});

test("whatever falls has words, and only where something falls", () => {
  for (const precipitation of precipitationKinds) {
    for (const precipitationMmPerHour of [0.05, 2, 20]) {
      const words = fallWords({ ...mildDay, precipitation, precipitationMmPerHour });
      expect(words === "", precipitation).toBe(precipitation === "none");
    }
  }
});

test("every wind, cloud, snow, sight and warmth has a word of its own", () => {
  const told = <T>(values: readonly T[], words: (value: T) => string) => new Set(values.map(words)).size;
  expect(told([0, 3, 8, 14, 20, 30, 40], (windMps) => windWords({ ...mildDay, windMps, gustMps: windMps }))).toBe(7);
  expect(told([0, 0.2, 0.5, 0.7, 0.9], (cloud) => cloudWords({ ...mildDay, cloud }))).toBe(5);
  expect(told([0, 0.02, 0.1, 0.4, 0.8, 2], (snowDepthM) => snowWords({ ...mildDay, snowDepthM }))).toBe(6);
  expect(told([30, 300, 3000, 4000], (visibilityM) => visibilityWords({ ...mildDay, visibilityM }))).toBe(4);
  expect(told([-30, -5, 5, 12, 20, 25, 33, 40], warmthWords)).toBe(8);
});

test("nothing is minus zero degrees", () => {
  expect(briefly({ ...mildDay, temperatureC: -0.3 })).toBe("a few clouds stand in the sky, 0 °C");
  expect(Object.is(weatherNumbers({ ...mildDay, temperatureC: -0.01 }).temperature_c, 0)).toBe(true);
});

test("hours that look alike are told together, with the range of their warmth", () => {
  const part = (hours: number, changes: Partial<typeof mildDay>) => ({
    inS: hours * 3600,
    observation: skyOf(changes).observe({ x: 0, y: 0, z: 0 }),
  });
  const rain = { precipitation: "rain", precipitationMmPerHour: 2 } as const;
  expect(
    describeOutlook([part(3, {}), part(6, { temperatureC: 15 }), part(9, rain)])
      .split("\n")
      .slice(1),
  ).toEqual([
    "In 3 to 6 hours: a few clouds stand in the sky, 12 to 15 °C.",
    "In 9 hours: rain falls steadily, 12 °C.",
  ]);
});
