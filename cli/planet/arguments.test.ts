import { describe, expect, test } from "vitest";
import { UsageError } from "../run.ts";
import { cellsOf, parseArguments } from "./arguments.ts";

const given = ["--spec", "s.json", "--out", "o"];
const parse = (...more: string[]) => parseArguments([...given, ...more]);

describe("the arguments", () => {
  test("need a specification and a place to write to, and have values for the rest", () => {
    expect(parse()).toEqual({
      specFile: "s.json",
      out: "o",
      years: 10,
      seed: null,
      level: 6,
      askedCells: null,
      weatherLevel: 4,
      width: 2000,
      isSmall: false,
    });
    expect(() => parseArguments(["--out", "o"])).toThrow("--spec");
    expect(() => parseArguments(["--spec", "s"])).toThrow("--out");
  });

  test.each([
    ["2562", 4],
    ["1", 4],
    ["5000", 4],
    ["6000", 5],
    ["40000", 6],
    ["100000", 7],
    ["10000000", 7],
  ])("%s cells are those of level %d", (cells, level) => {
    expect(parse("--cells", cells)).toMatchObject({
      level,
      askedCells: Number(cells) === cellsOf(level) ? null : Number(cells),
    });
  });

  test.each([
    ["--years", "-1", '--years: a whole number from 0 to 190, not "-1"'],
    ["--years", "1.5", "--years: a whole number"],
    ["--years", "191", "--years: a whole number"],
    ["--years", "ten", "--years: a whole number"],
    ["--seed", "9007199254740993", "--seed: a whole number"],
    ["--cells", "0", "--cells: a whole number"],
    ["--weather-level", "9", "--weather-level: a whole number from 2 to 5"],
    ["--width", "20", "--width: a whole number from 64 to 4096"],
  ])("%s %s is refused in one line", (name, value, message) => {
    const refused = () => parse(`${name}=${value}`);
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(message);
  });

  test("an option that there is not is refused", () => {
    expect(() => parse("--sede", "5")).toThrow("--sede");
  });
});
