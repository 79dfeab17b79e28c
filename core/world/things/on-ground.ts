import type { ItemId } from "../../lib/ids.ts";
import type { Item } from "../../protocol/life.ts";
import type { Thing } from "../model.ts";
import type { Decision, Scene } from "../scene.ts";
import { distanceM, type Position } from "../space.ts";
import type { Span } from "../systems.ts";
import { isLike } from "./holdings.ts";
import { kindOf } from "./kinds.ts";

/** What hands reach. */
export const reachM = 2.5;
/** In a world; the one that would have decayed next makes room. */
export const thingsMax = 2000;
/** Within an arm's length: more finds no room there. */
export const thingsAtPlaceMax = 40;
export const placeM = 3;

const weekH = 7 * 24;
const hourMs = 3_600_000;

/** Nearest first. */
export function thingsWithin({ state, place }: Scene, from: Position, radiusM: number): Thing[] {
  const near: { thing: Thing; distance: number }[] = [];
  for (const thing of state.things.values()) {
    // In every world the distance is at least that in y: most are ruled out without a sine.
    if (Math.abs(thing.position.y - from.y) > radiusM) continue;
    const distance = distanceM(place.spec, from, thing.position);
    if (distance <= radiusM) near.push({ thing, distance });
  }
  return near
    .toSorted((a, b) => a.distance - b.distance || (a.thing.item.id < b.thing.item.id ? -1 : 1))
    .map(({ thing }) => thing);
}

export const isRoomAt = (scene: Scene, position: Position): boolean =>
  thingsWithin(scene, position, placeM).length < thingsAtPlaceMax;

/** The pile there that it would be one with. */
export function pileFor(scene: Scene, position: Position, item: Item): ItemId | null {
  const { slot: _, ...loose } = item;
  const pile = thingsWithin(scene, position, 1).find((thing) => isLike(thing.item, loose));
  return pile?.item.id ?? null;
}

export const lastsUntil = ({ gameMs }: Scene, item: Item): number =>
  Math.floor(gameMs + (kindOf(item).lastsHours ?? weekH) * hourMs);

/** Those that make room for so many more in a full world. */
export function crowdedOut({ state }: Scene, more: number): ItemId[] {
  const over = state.things.size + more - thingsMax;
  if (over <= 0) return [];
  return [...state.things.values()]
    .toSorted((a, b) => a.untilGameMs - b.untilGameMs || (a.item.id < b.item.id ? -1 : 1))
    .slice(0, over)
    .map(({ item }) => item.id);
}

/** Looked at once a minute of the world's time: what was due within it goes then, however that minute was cut. */
const decayStepMs = 60_000;

export function decay({ state }: Scene, { fromMs, toMs }: Span): Decision {
  const minute = Math.floor(toMs / decayStepMs);
  if (state.things.size === 0 || Math.floor(fromMs / decayStepMs) === minute) return nothing;
  const gone = [...state.things.values()].filter(({ untilGameMs }) => untilGameMs <= minute * decayStepMs);
  if (gone.length === 0) return nothing;
  const itemIds = gone.map(({ item }) => item.id).toSorted((a, b) => (a < b ? -1 : 1));
  return { events: [{ type: "decayed", itemIds }], tell: () => [] };
}

const nothing: Decision = { events: [], tell: () => [] };
