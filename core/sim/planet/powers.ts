import { atan2, exp, log } from "../elementary.ts";

// What generation needs beside core/sim/elementary.ts, made of it: the same bits on every engine.

/** x to the power y, x > 0; 0 for x = 0. Relative error below 1e-13 for |y log x| ≤ 100. */
export function pow(x: number, y: number): number {
  return x < 1e-300 ? 0 : exp(y * log(x));
}

/** Radians, 0 … π; x is taken into −1 … 1. */
export function acos(x: number): number {
  const c = Math.min(1, Math.max(-1, x));
  return atan2(Math.sqrt((1 - c) * (1 + c)), c);
}
