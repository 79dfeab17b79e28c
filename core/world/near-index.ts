import { distanceM, type Position, type Space } from "./space.ts";

// What is near, by a hash of square cells: a query looks at the cells that its circle touches. On a sphere the cells lie in rings of equal
// latitude, as many in each as fit around it, so that they are about square there, too; at a pole and across the antimeridian none is
// missed. A query over 100,000 things, of which some dozen are near, takes a few µs (bench/perception.bench.ts).

/** Two or three of them to the usual circles: 20 m of a voice, 60 m of sight. */
const cellM = 32;
/** Distances on a sphere lose their last bits: what is looked at is a little more than what is answered. */
const slackM = 1e-3;

type Cell<Id> = { readonly ids: Id[]; readonly positions: Position[]; readonly row: number; readonly column: number };
type Slot<Id> = { readonly cell: Cell<Id>; at: number };

export type Near<Id> = { readonly id: Id; readonly distanceM: number };

export type NearIndex<Id> = {
  set(id: Id, position: Position): void;
  delete(id: Id): void;
  /** All within a distance, in no order that means anything. */
  within(from: Position, radiusM: number): Near<Id>[];
};

export function nearIndex<Id>(space: Space): NearIndex<Id> {
  const rows = new Map<number, Map<number, Cell<Id>>>();
  const slots = new Map<Id, Slot<Id>>();
  const grid = space.radiusM === null ? flatGrid : sphereGrid(space.radiusM);

  const cellFor = (row: number, column: number): Cell<Id> => {
    let cells = rows.get(row);
    if (!cells) rows.set(row, (cells = new Map()));
    let cell = cells.get(column);
    if (!cell) cells.set(column, (cell = { ids: [], positions: [], row, column }));
    return cell;
  };
  const remove = (id: Id): void => {
    const slot = slots.get(id);
    if (!slot) return;
    const { ids, positions, row, column } = slot.cell;
    const [lastId, lastPosition] = [ids.pop()!, positions.pop()!];
    if (slot.at < ids.length) {
      ids[slot.at] = lastId;
      positions[slot.at] = lastPosition;
      slots.get(lastId)!.at = slot.at;
    }
    slots.delete(id);
    if (ids.length > 0) return;
    const cells = rows.get(row);
    cells?.delete(column);
    if (cells?.size === 0) rows.delete(row);
  };

  return {
    set(id, position) {
      const row = grid.rowOf(position.y);
      const column = grid.columnOf(position.x, row);
      const slot = slots.get(id);
      if (slot?.cell.row === row && slot.cell.column === column) {
        slot.cell.positions[slot.at] = position;
        return;
      }
      remove(id);
      const cell = cellFor(row, column);
      slots.set(id, { cell, at: cell.ids.length });
      cell.ids.push(id);
      cell.positions.push(position);
    },
    delete: remove,
    within(from, radiusM) {
      const found: Near<Id>[] = [];
      const mostM = radiusM + slackM;
      const halfWidth = grid.halfWidth(from.y, mostM);
      const last = grid.rowOf(from.y + mostM);
      for (let row = grid.rowOf(from.y - mostM); row <= last; row++) {
        const cells = rows.get(row);
        if (!cells) continue;
        const { first, count, columns } = grid.span(from.x, halfWidth, row);
        for (let i = 0; i < count; i++) {
          const cell = cells.get(first + i < columns ? first + i : first + i - columns);
          if (cell) collect(space, cell, { from, radiusM }, found);
        }
      }
      return found;
    },
  };
}

type Circle = { readonly from: Position; readonly radiusM: number };

function collect<Id>(space: Space, cell: Cell<Id>, { from, radiusM }: Circle, found: Near<Id>[]): void {
  const mostM = radiusM + slackM;
  for (let i = 0; i < cell.ids.length; i++) {
    const position = cell.positions[i]!;
    const [dx, dy, dz] = [position.x - from.x, position.y - from.y, position.z - from.z];
    // Cheap, and rules most out: no way round a sphere is shorter than the difference in latitude.
    if (space.radiusM === null ? dx * dx + dy * dy + dz * dz > mostM * mostM : Math.abs(dy) > mostM) continue;
    const distance = distanceM(space, from, position);
    if (distance <= radiusM) found.push({ id: cell.ids[i]!, distanceM: distance });
  }
}

/** Columns `first` … `first + count - 1`, counted on from 0 after `columns`. */
type ColumnSpan = { readonly first: number; readonly count: number; readonly columns: number };

type Grid = {
  rowOf(y: number): number;
  columnOf(x: number, row: number): number;
  /** How far the circle reaches to either side: metres on a plane, radians of longitude on a sphere. */
  halfWidth(y: number, radiusM: number): number;
  span(x: number, halfWidth: number, row: number): ColumnSpan;
};

const flatGrid: Grid = {
  rowOf: (y) => Math.floor(y / cellM),
  columnOf: (x) => Math.floor(x / cellM),
  halfWidth: (_y, radiusM) => radiusM,
  span(x, halfWidth) {
    const first = Math.floor((x - halfWidth) / cellM);
    return { first, count: Math.floor((x + halfWidth) / cellM) - first + 1, columns: Infinity };
  },
};

function sphereGrid(radiusM: number): Grid {
  const poleM = (radiusM * Math.PI) / 2;
  const rows = Math.max(1, Math.ceil((2 * poleM) / cellM));
  /** By the ring's middle; the same for whoever asks. */
  const columnsOf = (row: number): number => {
    const latitudeRad = ((row + 0.5) * cellM - poleM) / radiusM;
    return Math.max(1, Math.floor((2 * Math.PI * radiusM * Math.max(0, Math.cos(latitudeRad))) / cellM));
  };
  const columnAt = (x: number, columns: number): number => {
    const turns = x / (2 * Math.PI * radiusM) + 0.5;
    return Math.min(columns - 1, Math.floor((turns - Math.floor(turns)) * columns));
  };
  return {
    rowOf: (y) => Math.min(rows - 1, Math.max(0, Math.floor((y + poleM) / cellM))),
    columnOf: (x, row) => columnAt(x, columnsOf(row)),
    halfWidth: (y, distance) => longitudesWithin(y / radiusM, distance / radiusM),
    span(x, halfWidthRad, row) {
      const columns = columnsOf(row);
      // One more on either side: x is rounded.
      const half = Math.ceil((halfWidthRad / (2 * Math.PI)) * columns) + 1;
      if (2 * half + 1 >= columns) return { first: 0, count: columns, columns };
      return { first: (columnAt(x, columns) - half + columns) % columns, count: 2 * half + 1, columns };
    },
  };
}

/** How far to either side in longitude a circle on a sphere reaches: all around where a pole is in it. */
function longitudesWithin(latitudeRad: number, angleRad: number): number {
  if (Math.abs(latitudeRad) + angleRad >= Math.PI / 2) return Math.PI;
  return Math.asin(Math.min(1, Math.sin(angleRad) / Math.cos(latitudeRad)));
}
