/** Ticks are not events: the time of a world follows from the last change of its clock. */
export type WorldClock = {
  /** Wall time and game time of that change, in milliseconds. */
  readonly sinceRealMs: number;
  readonly sinceGameMs: number;
  /** Game seconds per real second. */
  readonly dilation: number;
  readonly isPaused: boolean;
};

export const ticksPerSecond = 10;

export function gameTimeMs(clock: WorldClock, nowMs: number): number {
  if (clock.isPaused) return clock.sinceGameMs;
  return Math.floor(clock.sinceGameMs + Math.max(0, nowMs - clock.sinceRealMs) * clock.dilation);
}

/** Counts the ticks since the clock's last change. */
export function tickNumber(clock: WorldClock, nowMs: number): number {
  return Math.floor((Math.max(0, nowMs - clock.sinceRealMs) * ticksPerSecond) / 1000);
}
