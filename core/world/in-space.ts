import type { Position, Space } from "./space.ts";

// Where places are in a space without seams. On a flat world they are where they say. A sphere's are put around its centre, so that a ball around a
// place holds what is near it also across a pole or the antimeridian, and one three-dimensional index serves both.

export function inSpace({ radiusM }: Space, { x, y, z }: Position): Position {
  if (radiusM === null) return { x, y, z };
  const [latitude, longitude, r] = [y / radiusM, x / radiusM, radiusM + z];
  const across = r * Math.cos(latitude);
  return { x: across * Math.cos(longitude), y: across * Math.sin(longitude), z: r * Math.sin(latitude) };
}

/**
 * Metres of a straight line that reach at least as far from `from` as a way of `radius` metres along the ground and up: a line is shorter than its
 * arc at the ground, and longer where both its ends are high above it.
 */
export function lineM({ radiusM }: Space, from: Position, radius: number): number {
  if (radiusM === null) return radius;
  const highest = Math.max(0, from.z + radius);
  return Math.min(radius * (1 + highest / radiusM), 2 * (radiusM + highest));
}
