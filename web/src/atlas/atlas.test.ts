import { describe, expect, test } from "vitest";
import { placeAt as serverPlaceAt, projectionOf } from "#core/sim/picture/projection.ts";
import { equalEarthAspect, latitudeAt, rowOf } from "./equal-earth.ts";
import { lookUp, perPixel, placeAt, pointOf, roundProjections, turned, type View } from "./projections.ts";
import { createSheet, putColourAt } from "./sheet.ts";

const size = { width: 240, height: 120 };
const globeSize = { width: 240, height: 240 };

test("spheres are laid out as the server paints them", () => {
  const server = projectionOf("equal-earth");
  expect(equalEarthAspect).toBeCloseTo(server.aspect, 9);
  for (let latitude = -1.5; latitude <= 1.5; latitude += 0.25) {
    const row = rowOf(latitude);
    expect(row.y).toBeCloseTo(server.row(latitude).y, 6);
    expect(row.width).toBeCloseTo(server.row(latitude).width, 6);
    expect(latitudeAt(row.y)).toBeCloseTo(latitude, 6);
  }
});

describe.each([...roundProjections, "flat"] as const)("%s", (projection) => {
  const view: View = { projection, longitude: 0.7, latitude: projection === "globe" ? 0.4 : 0 };
  const canvas = projection === "globe" ? globeSize : size;

  test("a place is found again where it is shown", () => {
    let seen = 0;
    for (let u = 0.025; u < 1; u += 0.05) {
      for (let v = 0.05; v < 1; v += 0.1) {
        const point = pointOf(view, canvas, u, v);
        if (point === null) continue;
        const place = placeAt(view, canvas, ...point);
        if (place === null) continue;
        seen++;
        expect(Math.abs(turned(2 * Math.PI * (place.u - u))) * Math.sin(Math.PI * v)).toBeLessThan(0.02);
        expect(place.v).toBeCloseTo(v, 2);
      }
    }
    expect(seen).toBeGreaterThan(projection === "globe" ? 80 : 150);
  });

  test("every pixel has the place that is under its middle, and none off the world", () => {
    const out = new Float32Array(perPixel * canvas.width * canvas.height);
    lookUp(view, canvas, out);
    for (const [x, y] of [
      [120, 60],
      [60, 30],
      [200, 90],
    ] as const) {
      const i = perPixel * (y * canvas.width + x);
      const place = placeAt(view, canvas, x + 0.5, y + 0.5);
      expect(place && [place.u, place.v]).toEqual(out[i + 3] === 0 ? null : [out[i], out[i + 1]]);
    }
    expect(out[3] === 0).toBe(projection === "globe" || projection === "equal-earth");
  });
});

test("a globe that is turned to the pole has it in its middle", () => {
  const point = pointOf({ projection: "globe", longitude: 2, latitude: Math.PI / 2 }, globeSize, 0.3, 0);
  expect(point?.map(Math.round)).toEqual([120, 120]);
  expect(pointOf({ projection: "globe", longitude: 2, latitude: Math.PI / 2 }, globeSize, 0.3, 1)).toBeNull();
});

test("a colour is found on a sheet of a sphere where the server put it", () => {
  const server = projectionOf("equal-earth");
  const [width, height] = [400, Math.round(400 / server.aspect)];
  const data = new Uint8ClampedArray(4 * width * height).fill(255);
  // Red tells the longitude, green the latitude.
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const place = serverPlaceAt(server, ((x + 0.5) / width) * 2 - 1, 1 - ((y + 0.5) / height) * 2);
      if (place === null) continue;
      data[4 * (y * width + x)] = 127.5 * (1 + place.longitudeRad / Math.PI);
      data[4 * (y * width + x) + 2] = 0;
      data[4 * (y * width + x) + 1] = 127.5 * (1 + place.latitudeRad / (Math.PI / 2));
    }
  }
  const sheet = createSheet({ width, height, data }, true);
  const colour = new Float32Array(3);
  for (const u of [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]) {
    for (let v = 0; v <= 1; v += 0.125) {
      putColourAt(sheet, u, v, colour);
      // Nothing of the paper around comes in, not even where the map ends.
      expect(colour[2]).toBe(0);
      if (u === 0 || u === 1 || v === 0 || v > 0.95) continue;
      expect(Math.abs(colour[0]! - 255 * u)).toBeLessThan(6);
      expect(Math.abs(colour[1]! - 255 * (1 - v))).toBeLessThan(4);
    }
  }
});
