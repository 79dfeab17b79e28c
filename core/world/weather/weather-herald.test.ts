import { describe, expect, test } from "vitest";
import { type ExtremesSeen, noExtremes, type Observation } from "../../sim/weather/observation.ts";
import { startMs } from "#tests/support/records.ts";
import { stage } from "#tests/support/stage.ts";
import { skyOf } from "#tests/support/weather.ts";
import type { Scene } from "../scene.ts";
import { createWeatherHerald, lookedAtMax, weatherToldMsMin } from "./weather-herald.ts";

const rain = (precipitationMmPerHour: number): Partial<Observation> => ({
  precipitation: "rain",
  precipitationMmPerHour,
  cloud: 1,
});

function setup(bodies = 1) {
  const played = stage();
  for (let number = 1; number <= bodies; number++) played.enter(number);
  const herald = createWeatherHerald();
  let nowMs = startMs;
  const scene = (changes: Partial<Observation>): Scene => ({ ...played.scene(), nowMs, weather: skyOf(changes) });
  return {
    played,
    herald,
    scene,
    /** What is told a while later. */
    later(changes: Partial<Observation>, ms = weatherToldMsMin): string[] {
      nowMs += ms;
      return herald
        .tellingsOf(scene(changes))
        .map(({ tell }) => (tell.kind === "message" ? `${tell.message.type}: ${tell.message.text}` : tell.kind));
    },
  };
}

describe("changes of the weather", () => {
  test("who has just come is told nothing: he sees for himself", () => {
    expect(setup().later(rain(9))).toEqual([]);
  });

  test("rain begins, grows heavier, slackens, turns to snow and stops", () => {
    const { later } = setup();
    later({ cloud: 1 });
    expect(later(rain(1))).toEqual(["weather: It begins: light rain falls."]);
    expect(later(rain(9))).toEqual(["weather: The rain grows heavier."]);
    expect(later(rain(1))).toEqual(["weather: The rain slackens."]);
    expect(later({ ...rain(1), precipitation: "snow" })).toEqual(["weather: The rain turns to snow."]);
    expect(later({ cloud: 1 })).toEqual(["weather: It stops snowing."]);
  });

  test("what lies on a boundary is told once, not for ever", () => {
    const { later } = setup();
    later(rain(1.4));
    const told = Array.from({ length: 20 }, (_, i) => later(rain(i % 2 === 0 ? 1.45 : 1.6)));
    expect(told.flat()).toEqual([]);
    expect(later(rain(2))).toHaveLength(1);
    expect(Array.from({ length: 20 }, (_, i) => later(rain(i % 2 === 0 ? 1.45 : 1.6))).flat()).toEqual([]);
  });

  test("wind, fog and clouds are told, at most two things at once", () => {
    const { later } = setup();
    later({});
    expect(later({ windMps: 14 })).toEqual(["weather: The wind rises: a strong wind blows from the south."]);
    expect(later({ fog: 0.9, cloud: 1 })).toEqual(["weather: The wind drops. Fog closes in around you."]);
    expect(later({ cloud: 1 })).toEqual(["weather: The fog lifts."]);
    expect(later({ ...rain(9), windMps: 20, fog: 0.9 })[0]!.match(/\./gu)).toHaveLength(2);
    later({ cloud: 1 });
    expect(later({})).toEqual(["weather: The clouds break."]);
  });

  test("nobody is told more than once a minute, and then of what it has come to", () => {
    const { later } = setup();
    later({});
    expect(later(rain(1), 1000)).toHaveLength(1);
    expect(later(rain(9), 1000)).toEqual([]);
    expect(later(rain(9), weatherToldMsMin)).toEqual(["weather: The rain grows heavier."]);
    expect(later({}, 1000)).toEqual([]);
    expect(later(rain(9), weatherToldMsMin)).toEqual([]);
  });

  test("of a crowd some are looked at in each call, and in the end everyone", () => {
    const { later, herald, scene } = setup(lookedAtMax + 10);
    later({});
    later({});
    const first = herald.tellingsOf(scene({ windMps: 20 }));
    const second = herald.tellingsOf(scene({ windMps: 20 }));
    expect([first.length, second.length]).toEqual([lookedAtMax, 10]);
    expect(new Set([...first, ...second].map(({ to }) => to)).size).toBe(lookedAtMax + 10);
  });

  const extremes = (changes: Partial<ExtremesSeen>) => ({ extremes: { ...noExtremes, ...changes } });

  test("a blizzard is told as it breaks loose and when it is over, before the wind and the snow", () => {
    const { later } = setup();
    later({});
    expect(later({ ...extremes({ isBlizzard: true }), windMps: 18 })).toEqual([
      "weather: A blizzard breaks loose: you can hardly see your own hands. The wind rises: a gale blows from the south.",
    ]);
    expect(later({ ...extremes({ isBlizzard: true }), windMps: 18 })).toEqual([]);
    expect(later({})).toEqual(["weather: The blizzard is over. The wind drops."]);
  });

  test("a heat wave is told once, not day by day, and when it breaks", () => {
    const { later } = setup();
    later({});
    expect(later(extremes({ heatWaveDays: 5 }))).toEqual([
      "weather: A heat wave lies over the land: 5 days of unusual heat.",
    ]);
    expect(later(extremes({ heatWaveDays: 6 }))).toEqual([]);
    expect(later({})).toEqual(["weather: The heat wave breaks."]);
  });

  test("a drought is told as it comes and gets worse, not as it wavers, and when it is over", () => {
    const { later } = setup();
    later({});
    expect(later(extremes({ drought: "moderate" }))).toEqual([
      "weather: It has rained less than usual for a good while.",
    ]);
    expect(later(extremes({ drought: "severe" }))[0]).toContain("A drought lies over the land");
    expect(later(extremes({ drought: "moderate" }))).toEqual([]);
    expect(later(extremes({ drought: "severe" }))).toEqual([]);
    expect(later({})).toEqual(["weather: The drought is over."]);
    later(extremes({ drought: "moderate" }));
    expect(later({})).toEqual(["weather: It has rained enough again."]);
  });

  test("a hurricane is told as it comes, in its eye and as it goes; a depression is not", () => {
    const { later } = setup();
    const storm = { id: 1, maxMps: 45, distanceM: 900_000, bearingRad: 0, closingMps: 5, reaches: 1.1, isEye: false };
    const at = (changes: Partial<typeof storm>) => ({ cyclone: { ...storm, ...changes } });
    later(at({ maxMps: 14 }));
    expect(later(at({}))).toEqual(["weather: A hurricane is 900 kilometres to the north, coming nearer."]);
    expect(later(at({ distanceM: 850_000, reaches: 1.05 }))).toEqual([]);
    expect(later({ ...at({ distanceM: 250_000, reaches: 0.3 }), windMps: 20 })).toEqual([
      "weather: A hurricane is 250 kilometres to the north, coming nearer. The wind rises: a gale blows from the south.",
    ]);
    expect(later({ ...at({ distanceM: 5000, reaches: 0.01, isEye: true }), windMps: 2 })).toEqual([
      "weather: You are in the eye of a hurricane: its walls of cloud stand all around. The wind drops.",
    ]);
    expect(later(at({ distanceM: 90_000, reaches: 0.1 }))).toEqual([
      "weather: The eye of the hurricane has passed over you.",
    ]);
    expect(later(at({ distanceM: 700_000, reaches: 0.9 }))).toEqual(["weather: The hurricane moves away."]);
    expect(later({})).toEqual(["weather: The hurricane is far away now."]);
  });

  test("where nobody knows the weather nothing is told of it", () => {
    const { herald, scene } = setup();
    const { weather: _, ...blind } = scene({});
    expect(herald.tellingsOf(blind)).toEqual([]);
  });
});
