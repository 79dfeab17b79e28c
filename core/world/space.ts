import type { Bounds } from "./spec.ts";

/**
 * Metres. On a flat world x grows to the east and y to the north. On a sphere of radius R, y is R · latitude and x is R · longitude,
 * so that x means the same meridian at every latitude. z is height above the ground's zero.
 */
export type Position = { readonly x: number; readonly y: number; readonly z: number };

/** A unit vector: where someone looks. */
export type Orientation = { readonly x: number; readonly y: number; readonly z: number };

/** What distances and steps depend on; a `WorldSpec` is one. */
export type Space = { readonly radiusM: number | null; readonly bounds: Bounds | null };

export const compass = ["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"] as const;
export type CompassDirection = (typeof compass)[number];
export type Direction = CompassDirection | "up" | "down";

/** Clockwise from north. */
export function bearingRad(direction: CompassDirection): number {
  return (compass.indexOf(direction) * Math.PI) / 4;
}

export function orientationOf(direction: Direction): Orientation {
  if (direction === "up") return { x: 0, y: 0, z: 1 };
  if (direction === "down") return { x: 0, y: 0, z: -1 };
  const bearing = bearingRad(direction);
  return { x: round(Math.sin(bearing)), y: round(Math.cos(bearing)), z: 0 };
}

export function directionOf(orientation: Orientation): Direction {
  if (Math.abs(orientation.z) > 0.9) return orientation.z > 0 ? "up" : "down";
  return compassOf(orientation.x, orientation.y);
}

/** The compass direction nearest to going `east` and `north` metres. */
export function compassOf(east: number, north: number): CompassDirection {
  const eighths = Math.round(Math.atan2(east, north) / (Math.PI / 4));
  return compass[(eighths + 8) % 8] ?? "north";
}

export const opposite = (direction: CompassDirection): CompassDirection =>
  compass[(compass.indexOf(direction) + 4) % 8] ?? "south";

/** Metres to go east and north to get from one to the other by the shortest way. */
export function offsetM(space: Space, from: Position, to: Position): { east: number; north: number } {
  if (space.radiusM === null) return { east: to.x - from.x, north: to.y - from.y };
  const radius = space.radiusM;
  const [lat1, lat2] = [from.y / radius, to.y / radius];
  const dLon = (to.x - from.x) / radius;
  const bearing = Math.atan2(
    Math.sin(dLon) * Math.cos(lat2),
    Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(dLon),
  );
  const distance = radius * centralAngleRad(lat1, lat2, dLon);
  return { east: distance * Math.sin(bearing), north: distance * Math.cos(bearing) };
}

export function distanceM(space: Space, a: Position, b: Position): number {
  if (space.radiusM === null) return Math.hypot(b.x - a.x, b.y - a.y, b.z - a.z);
  const along = space.radiusM * centralAngleRad(a.y / space.radiusM, b.y / space.radiusM, (b.x - a.x) / space.radiusM);
  return Math.hypot(along, b.z - a.z);
}

/** Where a straight way of `distance` metres ends, and which way one then faces: over a pole, north becomes south. */
export function travel(
  space: Space,
  from: Position,
  bearing: number,
  distance: number,
): { x: number; y: number; bearing: number } {
  const [sin, cos] = [Math.sin(bearing), Math.cos(bearing)];
  if (space.radiusM === null) {
    return { x: round(from.x + sin * distance), y: round(from.y + cos * distance), bearing };
  }
  // The direct problem on a sphere (great-circle destination and final bearing).
  const radius = space.radiusM;
  const [lat, angle] = [from.y / radius, distance / radius];
  const lat2 = Math.asin(clamp(Math.sin(lat) * Math.cos(angle) + Math.cos(lat) * Math.sin(angle) * cos, -1, 1));
  const dLon = Math.atan2(sin * Math.sin(angle) * Math.cos(lat), Math.cos(angle) - Math.sin(lat) * Math.sin(lat2));
  const final = Math.atan2(
    Math.cos(lat) * sin,
    Math.cos(lat) * Math.cos(angle) * cos - Math.sin(lat) * Math.sin(angle),
  );
  return { x: round(wrapRad(from.x / radius + dLon) * radius), y: round(lat2 * radius), bearing: final };
}

// The haversine form keeps its digits for two people in one room.
function centralAngleRad(lat1: number, lat2: number, dLon: number): number {
  const sinLat = Math.sin((lat2 - lat1) / 2);
  const sinLon = Math.sin(dLon / 2);
  return 2 * Math.asin(Math.min(1, Math.sqrt(sinLat * sinLat + Math.cos(lat1) * Math.cos(lat2) * sinLon * sinLon)));
}

/** The same meridian, half way round at most from the first one. */
export const wrapX = ({ radiusM }: Space, x: number): number => (radiusM === null ? x : wrapRad(x / radiusM) * radiusM);

/** Into −π … π. */
function wrapRad(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}

export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value));
}

/** To the millimetre: what a state stores must not carry the last bits of a sine. */
export function round(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}

export function isInBounds(
  { bounds }: Pick<Space, "bounds">,
  { x, y }: { readonly x: number; readonly y: number },
): boolean {
  return bounds === null || (x >= bounds.minX && x <= bounds.maxX && y >= bounds.minY && y <= bounds.maxY);
}

/** How far one can go along the segment before leaving the bounds (0 … 1), and through which wall. */
export function exitOf(
  bounds: Bounds,
  from: Position,
  to: { readonly x: number; readonly y: number },
): { fraction: number; wall: CompassDirection } | null {
  const exits: { fraction: number; wall: CompassDirection }[] = [];
  const cross = (start: number, end: number, edge: number, beyond: boolean, wall: CompassDirection) => {
    if (beyond) exits.push({ fraction: clamp((edge - start) / (end - start), 0, 1), wall });
  };
  cross(from.x, to.x, bounds.maxX, to.x > bounds.maxX, "east");
  cross(from.x, to.x, bounds.minX, to.x < bounds.minX, "west");
  cross(from.y, to.y, bounds.maxY, to.y > bounds.maxY, "north");
  cross(from.y, to.y, bounds.minY, to.y < bounds.minY, "south");
  return exits.reduce<(typeof exits)[number] | null>(
    (first, exit) => (first === null || exit.fraction < first.fraction ? exit : first),
    null,
  );
}

/** The shortest distance from a point to the straight way between two others, in the plane. */
export function distanceToSegment(
  point: { readonly x: number; readonly y: number },
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : clamp(((point.x - from.x) * dx + (point.y - from.y) * dy) / length2, 0, 1);
  return Math.hypot(point.x - from.x - t * dx, point.y - from.y - t * dy);
}
