// Šavrič, Patterson & Jenny 2018, "The Equal Earth map projection": the one in which the server paints spheres. A parallel is a straight row, and
// longitude runs evenly along it. θ is the parametric latitude, sin θ = √3/2 sin φ.

export type Row = {
  /** Of the map's half height, −1 … 1 to the north. */
  readonly y: number;
  /** Share of the map's width that the parallel takes. */
  readonly width: number;
};

const [a1, a2, a3, a4] = [1.340264, -0.081106, 0.000893, 0.003796];
const root3 = Math.sqrt(3);
const polarHeight = heightOf(Math.PI / 3);
const equatorWidth = widthOf(0);

/** Width over height. */
export const equalEarthAspect = (equatorWidth * Math.PI) / polarHeight;
/** Share of the paper that the globe fills in the server's pictures. */
export const paperShare = 0.996;

export function rowOf(latitude: number): Row {
  const theta = Math.asin((root3 / 2) * Math.sin(latitude));
  return { y: heightOf(theta) / polarHeight, width: widthOf(theta) / equatorWidth };
}

/** The row at a height of −1 … 1. */
export function latitudeAt(y: number): number {
  const wanted = y * polarHeight;
  let theta = wanted / a1;
  // Newton's steps; the curve is nearly straight.
  for (let step = 0; step < 6; step++) theta -= (heightOf(theta) - wanted) / slopeOf(theta);
  return Math.asin(Math.min(1, Math.max(-1, (2 / root3) * Math.sin(theta))));
}

function heightOf(theta: number): number {
  const t = theta * theta;
  return theta * (a1 + a2 * t + t * t * t * (a3 + a4 * t));
}

function slopeOf(theta: number): number {
  const t = theta * theta;
  return a1 + 3 * a2 * t + t * t * t * (7 * a3 + 9 * a4 * t);
}

function widthOf(theta: number): number {
  return (2 * root3 * Math.cos(theta)) / (3 * slopeOf(theta));
}
