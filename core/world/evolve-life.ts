import type { CharacterId, ItemId } from "../lib/ids.ts";
import { unreachable } from "../lib/assert.ts";
import { emptyLife, type Item, type Life } from "../protocol/life.ts";
import { practised } from "../character/practice.ts";
import type { Gathered, LifeEvent, Portion } from "./life-events.ts";
import type { Body, Patch, Thing } from "./model.ts";
import { changed, isLike, joined, putIn, takenOut } from "./things/holdings.ts";

export type LifeState = {
  readonly bodies: Map<CharacterId, Body>;
  readonly things: Map<ItemId, Thing>;
  readonly patches: Map<string, Patch>;
};

/** Patches that something was taken from and that are remembered; the one that was left alone longest is forgotten first. */
export const patchesMax = 2048;

type Of<T extends LifeEvent["type"]> = Extract<LifeEvent, { type: T }>;

/** What things, skills and wounds are after an event. One that moves what is not there moves nothing. */
export function evolveLife(state: LifeState, event: LifeEvent): void {
  switch (event.type) {
    case "gathered":
      hold(state, event.characterId, (items) => putIn(items, event.item));
      return rememberPatch(state, event.from);
    case "taken":
      return take(state, event);
    case "stowed":
      return stow(state, event);
    case "dropped":
      return drop(state, event);
    case "given":
      return give(state, event);
    case "equipped":
      return equip(state, event);
    case "unequipped":
      return moveWithin(state, event.characterId, { itemId: event.itemId, count: 1 }, (items, item) =>
        putIn(items, item),
      );
    case "consumed":
      spend(state, event.characterId, [event.portion]);
      return change(state, event.characterId, {
        ...(event.health && { health: event.health }),
        ...(event.stamina && { stamina: event.stamina }),
      });
    case "crafted":
      spend(state, event.characterId, event.spent);
      if (event.item) hold(state, event.characterId, (items) => putIn(items, event.item as Item));
      return;
    case "setApart":
      return moveWithin(state, event.characterId, event.portion, (rest, item) => [...rest, item]);
    case "tired":
      return change(state, event.characterId, { stamina: event.stamina });
    case "worn":
      return hold(state, event.characterId, (items) =>
        changed(items, event.itemId, (item) => ({ ...item, wear: event.wear })),
      );
    case "broken":
      return hold(state, event.characterId, (items) => items.filter(({ id }) => id !== event.itemId));
    case "pushed":
      return push(state, event);
    case "decayed":
      for (const id of event.itemIds) state.things.delete(id);
      return;
    case "practised":
      return live(state, event.characterId, (life) => practised(life, event));
    case "guided":
      return live(state, event.characterId, (life) => ({ ...life, guide: event.guide }));
    default:
      return evolveFight(state, event);
  }
}

function evolveFight(state: LifeState, event: Extract<LifeEvent, { type: FightType }>): void {
  switch (event.type) {
    case "challenged": {
      const { characterId: fromId, untilMs } = event;
      return change(state, event.toCharacterId, { challenge: { fromId, untilMs } });
    }
    case "fightBegan": {
      const { targetId, strikeAtGameMs } = event;
      const { challenge: _, ...body } = state.bodies.get(event.characterId) ?? {};
      return replace(state, event.characterId, body, { fight: { targetId, strikeAtGameMs } });
    }
    case "struck": {
      const fight = state.bodies.get(event.characterId)?.fight;
      if (fight) change(state, event.characterId, { fight: { ...fight, strikeAtGameMs: event.strikeAtGameMs } });
      return;
    }
    case "guarded":
      return change(state, event.characterId, { guardUntilGameMs: event.untilGameMs });
    case "fightEnded": {
      const { fight: _, ...body } = state.bodies.get(event.characterId) ?? {};
      return replace(state, event.characterId, body);
    }
    case "hurt": {
      // Pain ends a way.
      const { journey: _, ...body } = state.bodies.get(event.characterId) ?? {};
      return replace(state, event.characterId, body, { health: event.health });
    }
    case "fell": {
      const {
        fight: _,
        challenge: __,
        guardUntilGameMs: ___,
        journey: ____,
        ...body
      } = state.bodies.get(event.characterId) ?? {};
      return replace(state, event.characterId, body, { downUntilGameMs: event.untilGameMs });
    }
    case "woke": {
      const { downUntilGameMs: _, ...body } = state.bodies.get(event.characterId) ?? {};
      return replace(state, event.characterId, body, { position: event.position, health: event.health });
    }
    default:
      return unreachable(event);
  }
}

type FightType = "challenged" | "fightBegan" | "struck" | "guarded" | "fightEnded" | "hurt" | "fell" | "woke";

function change(state: LifeState, id: CharacterId, changes: Partial<Body>): void {
  replace(state, id, state.bodies.get(id) ?? {}, changes);
}

/** Nobody is made of what is said of somebody who is not here. */
function replace(state: LifeState, id: CharacterId, body: Partial<Body>, changes: Partial<Body> = {}): void {
  if (state.bodies.has(id)) state.bodies.set(id, { ...(body as Body), ...changes });
}

function live(state: LifeState, id: CharacterId, next: (life: Life) => Life): void {
  const body = state.bodies.get(id);
  if (body) state.bodies.set(id, { ...body, life: next(body.life ?? emptyLife) });
}

function hold(state: LifeState, id: CharacterId, next: (items: readonly Item[]) => readonly Item[]): void {
  live(state, id, (life) => ({ ...life, items: next(life.items) }));
}

const itemsOf = ({ bodies }: LifeState, id: CharacterId): readonly Item[] => bodies.get(id)?.life?.items ?? [];

function moveWithin(
  state: LifeState,
  id: CharacterId,
  portion: Portion,
  put: (rest: readonly Item[], item: Item) => readonly Item[],
): void {
  const taken = takenOut(itemsOf(state, id), portion);
  if (taken) hold(state, id, () => put(...taken));
}

function spend(state: LifeState, id: CharacterId, portions: readonly Portion[]): void {
  for (const portion of portions) moveWithin(state, id, portion, (rest) => rest);
}

function equip(state: LifeState, { characterId, itemId, slot, asId }: Of<"equipped">): void {
  const portion = { itemId, count: 1, ...(asId !== undefined && { asId }) };
  moveWithin(state, characterId, portion, (rest, item) => [...rest, { ...item, slot }]);
}

function give(state: LifeState, { characterId, toCharacterId, portion }: Of<"given">): void {
  if (toCharacterId === characterId || !state.bodies.has(toCharacterId)) return;
  moveWithin(state, characterId, portion, (rest, item) => {
    hold(state, toCharacterId, (items) => putIn(items, item));
    return rest;
  });
}

function take(state: LifeState, { characterId, portion, fromId }: Of<"taken">): void {
  if (!state.bodies.has(characterId)) return;
  const item = fromId === undefined ? lift(state, portion) : outOf(state, characterId, fromId, portion);
  if (item) hold(state, characterId, (items) => putIn(items, item));
}

/** Off the ground. */
function lift({ things }: LifeState, portion: Portion): Item | null {
  const thing = things.get(portion.itemId);
  const taken = thing && takenOut([thing.item], portion);
  if (!thing || !taken) return null;
  const [[rest], item] = taken;
  if (rest === undefined) things.delete(portion.itemId);
  else things.set(portion.itemId, { ...thing, item: rest });
  return item;
}

function outOf(state: LifeState, id: CharacterId, containerId: ItemId, portion: Portion): Item | null {
  let out: Item | null = null;
  inContainer(state, id, containerId, (contents) => {
    const taken = takenOut(contents, portion);
    if (!taken) return contents;
    out = taken[1];
    return taken[0];
  });
  return out;
}

function stow(state: LifeState, { characterId, portion, intoId }: Of<"stowed">): void {
  if (portion.itemId === intoId || !containerOf(state, characterId, intoId)) return;
  moveWithin(state, characterId, portion, (rest, item) => {
    hold(state, characterId, () => rest);
    inContainer(state, characterId, intoId, (contents) => putIn(contents, item));
    return itemsOf(state, characterId);
  });
}

function containerOf(state: LifeState, id: CharacterId, containerId: ItemId): Item | undefined {
  const found = itemsOf(state, id).find((item) => item.id === containerId) ?? state.things.get(containerId)?.item;
  return found?.contents === undefined ? undefined : found;
}

/** His own, or one on the ground. */
function inContainer(
  state: LifeState,
  id: CharacterId,
  containerId: ItemId,
  next: (contents: readonly Item[]) => readonly Item[],
): void {
  const filled = (item: Item): Item => ({ ...item, contents: next(item.contents ?? []) });
  const thing = state.things.get(containerId);
  if (thing) state.things.set(containerId, { ...thing, item: filled(thing.item) });
  else hold(state, id, (items) => changed(items, containerId, filled));
}

function drop(state: LifeState, { characterId, portion, position, ontoId, untilGameMs }: Of<"dropped">): void {
  const pile = ontoId === undefined ? undefined : state.things.get(ontoId);
  moveWithin(state, characterId, portion, (rest, { slot: _, ...item }) => {
    if (pile && isLike(pile.item, item))
      state.things.set(pile.item.id, { ...pile, item: joined(pile.item, item), untilGameMs });
    else state.things.set(item.id, { item, position, untilGameMs });
    return rest;
  });
}

function push({ things }: LifeState, { itemId, position }: Of<"pushed">): void {
  const thing = things.get(itemId);
  if (thing) things.set(itemId, { ...thing, position });
}

function rememberPatch({ patches }: LifeState, { patch, taken, atGameMs }: Gathered): void {
  patches.delete(patch);
  patches.set(patch, { taken, atGameMs });
  if (patches.size > patchesMax) patches.delete(patches.keys().next().value as string);
}
