import type { ItemId } from "../../lib/ids.ts";
import type { Item } from "../../protocol/life.ts";
import type { Scene } from "../scene.ts";
import { kinds, type KindId } from "./kinds.ts";

/** A new thing, or a pile of them. */
export function made(kind: KindId, id: ItemId, count = 1): Item {
  return { id, kind, count, ...(kinds[kind].holdsKg !== undefined && { contents: [] }) };
}

/**
 * Ids that no thing anywhere has: of this world, of the version of its log that a decision is made at, and counted within the decision. Whatever
 * is decided next is decided at a later version, or this decision has come to nothing.
 */
export function idsOf({ place, state }: Scene): () => ItemId {
  let count = 0;
  return () => `${place.id}:${state.version}.${++count}` as ItemId;
}
