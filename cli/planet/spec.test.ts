import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { earthLike, planetBounds, specProblems } from "#core/sim/planet/spec.ts";
import { UsageError } from "../run.ts";
import { parseSpec, writtenSpec } from "./spec.ts";

const parse = (spec: object) => parseSpec(JSON.stringify(spec), 6);

describe("a specification", () => {
  test("has Earth's value for whatever is left out", () => {
    const { name, about, spec } = parse({});
    expect([name, about]).toEqual(["Unnamed", ""]);
    expect(spec).toEqual({ ...earthLike, axialTiltRad: expect.closeTo(earthLike.axialTiltRad, 3) as number });
  });

  test("is read in kilometres, hours and degrees, and written so again", () => {
    const written = {
      seed: 9,
      radiusKm: 3000,
      gravityMs2: 5,
      dayHours: 40,
      yearDays: 200,
      axialTiltDeg: 60,
      landShare: 0.5,
      ageGy: 2,
      activity: 1.5,
      temperatureOffsetC: -4,
      moisture: 0.8,
      moons: [{ massKg: 1e22, distanceKm: 200_000 }],
    };
    const { spec } = parse({ name: "X", ...written });
    expect(spec).toMatchObject({ radiusM: 3e6, dayLengthS: 144_000, moons: [{ massKg: 1e22, distanceM: 2e8 }] });
    expect(spec.axialTiltRad).toBeCloseTo(Math.PI / 3, 12);
    expect(writtenSpec(spec)).toEqual(written);
  });

  test.each([
    [{ radiusKm: 1 }, "spec: radiusKm", "50 … 20000"],
    [{ axialTiltDeg: 91 }, "spec: axialTiltDeg", "0 … 90"],
    [{ landShare: 1.2 }, "spec: landShare", "0 … 1"],
    [{ dayHours: "24" }, "spec: dayHours", "2 … "],
    [{ seed: 1.5 }, "spec: seed", ""],
    [{ seeed: 1 }, "seeed", ""],
    [{ moons: [{ massKg: 1e22 }] }, "spec: moons.0.distanceKm", ""],
    [{ moons: [{ massKg: 1e22, distanceKm: 1001 }] }, "spec: moons[0] is nearer than two radii", ""],
    [{ moons: Array.from({ length: 9 }, () => ({ massKg: 1e22, distanceKm: 4e5 })) }, "spec: moons", ""],
    [[1], "spec: ", ""],
  ])("%j is refused in one line that names the field and its range", (spec, field, bounds) => {
    const refused = () => parse(spec);
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(field);
    if (bounds !== "") expect(refused).toThrow(bounds);
    expect(refused).not.toThrow("\n");
  });

  test("that is not JSON is refused", () => {
    expect(() => parseSpec("{ seed: 1 }", 6)).toThrow("spec: not JSON");
  });

  test("may be at both ends of every range", () => {
    for (const end of ["min", "max"] as const) {
      const written = {
        radiusKm: planetBounds.radiusM[end] / 1000,
        dayHours: planetBounds.dayLengthS[end] / 3600,
        axialTiltDeg: end === "min" ? 0 : 90,
        moons: [],
      };
      expect(specProblems(parse(written).spec), end).toEqual([]);
    }
  });
});

const examples = join(import.meta.dirname, "../../examples/worlds");

test("every example can be made, and has a name and a description of its own", async () => {
  const files = (await readdir(examples)).filter((file) => file.endsWith(".json"));
  expect(files.length).toBeGreaterThanOrEqual(6);
  const named = await Promise.all(
    files.map(async (file) => parseSpec(await readFile(join(examples, file), "utf8"), 6)),
  );
  for (const { name, about } of named) expect(about, name).not.toBe("");
  expect(new Set(named.map(({ name }) => name)).size).toBe(files.length);
});
