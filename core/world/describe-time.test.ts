import { describe, expect, test } from "vitest";
import { fieldSpec, heard, metadataOf, stage } from "#tests/support/stage.ts";
import { changedClock } from "./clock.ts";
import { describePace, describeSky, describeTime } from "./describe-time.ts";
import type { Scene } from "./scene.ts";
import type { MoonSpec, WorldSpec } from "./spec.ts";

const dayMs = 86_400_000;
const here = { x: 0, y: 0, z: 0 };
const land = (moons?: readonly MoonSpec[]): WorldSpec => ({
  ...fieldSpec,
  ground: "land",
  sky: { ...fieldSpec.sky, latitudeRad: 0.8, ...(moons && { moons }) },
});
const full: MoonSpec = { name: "Selun", periodDays: 28, phaseAtStart: 0.5 };

const sceneAt = (days: number, spec: WorldSpec): Scene => {
  const s = stage({ spec });
  s.enter(1);
  return { ...s.scene(), gameMs: days * dayMs };
};

describe("the sky in words", () => {
  test.each([
    ["noon", 0.5, land([]), "It is noon in spring; the sun stands in the south."],
    [
      "sunset",
      0.76,
      land([]),
      "It is dusk in spring; the west glows, but the sun is not up. There is light enough to see by.",
    ],
    ["a moonless midnight", 0, land([]), "It is night in spring; the stars are out. It is dark but for the stars."],
    [
      "a midnight under a full moon",
      0,
      land([full]),
      "It is night in spring; the stars are out. Selun, full, stands in the south. Bright moonlight lies over everything.",
    ],
    [
      "an evening with a first quarter",
      0.8,
      land([{ ...full, phaseAtStart: 0.22 }]),
      "It is evening in spring; a last shimmer lies in the west, and the stars are out. Selun, half and waxing, stands high overhead. Bright moonlight lies over everything.",
    ],
    [
      "a morning with an old crescent",
      0.24,
      land([{ ...full, phaseAtStart: 0.88 }]),
      "It is dawn in spring; the east glows, but the sun is not up. Selun, an old crescent, stands low in the southeast. There is light enough to see by.",
    ],
  ])("at %s", (_name, days, spec, words) => {
    expect(describeSky(sceneAt(days, spec), here)).toBe(words);
  });

  test("names every moon that is up, and does not see a new one", () => {
    const moons = [full, { ...full, name: "Little Brother" }, { ...full, name: "Ghost", phaseAtStart: 0 }];
    const words = describeSky(sceneAt(0, land(moons)), here);
    expect(words).toContain("Selun, full");
    expect(words).toContain("Little Brother, full");
    expect(words).not.toContain("Ghost");
  });
});

describe("the time in words", () => {
  test("has the hour, the date, the sky and the rising of a moon that is down", () => {
    const words = describeTime(sceneAt(0.5, land([full])), here);
    expect(words).toMatch(
      /^It is 12:00 on the 1st day of year 1\. It is noon in spring; .*\. Selun rises at 1[78]:\d\d\.$/u,
    );
  });

  test("says how time runs where that is not as usual", () => {
    const s = stage({ spec: land([]) });
    s.enter(1);
    const { clock } = s.world.state;
    expect(describePace(changedClock(clock, s.now(), { dilation: 0.5 }))).toBe(
      "Time runs 0.5 times as fast as your own.",
    );
    const scene = { ...s.scene(), state: { ...s.world.state, clock: changedClock(clock, s.now(), { stretch: 0.25 }) } };
    expect(describeTime(scene, here)).toContain("it keeps 25 % of that pace for now.");
    expect(describeTime(s.scene(), here)).not.toContain("Time runs");
  });

  test("knows no sky in a room", () => {
    expect(describeTime(sceneAt(0.5, fieldSpec), here)).toBe(
      "It is 12:00 on the 1st day of year 1. It is noon in spring outside.",
    );
  });
});

test("`time` gives a client the same in numbers", () => {
  const s = stage({ spec: land([full]) });
  s.enter(1);
  expect(metadataOf(s.say(1, "time"), 1, "time")).toMatchObject({
    time_of_day: "morning",
    season: "spring",
    day_of_year: 1,
    year: 1,
    hour: 8,
    minute: 24,
    pace: 1,
    moons: [{ name: "Selun", is_up: false, illumination: expect.closeTo(1, 1) }],
  });
  expect(heard(s.say(1, "look at the moon".replace("the ", "")), 1)[0]).toContain("It is morning in spring");
});
