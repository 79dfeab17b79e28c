import { describe, expect, test } from "vitest";
import { heard } from "#tests/support/stage.ts";
import { village } from "#tests/support/village.ts";
import { type mildDay, skyOf } from "#tests/support/weather.ts";
import { type Tone, tones } from "../../protocol/world-specification.ts";
import { moods, occasions } from "./moods.ts";

const toned = tones.filter((tone) => moods[tone] !== null);
const all = toned.flatMap((tone) => occasions.flatMap((occasion) => moods[tone]![occasion].map((text) => ({ tone, occasion, text })))); // prettier-ignore

/** Ana 1 looks around at the village's edge of the world of this tone. */
const looking = (tone: Tone, hour: number, seen: Partial<typeof mildDay> = {}) => {
  const met = village({ tone });
  met.waitUntil(hour);
  met.under(skyOf(seen));
  met.enter(1, { position: { ...met.centre, x: met.centre.x - 200 } });
  return heard(met.say(1, "look"), 1)[0]!;
};
const saysOneOf = (text: string, some: readonly string[]): boolean => some.some((each) => text.includes(each));

describe("a look in a world's tone", () => {
  test.each(toned)("has one sentence of it, fit for the weather and the hour: %s", (tone) => {
    const mood = moods[tone]!;
    expect(saysOneOf(looking(tone, 11), mood.day)).toBe(true);
    expect(saysOneOf(looking(tone, 2), mood.night)).toBe(true);
    expect(saysOneOf(looking(tone, 11, { precipitation: "rain", precipitationMmPerHour: 2, cloud: 1 }), mood.rain)).toBe(true); // prettier-ignore
    expect(saysOneOf(looking(tone, 2, { precipitation: "snow", precipitationMmPerHour: 1 }), mood.snowfall)).toBe(true);
    expect(saysOneOf(looking(tone, 11, { windMps: 20 }), mood.storm)).toBe(true);
    expect(saysOneOf(looking(tone, 11, { fog: 0.8 }), mood.fog)).toBe(true);
  });

  test("is plain where the world has no tone", () => {
    const text = looking("neutral", 11);
    expect(all.filter((each) => text.includes(each.text))).toEqual([]);
  });

  test("is the same for whoever stands there, and for as long as it is so", () => {
    expect(looking("grim", 11)).toBe(looking("grim", 11));
  });

  test("tells nothing of sun and stars where fog hides the sky", () => {
    expect(looking("neutral", 11, { fog: 0.8 })).toContain("nothing of the sky shows");
    expect(looking("neutral", 11, { fog: 0.8 })).not.toMatch(/\bthe sun\b|\bmoon\b/u);
  });

  test("shows the season only where the weather looks like it", () => {
    const frosty = looking("neutral", 11, { temperatureC: -20, snowDepthM: 0 });
    expect(frosty).not.toMatch(/new leaf|bright flowers|heavy with seed|New grass/u);
    expect(looking("neutral", 11, { snowDepthM: 0.5 })).not.toMatch(/new leaf|New grass/u);
  });
});

const claims: Readonly<Record<string, RegExp>> = {
  rain: /\brain|\bwet\b|\bdrip/iu,
  snow: /\bsnow|\bflake/iu,
  fog: /\bfog\b|\bmist/iu,
  wind: /\bwind\b|\bgust|\bgale/iu,
  night: /\bnight\b|\bdark\b|\bstars?\b|\bmoon/iu,
  sun: /\bsun\b|\bsunlight|\bshine/iu,
};
const allowed: Readonly<Record<(typeof occasions)[number], readonly string[]>> = {
  storm: ["wind"],
  snowfall: ["snow"],
  rain: ["rain"],
  fog: ["fog"],
  night: ["night"],
  dusk: [],
  day: [],
};

test.each(all)("$tone, $occasion: nothing is said that its occasion does not hold: $text", ({ occasion, text }) => {
  const said = Object.entries(claims).flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
  expect(said.filter((name) => !allowed[occasion].includes(name))).toEqual([]);
  expect(text).not.toMatch(/[<>]|\b(?:north|south|east|west|river|sea|lake|hill|tree|house)\b/iu);
});
