import { describe, expect, test } from "vitest";
import { koppen, koppenClasses } from "./koppen.ts";

// Normals of national weather services, January to December, as general references print them, rounded (entered from memory: each lies well inside
// its class, so a degree or ten millimetres would not change it). Classes as on the map of Peel, Finlayson & McMahon 2007.
const stations: readonly [name: string, expected: string, temperatureC: number[], rainMm: number[]][] = [
  ["Singapore", "Af", [26.5, 27, 27.5, 28, 28, 28, 28, 28, 27.5, 27.5, 27, 26.5], [235, 113, 170, 155, 171, 131, 155, 149, 133, 167, 252, 332]],
  ["Miami", "Am", [20, 21, 22.5, 24, 26.5, 28, 28.7, 28.7, 28, 26, 23.7, 21], [41, 57, 76, 80, 136, 246, 165, 226, 250, 161, 83, 52]],
  ["Darwin", "Aw", [28, 28, 28, 28, 27, 25, 25, 26, 28, 29, 29, 29], [427, 375, 318, 102, 21, 2, 1, 5, 16, 71, 142, 249]],
  ["Cairo", "BWh", [14, 15, 17.5, 21.5, 25, 27.5, 28, 28, 26.5, 24, 19.5, 15.5], [5, 4, 4, 1, 1, 0, 0, 0, 0, 1, 4, 6]],
  ["Denver", "BSk", [-0.5, 0.5, 4.5, 8.7, 14, 19.6, 23.4, 22.4, 17.4, 10.6, 4, -1], [12, 12, 33, 44, 54, 50, 55, 43, 24, 26, 15, 9]],
  ["Rome", "Csa", [8, 9, 11, 13, 18, 22, 25, 25, 21, 17, 12, 9], [67, 73, 58, 81, 53, 34, 19, 37, 73, 113, 115, 81]],
  ["Hong Kong", "Cwa", [16, 17, 19, 23, 26, 28, 29, 28.5, 28, 25.5, 22, 17.5], [25, 54, 82, 175, 305, 456, 376, 432, 328, 101, 38, 27]],
  ["Buenos Aires", "Cfa", [25, 24, 22, 18, 15, 12, 11, 13, 14.6, 17.5, 20.5, 23], [139, 127, 140, 119, 92, 59, 60, 76, 72, 127, 118, 111]],
  ["London", "Cfb", [5, 5, 7, 9, 13, 16, 18, 18, 15, 12, 8, 5], [55, 41, 42, 44, 49, 45, 45, 50, 49, 69, 59, 55]],
  ["Moscow", "Dfb", [-6.5, -6.7, -1, 6.7, 13.2, 17, 19.2, 17, 11.3, 5.6, -1.2, -5.2], [52, 41, 35, 37, 49, 80, 85, 82, 68, 71, 55, 52]],
  ["Beijing", "Dwa", [-3, 0, 6.7, 14.8, 20.8, 24.9, 26.7, 25.5, 20.8, 13.7, 5, -0.9], [3, 5, 8, 21, 34, 78, 185, 160, 46, 22, 7, 3]],
  ["Yakutsk", "Dfd", [-38.6, -33.8, -20, -4.8, 7.5, 16.4, 19.5, 15.2, 6.1, -7.8, -27, -37.6], [9, 8, 6, 10, 20, 36, 39, 37, 31, 18, 16, 10]],
  ["Utqiagvik", "ET", [-25, -26, -25, -17, -6, 2, 5, 4, 0, -8, -17, -23], [5, 4, 3, 4, 5, 9, 24, 28, 18, 10, 5, 4]],
  ["Vostok", "EF", [-32, -44, -58, -65, -66, -65, -67, -68, -66, -57, -43, -32], [1, 1, 2, 2, 3, 2, 2, 2, 2, 2, 1, 1]],
]; // prettier-ignore

const april = 3;
const classOf = (t: ArrayLike<number>, p: ArrayLike<number>, at = 0, half = april) =>
  koppenClasses[koppen(t, p, at, half)];

describe("Köppen's classes by the rules of Peel 2007", () => {
  test.each(stations)("%s is %s", (_, expected, temperatureC, rainMm) => {
    expect(classOf(temperatureC, rainMm)).toBe(expected);
  });

  test.each(stations)(
    "%s keeps its class in a calendar shifted by half a year",
    (_, expected, temperatureC, rainMm) => {
      const shift = (values: number[]) => [...values.slice(6), ...values.slice(0, 6)];
      expect(classOf(shift(temperatureC), shift(rainMm))).toBe(expected);
    },
  );

  test("months are read from where they stand in a longer array, and halves from where they begin", () => {
    const [, expected, temperatureC, rainMm] = stations[5]!;
    const fromApril = (values: number[]) => [99, 99, ...values.slice(3), ...values.slice(0, 3)];
    expect(classOf(fromApril(temperatureC), fromApril(rainMm), 2, 0)).toBe(expected);
  });

  test("the limits lie where the table has them", () => {
    const even = (value: number) => Array.from({ length: 12 }, () => value);
    expect(classOf(even(18), even(60))).toBe("Af");
    expect(classOf(even(17.9), even(60))).toBe("Cfb");
    expect(classOf(even(9.9), even(60))).toBe("ET");
    expect(classOf(even(0), even(60))).toBe("EF");
    // 10 × (2 × 20 + 14) = 540 mm a year between wet and dry, half of it between steppe and desert.
    expect(classOf(even(20), even(45))).not.toMatch(/^B/);
    expect(classOf(even(20), even(44.9))).toBe("BSh");
    expect(classOf(even(20), even(22.4))).toBe("BWh");
    expect(classOf(even(17), even(10))).toBe("BWk");
  });
});
