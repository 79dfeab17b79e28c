import type { SphereGrid } from "../sphere-grid.ts";

// What a planet's history leaves in each place: the record that relief, rock and ore follow from.

export const crustKind = { none: 0, oceanic: 1, continental: 2 } as const;

/** What last built or tore the crust here. */
export const orogenyKind = { none: 0, arc: 1, collision: 2, islandArc: 3, rift: 4 } as const;

/** Age of what has never happened. */
export const neverMy = 10_000;

export type Crust = {
  readonly grid: SphereGrid;
  /** Number of the plate that carries the cell. */
  readonly plate_c: Uint8Array;
  readonly kind_c: Uint8Array;
  readonly thicknessKm_c: Float64Array;
  /** Since the crust was made, million years. */
  readonly ageMy_c: Float64Array;
  readonly orogeny_c: Uint8Array;
  /** Since it was last built or torn; `neverMy` if never. */
  readonly orogenyAgeMy_c: Float64Array;
  /** Since a hotspot was under it; `neverMy` if never. */
  readonly hotspotAgeMy_c: Float64Array;
  /** From the nearest trench, on the side that overrides; Infinity where there is none within reach. Earth kilometres. */
  readonly trenchKm_c: Float64Array;
  /** 1 where a plate goes under its neighbour just now. */
  readonly isTrench_c: Uint8Array;
};

/** Lengths of a history are Earth's; a smaller planet is the same picture on a smaller globe. */
export const earthRadiusKm = 6371;

/** Ordinary thickness, km: continents 35–40 (Christensen & Mooney 1995), ocean floor 7 (White et al. 1992). */
export const continentKm = 36;
export const oceanFloorKm = 7;
