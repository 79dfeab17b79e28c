import type { WorldId } from "../lib/ids.ts";
import type { Position } from "../world/space.ts";
import type { PlanetGenerator } from "../world/spec.ts";

/** Of a stored planet. Level 7 has 2.7 MB. */
export const planetBytesMax = 16 * 1024 * 1024;

export type Planets = {
  /** Byte for byte as it was kept; null where there is none. */
  get(id: WorldId): Promise<Uint8Array | null>;
  /**
   * Once for ever, and atomic: with its planet a world that is "generating" becomes "active", and its spawn is here from then on. False where
   * it has a planet already: nothing changes then. Throws INTERNAL over `planetBytesMax`.
   */
  keep(id: WorldId, planet: Uint8Array, spawn: Position): Promise<boolean>;
};

export type MakingPlanet = {
  readonly signal: AbortSignal;
  /** Of the whole, 0 … 1; never goes back. */
  onProgress(stage: string, share: number): void;
};

/**
 * Makes a planet's bytes (`encodePlanet`), the same ones for the same generator wherever and however often; the caller's thread stays free.
 * Rejects with UNAVAILABLE soon after the signal aborts, and leaves nothing behind.
 */
export type MakePlanet = (generator: PlanetGenerator, making: MakingPlanet) => Promise<Uint8Array>;
