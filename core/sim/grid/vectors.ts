import { atan2 } from "../elementary.ts";

// Arcs and triangles on the unit sphere, of unit vectors laid out three numbers each; arguments are offsets into the arrays.

/** Angle between two unit vectors, in radians. Exact for near ones, where an arc cosine is not. */
export function arc(p: Float64Array, a: number, q: Float64Array, b: number): number {
  const x = p[a + 1]! * q[b + 2]! - p[a + 2]! * q[b + 1]!;
  const y = p[a + 2]! * q[b]! - p[a]! * q[b + 2]!;
  const z = p[a]! * q[b + 1]! - p[a + 1]! * q[b]!;
  return atan2(Math.sqrt(x * x + y * y + z * z), p[a]! * q[b]! + p[a + 1]! * q[b + 1]! + p[a + 2]! * q[b + 2]!);
}

/** Area of the triangle in steradians, positive whichever way round (Van Oosterom & Strackee 1983). */
export function triangleArea(
  p: Float64Array,
  a: number,
  q: Float64Array,
  b: number,
  r: Float64Array,
  c: number,
): number {
  const ax = p[a]!;
  const ay = p[a + 1]!;
  const az = p[a + 2]!;
  const bx = q[b]!;
  const by = q[b + 1]!;
  const bz = q[b + 2]!;
  const cx = r[c]!;
  const cy = r[c + 1]!;
  const cz = r[c + 2]!;
  const volume = ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
  const rest = 1 + ax * bx + ay * by + az * bz + bx * cx + by * cy + bz * cz + cx * ax + cy * ay + cz * az;
  return 2 * atan2(Math.abs(volume), rest);
}

/** Writes the unit vector along (x, y, z). */
export function putUnit(out: Float64Array, at: number, x: number, y: number, z: number): void {
  const scale = 1 / Math.sqrt(x * x + y * y + z * z);
  out[at] = x * scale;
  out[at + 1] = y * scale;
  out[at + 2] = z * scale;
}

/** Writes the point of the sphere that is equally far from three: the corner of the three cells around it. */
export function putCircumcentre(out: Float64Array, at: number, p: Float64Array, a: number, b: number, c: number): void {
  const ux = p[b]! - p[a]!;
  const uy = p[b + 1]! - p[a + 1]!;
  const uz = p[b + 2]! - p[a + 2]!;
  const vx = p[c]! - p[a]!;
  const vy = p[c + 1]! - p[a + 1]!;
  const vz = p[c + 2]! - p[a + 2]!;
  putUnit(out, at, uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx);
}
