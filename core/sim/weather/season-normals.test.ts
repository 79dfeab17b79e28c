import { beforeEach, describe, expect, test } from "vitest";
import { rng } from "../rng.ts";
import { covarianceSize, forgetAll, learn, normalOf, putGain, putMonthly, putWaves, waves } from "./season-normals.ts";

const covariance = new Float64Array(covarianceSize);
const [at_j, gain_j] = [new Float64Array(waves), new Float64Array(waves)];
let normal_cj: Float64Array;

beforeEach(() => {
  forgetAll(covariance);
  normal_cj = new Float64Array(3 * waves);
});

const truth = (day: number) =>
  10 + 12 * Math.cos((2 * Math.PI * (day - 110)) / 365) + 3 * Math.sin((4 * Math.PI * day) / 365);

function teach(days: number, of: (day: number) => number, from = 0, daysPerYear = 365): void {
  for (let day = from; day < from + days; day++) {
    putWaves(at_j, day / daysPerYear);
    putGain(gain_j, covariance, at_j, { dayLengthS: 86_400, daysPerYear });
    learn(normal_cj, 1, gain_j, of(day) - normalOf(normal_cj, 1, at_j));
  }
}

function normalAt(day: number, daysPerYear = 365): number {
  putWaves(at_j, day / daysPerYear);
  return normalOf(normal_cj, 1, at_j);
}

describe("what is normal for a season", () => {
  test("is learnt from two years of noisy days to within a degree, for that cell alone", () => {
    const random = rng(1, "days");
    teach(730, (day) => truth(day) + 4 * random.normal());
    for (let day = 0; day < 365; day += 5) expect(Math.abs(normalAt(day) - truth(day))).toBeLessThan(1);
    expect([...normal_cj.subarray(0, waves)]).toEqual([0, 0, 0, 0, 0]);
  });

  test("is in the first days what those days are, so that a wrong guess is no extreme for long", () => {
    teach(20, () => 8);
    expect(normalAt(20)).toBeGreaterThan(6.5);
    expect(normalAt(20)).toBeLessThan(9);
  });

  test("moves little for one hot week after many years, but follows the climate over decades", () => {
    teach(365 * 40, truth);
    const before = normalAt(190);
    teach(7, (day) => truth(day) + 10, 187);
    expect(normalAt(190) - before).toBeLessThan(0.1);
    teach(365 * 60, (day) => truth(day) + 5);
    expect(normalAt(190) - before).toBeGreaterThan(3.5);
  });

  test("stays finite where a year is a day or two", () => {
    for (const daysPerYear of [1, 2, 7.5]) {
      forgetAll(covariance);
      normal_cj.fill(0);
      teach(20_000, () => 5, 0, daysPerYear);
      expect(normalAt(0.5, daysPerYear)).toBeLessThan(20);
      expect(normalAt(19_999, daysPerYear)).toBeCloseTo(5, 1);
    }
  });

  test("of twelve months runs through them as far as two waves can", () => {
    const monthly = Array.from({ length: 12 }, (_, m) => truth(((m + 0.5) * 365) / 12));
    putMonthly(normal_cj, 1, monthly);
    for (let day = 0; day < 365; day += 5) expect(normalAt(day)).toBeCloseTo(truth(day), 6);
  });
});
