import { cos } from "../../sim/elementary.ts";
import { type Space, travel, wrapX } from "../space.ts";

/** A piece of land, about as wide as it is high. On a sphere there are fewer to a row towards the poles, and one on each. */
export type Cell = {
  readonly column: number;
  readonly row: number;
  /** Names it among those of its size, also in seeds. */
  readonly key: string;
  /** Its middle. */
  readonly x: number;
  readonly y: number;
  /** In metres on the ground. */
  readonly widthM: number;
};

export type Point = { readonly x: number; readonly y: number };

export function cellAt(space: Space, sizeM: number, { x, y }: Point): Cell {
  const row = Math.round(y / sizeM) + 0;
  const { count, width, squeeze } = rowOf(space, sizeM, row);
  const column = Math.round(wrapX(space, x) / width) + 0;
  return cellOf(sizeM, row, Number.isFinite(count) ? ((column % count) + count) % count : column, { width, squeeze });
}

/** By its numbers; null where the space has none of them. */
export function cellNumbered(space: Space, sizeM: number, column: number, row: number): Cell | null {
  if (Math.abs(row) > lastRow(space, sizeM)) return null;
  const { count, width, squeeze } = rowOf(space, sizeM, row);
  return Number.isFinite(count) && (column < 0 || column >= count)
    ? null
    : cellOf(sizeM, row, column, { width, squeeze });
}

/** Those that a circle touches, and at times one beside them. Few as long as the radius is not much larger than a cell. */
export function cellsWithin(space: Space, sizeM: number, from: Point, radiusM: number): Cell[] {
  const found = new Map<string, Cell>();
  const last = lastRow(space, sizeM);
  const northernmost = Math.min(last, Math.round((from.y + radiusM) / sizeM));
  for (let row = Math.max(-last, Math.round((from.y - radiusM) / sizeM)); row <= northernmost; row++) {
    const { count, width } = rowOf(space, sizeM, row);
    const reach = reachM(space, sizeM, row, radiusM);
    const steps = Math.min(Math.ceil((2 * reach) / width), count);
    for (let step = 0; step <= steps; step++) {
      const x = from.x - reach + Math.min(step * width, 2 * reach);
      const cell = cellAt(space, sizeM, { x, y: row * sizeM });
      found.set(cell.key, cell);
    }
  }
  return [...found.values()];
}

/** How far a circle goes to either side in a row, in x. Nearer to a pole than two radii it may go all the way round. */
function reachM({ radiusM: sphereM }: Space, sizeM: number, row: number, radiusM: number): number {
  if (sphereM === null) return radiusM;
  const polewards = (Math.abs(row) + 0.5) * (sizeM / sphereM);
  const squeeze = cos(Math.min(Math.PI / 2, polewards));
  if (radiusM > 0.5 * squeeze * sphereM) return Math.PI * sphereM;
  // asin(½) is less than 1.05 times a half.
  return (1.05 * radiusM) / squeeze;
}

/** What of a cell is inside the world. */
export type Patch = { readonly x: number; readonly y: number; readonly widthM: number; readonly heightM: number };

/** null where it is all outside. */
export function patchOf({ bounds }: Space, sizeM: number, { x, y, widthM }: Cell): Patch | null {
  if (bounds === null) return { x, y, widthM, heightM: sizeM };
  const [west, east] = [Math.max(bounds.minX, x - widthM / 2), Math.min(bounds.maxX, x + widthM / 2)];
  const [south, north] = [Math.max(bounds.minY, y - sizeM / 2), Math.min(bounds.maxY, y + sizeM / 2)];
  if (west >= east || south >= north) return null;
  return { x: (west + east) / 2, y: (south + north) / 2, widthM: east - west, heightM: north - south };
}

/** A point of it, by shares from its south-western corner. */
export function pointIn(space: Space, patch: Patch, across: number, up: number): Point {
  const [east, north] = [(across - 0.5) * patch.widthM, (up - 0.5) * patch.heightM];
  const { x, y } = travel(space, { x: patch.x, y: patch.y, z: 0 }, Math.atan2(east, north), Math.hypot(east, north));
  return { x, y };
}

/** Points all over it, as many along each side. */
export function pointsOver(space: Space, patch: Patch, perSide: number): Point[] {
  return Array.from({ length: perSide * perSide }, (_, i) =>
    pointIn(space, patch, ((i % perSide) + 0.5) / perSide, (Math.floor(i / perSide) + 0.5) / perSide),
  );
}

/** At a pole. */
const lastRow = ({ radiusM }: Space, sizeM: number): number =>
  radiusM === null ? Infinity : Math.round((Math.PI * radiusM) / 2 / sizeM);

type Row = { readonly count: number; readonly width: number; readonly squeeze: number };

function rowOf({ radiusM }: Space, sizeM: number, row: number): Row {
  if (radiusM === null) return { count: Infinity, width: sizeM, squeeze: 1 };
  const squeeze = Math.max(0, cos(Math.min(Math.PI / 2, Math.abs((row * sizeM) / radiusM))));
  const count = Math.max(1, Math.floor((2 * Math.PI * radiusM * squeeze) / sizeM));
  return { count, width: (2 * Math.PI * radiusM) / count, squeeze };
}

function cellOf(sizeM: number, row: number, column: number, { width, squeeze }: Omit<Row, "count">): Cell {
  return { column, row, key: `${column},${row}`, x: column * width, y: row * sizeM, widthM: width * squeeze };
}
