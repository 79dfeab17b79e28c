/**
 * Metres. On a flat world x grows to the east and y to the north. On a sphere of radius R, y is R · latitude and x is R · longitude,
 * so that x means the same meridian at every latitude. z is height above the ground's zero.
 */
export type Position = { readonly x: number; readonly y: number; readonly z: number };

/** A unit vector: where someone looks. */
export type Orientation = { readonly x: number; readonly y: number; readonly z: number };
