import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planetSketchBounds, type SpecificationSketch } from "../protocol/world-specification.ts";
import { earthLike, earthsMoon, specProblems } from "../sim/planet/spec.ts";
import { completeSpecification } from "./complete-specification.ts";
import { monthDays, planetSpecOf } from "./planet-of.ts";
import { readAnswers } from "./reading/read-answers.ts";

const specified = (sketch: SpecificationSketch, seed = 1) =>
  planetSpecOf(completeSpecification(sketch, { name: "Test", seed }));

describe("what a planet is generated from", () => {
  test("is the Earth where nothing was said, but for the calendar", () => {
    const { radiusM, gravityMs2, dayLengthS, yearDays, axialTiltRad, landShare, ageGy, moons } = specified({});
    expect({ radiusM, gravityMs2, dayLengthS, yearDays, ageGy }).toEqual({
      radiusM: earthLike.radiusM,
      gravityMs2: earthLike.gravityMs2,
      dayLengthS: 86_400,
      yearDays: 360,
      ageGy: 4.5,
    });
    expect(axialTiltRad).toBeCloseTo(earthLike.axialTiltRad, 3);
    expect(landShare).toBeCloseTo(earthLike.landShare, 2);
    expect(moons).toHaveLength(1);
    expect(moons[0]!.massKg).toBeCloseTo(earthsMoon.massKg, -18);
    expect(moons[0]!.distanceM / earthsMoon.distanceM).toBeCloseTo(1, 3);
  });

  test("has the Earth's month: 29.5 days of 24 hours, of 365.25 to the year", () => {
    const spec = { ...specified({}), yearDays: 365.25 };
    expect(monthDays(spec, earthsMoon)).toBeCloseTo(29.5, 0);
  });

  test("can be made, whatever the specification", () => {
    const number = (field: keyof typeof planetSketchBounds) =>
      fc.double({ ...planetSketchBounds[field], noNaN: true }).map((value) => [field, value] as const);
    const planet = fc.tuple(...Object.keys(planetSketchBounds).map((field) => number(field as never)));
    const moons = fc.array(
      fc.record(
        {
          mass_lunas: fc.double({ min: 1e-6, max: 20, noNaN: true }),
          distance_km: fc.double({ min: 1_000, max: 10_000_000, noNaN: true }),
        },
        { requiredKeys: [] },
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(planet, moons, fc.nat(), (numbers, given, seed) => {
        const spec = specified({ planet: { ...Object.fromEntries(numbers), moons: given } }, seed);
        expect(specProblems(spec)).toEqual([]);
        for (const moon of spec.moons) expect(monthDays(spec, moon)).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  test("moves the way the words do, from any seed", () => {
    const of = (environment: string, seed: number) => specified(readAnswers({ environment }), seed);
    fc.assert(
      fc.property(fc.nat(0xff_ff), (seed) => {
        const usual = of("", seed);
        expect(of("bitterly cold", seed).temperatureOffsetC).toBeLessThan(of("chilly", seed).temperatureOffsetC);
        expect(of("chilly", seed).temperatureOffsetC).toBeLessThan(usual.temperatureOffsetC);
        expect(of("scorching", seed).temperatureOffsetC).toBeGreaterThan(of("warm", seed).temperatureOffsetC);
        expect(of("very wet", seed).moisture).toBeGreaterThan(of("wet", seed).moisture);
        expect(of("bone-dry", seed).moisture).toBeLessThan(of("dry", seed).moisture);
        expect(of("80 % water", seed).landShare).toBeCloseTo(0.2, 9);
        expect(of("the sea has risen by 60 m", seed).landShare).toBeLessThan(usual.landShare);
        expect(of("a tiny planet", seed).radiusM).toBeLessThan(usual.radiusM);
        expect(of("two moons", seed).moons).toHaveLength(2);
      }),
      { numRuns: 20 },
    );
  });
});
