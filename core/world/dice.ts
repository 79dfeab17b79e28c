import { type Rng, rng } from "../sim/rng.ts";
import type { Act, Scene } from "./scene.ts";

/**
 * The dice of one command: of the world's seed, the input, the version of the log it is decided at, and the moment, which no client knows
 * beforehand: who has seen the seed and calls his commands what he likes cannot look for a lucky name. All of it is in the log.
 */
export function diceOf({ scene, inputId }: Pick<Act, "scene" | "inputId">): Rng {
  return rng(scene.place.spec.seed, "dice", inputId, scene.state.version, Math.floor(scene.nowMs));
}

/** The same of what nobody asked for, but time: by its moment in the world's time. */
export function diceAt({ place }: Scene, what: string, gameMs: number): Rng {
  return rng(place.spec.seed, "dice", what, Math.floor(gameMs));
}

/** 1 … 100 */
export const d100 = (random: Rng): number => 1 + random.int(100);
