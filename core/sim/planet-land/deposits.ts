import { cos, sin } from "../elementary.ts";
import type { Planet } from "../planet/planet.ts";
import type { ResourceKind } from "../planet/resources.ts";
import { createLocate } from "./locate.ts";

/** What lies in the ground under a place: of its cell as a whole, some 14,000 km² at level 6. Kinds in the order of the planet's list. */
export type DepositsAtPlace = (x: number, y: number) => readonly ResourceKind[];

export function createDeposits({ deposits, grid, spec }: Planet): DepositsAtPlace {
  const of = new Map<number, ResourceKind[]>();
  for (const { cell, kind } of deposits) {
    const kinds = of.get(cell);
    if (kinds === undefined) of.set(cell, [kind]);
    else if (!kinds.includes(kind)) kinds.push(kind);
  }
  const locate = createLocate(grid);
  return (x, y) => {
    const around = cos(y / spec.radiusM);
    const { cell } = locate(around * cos(x / spec.radiusM), around * sin(x / spec.radiusM), sin(y / spec.radiusM));
    return of.get(cell) ?? none;
  };
}

const none: readonly ResourceKind[] = [];
