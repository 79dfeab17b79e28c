import type { SphereGrid } from "../sphere-grid.ts";
import type { Lake } from "./hydrology.ts";
import type { Normals } from "./normals.ts";
import type { Deposit } from "./resources.ts";
import type { PlanetSpec } from "./spec.ts";
import type { Tides } from "./tides.ts";

/**
 * A planet as it is played and stored. Every number has already been rounded to what storage keeps (quantise.ts), so a planet that was just
 * made and one that was read again are the same, bit for bit.
 */
export type Planet = {
  readonly spec: PlanetSpec;
  readonly grid: SphereGrid;
  /** Metres over the sea; ≤ 0 is sea floor. Land in steps of 0.25 m, sea floor of 1 m. */
  readonly elevation_c: Float64Array;
  readonly plate_c: Uint8Array;
  /** `rockClass`. */
  readonly rock_c: Uint8Array;
  /** The next cell on its water's way to the sea or a terminal lake; −1 at the end. */
  readonly downstream_c: Int32Array;
  /** Mean flow out of the cell, m³/s; steps of 0.1 %. */
  readonly dischargeM3s_c: Float64Array;
  readonly strahler_c: Uint8Array;
  /** From 1 into `lakes`; 0 where there is none. */
  readonly lake_c: Uint16Array;
  readonly lakes: readonly Lake[];
  /** On a grid of its own, level 5 or coarser. */
  readonly normals: Normals;
  /** Index into `koppenClasses`; at sea that of the air over it. */
  readonly koppen_c: Uint8Array;
  /** `biomeClass`. */
  readonly biome_c: Uint8Array;
  /** Plants' growth, 0 … 1 in steps of 1/250. */
  readonly plants_c: Float64Array;
  readonly deposits: readonly Deposit[];
  /** Follows from the specification. */
  readonly tides: Tides;
};

export type PlanetSummary = {
  readonly landShare: number;
  readonly meanLandM: number;
  readonly meanSeaM: number;
  readonly highestM: number;
  readonly deepestM: number;
  readonly meanTemperatureC: number;
  readonly meanRainMmDay: number;
  readonly lakeCount: number;
  /** Of the land. */
  readonly lakeShare: number;
  readonly endorheicShare: number;
  readonly longestRiverKm: number;
  readonly largestRiverM3s: number;
  readonly biomeShares: ReadonlyMap<number, number>;
};
