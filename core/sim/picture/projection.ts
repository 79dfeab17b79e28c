import { assert } from "../../lib/assert.ts";
import { atan2, cos, sin } from "../elementary.ts";

// How a sphere is laid on paper. Both projections are pseudocylindrical: a parallel is a straight row, and longitude runs evenly along it, so a
// projection is two functions of latitude. Paper coordinates: x −1 … 1 to the east, y −1 … 1 to the north, of the whole map's half width and height.

export type Projection = {
  readonly name: ProjectionName;
  /** Width of the whole map over its height. */
  readonly aspect: number;
  /** Of a latitude, radians: the row's y, and the share of the map's width that the parallel takes. */
  row(latitudeRad: number): Row;
  /** The row at that y. */
  latitudeAt(y: number): number;
};

export type Row = { readonly y: number; readonly width: number };
export type ProjectionName = "equal-earth" | "plate-carree";

export const projectionNames = ["equal-earth", "plate-carree"] as const satisfies readonly ProjectionName[];

export function projectionOf(name: ProjectionName): Projection {
  return name === "equal-earth" ? equalEarth : plateCarree;
}

/** Share of the paper that the globe fills, so that its edge has room. */
export const fill = 0.996;

/** What lies at a point of the paper, x and y −1 … 1; null off the globe. */
export function placeAt(
  projection: Projection,
  x: number,
  y: number,
): { readonly latitudeRad: number; readonly longitudeRad: number } | null {
  if (Math.abs(y) > fill) return null;
  const latitudeRad = projection.latitudeAt(y / fill);
  const half = projection.row(latitudeRad).width;
  const longitudeRad = (x / fill / half) * Math.PI;
  return Math.abs(longitudeRad) > Math.PI ? null : { latitudeRad, longitudeRad };
}

const plateCarree: Projection = {
  name: "plate-carree",
  aspect: 2,
  row: (latitudeRad) => ({ y: latitudeRad / (Math.PI / 2), width: 1 }),
  latitudeAt: (y) => y * (Math.PI / 2),
};

// Šavrič, Patterson & Jenny 2018, "The Equal Earth map projection" (International Journal of Geographical Information Science 33): equal-area,
// with rounded sides. θ is the parametric latitude, sin θ = √3/2 sin φ.
const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
const root3 = Math.sqrt(3);
const polarHeight = heightOf(Math.PI / 3);
const equatorWidth = widthOf(0);

const equalEarth: Projection = {
  name: "equal-earth",
  aspect: (equatorWidth * Math.PI) / polarHeight,
  row(latitudeRad) {
    const s = (root3 / 2) * sin(latitudeRad);
    const theta = atan2(s, Math.sqrt(1 - s * s));
    return { y: heightOf(theta) / polarHeight, width: widthOf(theta) / equatorWidth };
  },
  latitudeAt(y) {
    assert(Math.abs(y) <= 1, `no row at ${y}`);
    const wanted = y * polarHeight;
    // Newton; the curve is nearly straight, and six steps reach the last bits everywhere.
    let theta = wanted / a1;
    for (let step = 0; step < 6; step++) theta -= (heightOf(theta) - wanted) / slopeOf(theta);
    const s = Math.min(1, Math.max(-1, (2 / root3) * sin(theta)));
    return atan2(s, Math.sqrt(1 - s * s));
  },
};

function heightOf(theta: number): number {
  const t = theta * theta;
  const t3 = t * t * t;
  return theta * (a1 + a2 * t + t3 * (a3 + a4 * t));
}

function slopeOf(theta: number): number {
  const t = theta * theta;
  const t3 = t * t * t;
  return a1 + 3 * a2 * t + t3 * (7 * a3 + 9 * a4 * t);
}

/** Of a radian of longitude. */
function widthOf(theta: number): number {
  return (2 * root3 * cos(theta)) / (3 * slopeOf(theta));
}
