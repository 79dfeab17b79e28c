import fc from "fast-check";
import { expect, test } from "vitest";
import { characterId } from "#tests/support/records.ts";
import { person, stage } from "#tests/support/stage.ts";
import type { ItemId } from "../lib/ids.ts";
import { emptyLife, type Item, slots } from "../protocol/life.ts";
import { patchesMax } from "./evolve-life.ts";
import { liveWorld } from "./evolve.ts";
import type { LifeEvent, Portion } from "./life-events.ts";
import type { WorldState } from "./model.ts";
import { countsOf } from "./things/holdings.ts";

const here = { x: 5, y: 2, z: 0 };
const item = (id: string, kind: string, count: number, more: Partial<Item> = {}): Item => ({
  id: id as ItemId,
  kind,
  count,
  ...more,
});

/** Two people with some things, a coin pile and a sack on the ground. */
function begun() {
  const s = stage();
  s.enter(1, { life: { ...emptyLife, items: [item("coins", "coin", 9), item("sword", "sword", 2)] } });
  const pouch = item("pouch", "pouch", 1, { contents: [item("herbs", "herb", 4)] });
  s.enter(2, {
    life: { ...emptyLife, items: [item("change", "coin", 3), pouch, item("old", "sword", 1, { wear: 5 })] },
  });
  const world = liveWorld(s.world.state);
  const drop = (itemId: string, who: number): LifeEvent => ({
    type: "dropped",
    characterId: characterId(who),
    portion: { itemId: itemId as ItemId, count: 2, asId: `${itemId}2` as ItemId },
    position: here,
    untilGameMs: 1,
  });
  world.apply(drop("coins", 1), { atMs: 0 });
  return world;
}

function total({ bodies, things }: WorldState): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { life } of bodies.values()) countsOf(life?.items ?? [], counts);
  countsOf(
    [...things.values()].map((thing) => thing.item),
    counts,
  );
  return Object.fromEntries(counts);
}

function idsIn({ bodies, things }: WorldState): string[] {
  const all = [...bodies.values()].flatMap(({ life }) => life?.items ?? []);
  return [...all, ...[...things.values()].map((thing) => thing.item)].flatMap(({ id, contents = [] }) => [
    id,
    ...contents.map((each) => each.id),
  ]);
}

const ids = ["coins", "sword", "change", "pouch", "herbs", "old", "coins2", "x1", "nothing"] as const;
const itemId = fc.constantFrom(...ids).map((id) => id as ItemId);
const who = fc.constantFrom(1, 2, 3).map(characterId);
let splits = 0;
/** The name of what is split off is new, as every decision promises. */
const portion: fc.Arbitrary<Portion> = fc
  .record({ itemId, count: fc.integer({ min: 1, max: 9 }), isSplit: fc.boolean() })
  .map(({ itemId: id, count, isSplit }) => ({ itemId: id, count, ...(isSplit && { asId: `x${++splits}` as ItemId }) }));
const move: fc.Arbitrary<LifeEvent> = fc.oneof(
  fc.record({ type: fc.constant("taken" as const), characterId: who, portion }),
  fc.record({ type: fc.constant("taken" as const), characterId: who, portion, fromId: itemId }),
  fc.record({ type: fc.constant("stowed" as const), characterId: who, portion, intoId: itemId }),
  fc.record({ type: fc.constant("given" as const), characterId: who, toCharacterId: who, portion }),
  fc.record({ type: fc.constant("equipped" as const), characterId: who, itemId, slot: fc.constantFrom(...slots) }),
  fc.record({ type: fc.constant("unequipped" as const), characterId: who, itemId }),
  fc.record({ type: fc.constant("pushed" as const), characterId: who, itemId, position: fc.constant(here) }),
  fc.record({
    type: fc.constant("dropped" as const),
    characterId: who,
    portion,
    position: fc.constant(here),
    ontoId: itemId,
    untilGameMs: fc.constant(9),
  }),
);

test("whatever changes hands, in whatever order and by whatever ids, nothing is made, lost or called by another's name", () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
      const world = begun();
      const before = total(world.state);
      for (const event of moves) {
        world.apply(event, { atMs: 0 });
        expect(total(world.state), JSON.stringify(event)).toEqual(before);
      }
      const names = idsIn(world.state);
      expect(new Set(names).size).toBe(names.length);
    }),
    { numRuns: 500 },
  );
});

test("what is like is one pile; what is worn, worn down or a container is itself", () => {
  const { state, apply } = begun();
  const one = characterId(1);
  const of = (id: string, count: number) => ({ itemId: id as ItemId, count });
  apply({ type: "given", characterId: characterId(2), toCharacterId: one, portion: of("change", 3) }, { atMs: 0 });
  apply({ type: "given", characterId: characterId(2), toCharacterId: one, portion: of("old", 1) }, { atMs: 0 });
  apply(
    { type: "equipped", characterId: one, itemId: "sword" as ItemId, slot: "mainHand", asId: "x" as ItemId },
    { atMs: 0 },
  );
  expect(state.bodies.get(one)?.life?.items).toEqual([
    item("coins", "coin", 10),
    item("sword", "sword", 1),
    item("old", "sword", 1, { wear: 5 }),
    item("x", "sword", 1, { slot: "mainHand" }),
  ]);
  apply({ type: "unequipped", characterId: one, itemId: "x" as ItemId }, { atMs: 0 });
  expect(state.bodies.get(one)?.life?.items).toContainEqual(item("sword", "sword", 2));
});

test("places that something was taken from are remembered up to a bound, those that were left alone longest forgotten", () => {
  const { state, apply } = begun();
  const gather = (n: number) => {
    const from = { patch: `p${n}`, taken: 1, atGameMs: n };
    apply({ type: "gathered", characterId: characterId(1), item: item(`g${n}`, "herb", 1), from }, { atMs: 0 });
  };
  for (let n = 0; n < patchesMax; n++) gather(n);
  gather(0);
  gather(patchesMax);
  expect(state.patches.size).toBe(patchesMax);
  expect([state.patches.has("p0"), state.patches.has("p1")]).toEqual([true, false]);
  expect(state.bodies.get(characterId(1))?.life?.items.find(({ kind }) => kind === "herb")?.count).toBe(patchesMax + 2);
});

test("who comes for the first time has what his trade needs, under ids of his own; who came before keeps what he had", () => {
  const s = stage();
  s.enter(1, { occupation: "Village Smith" });
  const items = s.body(1)!.life!.items;
  expect(items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["hammer", "ironIngot", "tunic", "knife"]));
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
  s.enter(2, { life: emptyLife });
  expect(s.body(2)!.life).toEqual(emptyLife);
  expect(person(3).life).toBeNull();
});
