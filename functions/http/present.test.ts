import { expect, test } from "vitest";
import { valley } from "#tests/support/function-context.ts";
import { worldResponse } from "./present.ts";

test("a sphere has a radius and the length of its equator, and no bounds", () => {
  const sphere = { ...valley, spec: { ...valley.spec, shape: "spherical" as const, radiusM: 1000, bounds: null } };
  expect(worldResponse(sphere, 3)).toMatchObject({
    shape: "spherical",
    radius: 1000,
    circumference: expect.closeTo(6283.185, 3),
    bounds: null,
    player_count: 3,
  });
});
