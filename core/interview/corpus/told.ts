import type { PlanetSketch, WorldSpecification } from "../../protocol/world-specification.ts";

export type Range = readonly [min: number, max: number];

/** A conversation as somebody could have it, and what the specification must say wherever it fixes something. */
export type Told = {
  readonly title: string;
  /** From the first answer to the last word before the confirmation. */
  readonly says: readonly string[];
  readonly name: string;
  /** All of them, in this order. */
  readonly peoples?: readonly string[];
  readonly moons?: number;
  /** Exactly, or within. */
  readonly planet?: Readonly<Partial<Record<Exclude<keyof PlanetSketch, "moons">, number | Range>>>;
  readonly tone?: WorldSpecification["tone"];
  readonly technology?: WorldSpecification["technology"]["level"];
  readonly magic?: WorldSpecification["magic"]["level"];
  readonly inspirations?: readonly string[];
  readonly conflicts?: number;
  readonly factions?: readonly string[];
  readonly simulated?: readonly WorldSpecification["simulated"][number][];
  /** Words that must be found somewhere in the specification. */
  readonly holds?: readonly string[];
};

export const colder: Range = [-60, -3];
export const warmer: Range = [3, 40];
export const wetter: Range = [1.2, 3];
export const drier: Range = [0, 0.7];
