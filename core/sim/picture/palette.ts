import type { Rgb } from "./canvas.ts";

// Colours that stand for numbers. Between stops colours run straight in sRGB's code, which is near enough to even steps for the eye where stops are close.

export type Ramp = {
  /** Rising. */
  readonly at: readonly number[];
  readonly colours: readonly Rgb[];
};

/** `[value, "#rrggbb"]`, by rising value. */
export function ramp(...stops: readonly (readonly [number, string])[]): Ramp {
  return { at: stops.map(([value]) => value), colours: stops.map(([, hex]) => rgb(hex)) };
}

export function rgb(hex: string): Rgb {
  const code = Number.parseInt(hex.slice(1), 16);
  return [code >> 16, (code >> 8) & 255, code & 255];
}

/** The colour of a value into `out`; beyond the ends that of the end. */
export function putColour(out: Float64Array, { at, colours }: Ramp, value: number): void {
  let i = 1;
  while (i < at.length - 1 && value > at[i]!) i++;
  const t = Math.min(1, Math.max(0, (value - at[i - 1]!) / (at[i]! - at[i - 1]!)));
  const from = colours[i - 1]!;
  const to = colours[i]!;
  for (let channel = 0; channel < 3; channel++) out[channel] = from[channel]! + t * (to[channel]! - from[channel]!);
}

/** Moves a colour towards another. */
export function mixInto(out: Float64Array, ink: Rgb, share: number): void {
  for (let channel = 0; channel < 3; channel++) out[channel]! += share * (ink[channel]! - out[channel]!);
}
