import { type Near, type NearIndex, nearIndex } from "./near-index.ts";
import type { Position, Space } from "./space.ts";

/** A map of things that are somewhere, which also knows what is near: from the first question on its index is kept up with every change. */
export class Placed<Id, Thing extends { readonly position: Position }> extends Map<Id, Thing> {
  #index: NearIndex<Id> | null = null;

  constructor(from: Iterable<readonly [Id, Thing]>) {
    super();
    for (const [id, thing] of from) super.set(id, thing);
  }

  override set(id: Id, thing: Thing): this {
    if (this.#index !== null && super.get(id)?.position !== thing.position) this.#index.set(id, thing.position);
    return super.set(id, thing);
  }

  override delete(id: Id): boolean {
    this.#index?.delete(id);
    return super.delete(id);
  }

  override clear(): void {
    this.#index = null;
    super.clear();
  }

  /** `space` is that of the world, the same every time. */
  within(space: Space, from: Position, radiusM: number): Near<Id>[] {
    if (this.#index === null) {
      this.#index = nearIndex(space);
      for (const [id, { position }] of this) this.#index.set(id, position);
    }
    return this.#index.within(from, radiusM);
  }
}

/** The things within a distance, nearest first; those as near as each other by their ids. Without an index each is looked at. */
export function nearestOf<Id extends string, Thing extends { readonly position: Position }>(
  things: ReadonlyMap<Id, Thing>,
  space: Space,
  { from, radiusM }: { readonly from: Position; readonly radiusM: number },
  distanceOf: (position: Position) => number,
): Thing[] {
  const near =
    things instanceof Placed
      ? (things as Placed<Id, Thing>).within(space, from, radiusM)
      : measured(things, radiusM, distanceOf);
  return near.toSorted((a, b) => a.distanceM - b.distanceM || (a.id < b.id ? -1 : 1)).map(({ id }) => things.get(id)!);
}

function measured<Id, Thing extends { readonly position: Position }>(
  things: ReadonlyMap<Id, Thing>,
  radiusM: number,
  distanceOf: (position: Position) => number,
): Near<Id>[] {
  return [...things]
    .map(([id, { position }]) => ({ id, distanceM: distanceOf(position) }))
    .filter(({ distanceM }) => distanceM <= radiusM);
}
