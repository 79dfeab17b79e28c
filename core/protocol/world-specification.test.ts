import { describe, expect, test } from "vitest";
import { completeSpecification } from "../interview/complete-specification.ts";
import {
  parseSketch,
  planetSketchBounds,
  raised,
  readSpecification,
  sketchJsonSchema,
  specificationVersion,
  worldSpecification,
} from "./world-specification.ts";

const whole = completeSpecification({}, { name: "Test", seed: 1 });

describe("a specification", () => {
  test("is whole where nothing was said, and comes back from JSON as it was", () => {
    expect(readSpecification(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
    expect(whole).toMatchObject({ version: specificationVersion, name: "Test", peoples: [{ name: "Human" }] });
  });

  test("of a world that was made before fights were asked for has players agree to them", () => {
    const { fights, ...before } = whole;
    expect(fights).toBe("agreed");
    expect(readSpecification(before)).toEqual(whole);
  });

  test("states a default, or a rule, for every field of it", () => {
    const { properties } = sketchJsonSchema() as {
      properties: Record<string, { description?: string; properties?: object }>;
    };
    const fields = Object.entries({ ...properties, ...(properties["planet"]?.properties as typeof properties) });
    const silent = fields.filter(([, { description = "" }]) => !description.includes("Default"));
    expect(silent.map(([name]) => name).toSorted()).toEqual(["moons", "peoples", "planet"]);
    expect(worldSpecification.shape.peoples.description).toContain("Default");
    expect(worldSpecification.shape.planet.shape.moons.description).toContain("Default");
  });

  test("is raised through every change of its shape, and one of a newer release is refused", () => {
    const waysUp = [(older: object) => ({ ...older, second: true }), (older: object) => ({ ...older, third: true })];
    expect(raised({ version: 1, name: "Old" }, waysUp)).toEqual({ version: 3, name: "Old", second: true, third: true });
    expect(raised({ version: 2 }, waysUp)).toEqual({ version: 3, third: true });
    expect(raised({ version: 3 }, waysUp)).toEqual({ version: 3 });
    expect(() => raised({ version: 4 }, waysUp)).toThrow("newer release");
    for (const wrong of [null, {}, { version: 0 }, { version: "1" }]) expect(() => raised(wrong, waysUp)).toThrow();
  });

  test("has its version counted by its ways up", async () => {
    const { specificationUpcasters } = await import("./world-specification.ts");
    expect(specificationVersion).toBe(specificationUpcasters.length + 1);
  });
});

describe("a sketch of somebody else's", () => {
  test("may leave out everything, or say null", () => {
    expect(parseSketch({})).toEqual({ sketch: {} });
    expect(parseSketch({ tone: null, planet: { day_hours: null, moons: [{ name: null }, {}] } })).toEqual({
      sketch: { planet: { moons: [{}, {}] } },
    });
  });

  test.each<[string, unknown]>([
    ["planet.day_hours", { planet: { day_hours: "long" } }],
    ["tone", { tone: "sleepy" }],
    ["peoples", { peoples: Array.from({ length: 9 }, () => ({ name: "Elf" })) }],
    ["planet.land_share", { planet: { land_share: 80 } }],
    ["", "a text"],
  ])("is told what is wrong at %j", (path, sketch) => {
    const parsed = parseSketch(sketch);
    expect("problems" in parsed && parsed.problems[0]?.startsWith(path)).toBe(true);
  });

  test("is not asked whom players may attack", () => {
    expect(JSON.stringify(sketchJsonSchema())).not.toContain('"fights"');
  });

  test("has a schema that fits into a request, and bounds within those of planets", () => {
    expect(JSON.stringify(sketchJsonSchema()).length).toBeLessThanOrEqual(16_384);
    for (const { min, max } of Object.values(planetSketchBounds)) expect(min).toBeLessThan(max);
  });
});
