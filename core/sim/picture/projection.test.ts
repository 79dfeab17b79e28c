import { describe, expect, test } from "vitest";
import { projectionNames, projectionOf } from "./projection.ts";

const degree = Math.PI / 180;
const latitudes = [-90, -89.5, -66, -30, -0.001, 0, 12, 45, 80, 90];

describe.each(projectionNames)("%s", (name) => {
  const projection = projectionOf(name);

  test.each(latitudes)("finds latitude %d again from its row", (latitude) => {
    const { y } = projection.row(latitude * degree);
    expect(projection.latitudeAt(y) / degree).toBeCloseTo(latitude, 6);
  });

  test("reaches from edge to edge, and is the same on both sides of the equator", () => {
    expect(projection.row(90 * degree).y).toBeCloseTo(1, 12);
    expect(projection.row(-90 * degree).y).toBeCloseTo(-1, 12);
    expect(projection.row(0)).toEqual({ y: 0, width: 1 });
    expect(projection.row(-40 * degree).width).toBeCloseTo(projection.row(40 * degree).width, 14);
  });
});

test("Equal Earth keeps areas: every zone has its share of the paper", () => {
  const { row, aspect } = projectionOf("equal-earth");
  const areaUpTo = (latitude: number) => {
    let area = 0;
    const steps = 2000;
    for (let i = 0; i < steps; i++) {
      const [low, high] = [(latitude * i) / steps, (latitude * (i + 1)) / steps].map((angle) => row(angle * degree));
      area += ((low!.width + high!.width) / 2) * (high!.y - low!.y);
    }
    return area;
  };
  const hemisphere = areaUpTo(90);
  for (const latitude of [10, 30, 50, 70, 85]) {
    expect(areaUpTo(latitude) / hemisphere).toBeCloseTo(Math.sin(latitude * degree), 5);
  }
  // Šavrič et al. 2018: 2.05458 times as wide as high.
  expect(aspect).toBeCloseTo(2.05458, 4);
});
