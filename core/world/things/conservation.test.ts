import fc from "fast-check";
import { expect, test } from "vitest";
import type { CharacterRecord } from "../../character/model.ts";
import { xpOfLevel } from "../../character/skills.ts";
import { type CharacterId, type ConnectionId, type InputId, valleyWorldId } from "../../lib/ids.ts";
import type { Life } from "../../protocol/life.ts";
import type { NewEvent } from "../../ports/world-log.ts";
import { characterId, worldId } from "#tests/support/records.ts";
import { person, stage, type Stage } from "#tests/support/stage.ts";
import { allThings, balanceOf, having, item } from "#tests/support/things.ts";
import type { Turn, TurnInput } from "../advance.ts";
import { liveWorld } from "../evolve.ts";
import { readyMadeWorlds } from "../seeds.ts";
import { fromStored, hashOf, toStored } from "../stored.ts";
import { terrainOf } from "../terrain.ts";
import { countsOf } from "./holdings.ts";
import { loadKg, loadMaxKg, stacksMax } from "./weight.ts";

// Whatever three people say and do in one place of a valley, in turns of several inputs, and however they come and go: what there is in all, on
// them, on the ground, on the way and in their rows, is what there was, and what events say was made, less what they say was used up.

const { spec } = readyMadeWorlds.find(({ id }) => id === valleyWorldId)!;
const terrain = terrainOf(spec);
const xp = {
  Herbalism: xpOfLevel(90),
  Mining: xpOfLevel(90),
  Logging: xpOfLevel(90),
  Tailoring: xpOfLevel(90),
  Carpentry: xpOfLevel(60),
};

const thing = fc.constantFrom(
  "coin",
  "coins",
  "3 coins",
  "all",
  "all.coin",
  "knife",
  "2.knife",
  "pouch",
  "sack",
  "fibre",
  "cord",
  "stone",
  "bread",
  "staff",
  "tunic",
  "all.knife",
  "branch",
  "1 fibre",
  "99 coins",
);
const other = fc.constantFrom("Ana 1", "Ana 2", "Ana 3");
const box = fc.constantFrom("pouch", "sack", "2.pouch");
const words = fc.oneof(
  { weight: 4, arbitrary: thing.map((it) => `get ${it}`) },
  { weight: 4, arbitrary: thing.map((it) => `drop ${it}`) },
  { weight: 4, arbitrary: fc.tuple(thing, other).map(([it, who]) => `give ${it} to ${who}`) },
  { weight: 3, arbitrary: fc.tuple(thing, box).map(([it, into]) => `put ${it} in ${into}`) },
  { weight: 3, arbitrary: fc.tuple(thing, box).map(([it, from]) => `get ${it} from ${from}`) },
  { weight: 2, arbitrary: thing.map((it) => `wear ${it}`) },
  { weight: 2, arbitrary: thing.map((it) => `remove ${it}`) },
  { weight: 1, arbitrary: thing.map((it) => `use ${it}`) },
  { weight: 1, arbitrary: thing.map((it) => `push ${it} north`) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      "gather fibre",
      "gather herbs",
      "gather stone",
      "gather wood",
      "craft cord",
      "craft sandals",
      "craft club",
    ),
  },
  { weight: 1, arbitrary: fc.tuple(thing, thing).map(([one, two]) => `drop ${one}; get ${two}; get all`) },
  { weight: 1, arbitrary: fc.tuple(other).map(([who]) => `attack ${who}`) },
);
type Step =
  | { readonly kind: "say"; readonly who: number; readonly text: string }
  | { readonly kind: "again"; readonly back: number }
  | { readonly kind: "quit" | "come" | "away" | "back"; readonly who: number }
  | { readonly kind: "wait"; readonly ms: number };
const who = fc.constantFrom(1, 2, 3);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 16, arbitrary: fc.record({ kind: fc.constant("say" as const), who, text: words }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("again" as const), back: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom("quit" as const, "come" as const, "away" as const, "back" as const),
      who,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.constantFrom(100, 4000, 3_600_000, 5 * 86_400_000),
    }),
  },
);

/** A world with a table of characters beside it, written as the commits of turns say. */
function begun() {
  const s = stage({ spec, terrain });
  const rows = new Map<CharacterId, CharacterRecord>();
  const { position } = spec.spawn;
  for (const number of [1, 2, 3]) {
    const life = {
      ...having(
        item("coin", 7 * number, { id: `${number}:coin` as never }),
        item("knife", 2, { id: `${number}:knife` as never }),
        item("knife", 1, { id: `${number}:old` as never, wear: 198 }),
        item("pouch", 1, { id: `${number}:pouch` as never, contents: [] }),
        item("fibre", 12, { id: `${number}:fibre` as never }),
        item("bread", 2, { id: `${number}:bread` as never }),
        item("tunic", 1, { id: `${number}:tunic` as never, slot: "chest" }),
      ),
      xp,
    };
    rows.set(characterId(number), person(number, { life, position, lastPlayedAtMs: s.now() }));
  }
  return { s, rows };
}

function inputOf(
  { s, rows }: ReturnType<typeof begun>,
  one: Exclude<Step, { kind: "wait" | "again" }>,
  id: InputId,
): TurnInput[] {
  const socket = { id, connectionId: `socket-${one.who}` as ConnectionId, characterId: characterId(one.who) };
  const character = rows.get(socket.characterId)!;
  const away = { world: { id: worldId(2), name: "Away", shape: "spherical", theme: "" }, own: null };
  switch (one.kind) {
    case "say":
      return [{ input: { ...s.commanded(one.who, one.text), id }, facts: {} }];
    case "come":
      return [{ input: { ...s.connected(one.who), id }, facts: { character } }];
    case "quit":
      return [{ input: { ...socket, type: "disconnected", mayReturn: false }, facts: {} }];
    case "away":
      return [{ input: { ...s.commanded(one.who, "enter away"), id }, facts: { destination: away } }];
    case "back": {
      const { input, messageId } = sentFor(s, socket.characterId)!;
      const traveller = { ...input.traveller, travels: input.traveller.travels + 1 };
      return [
        { input: { type: "settled", id: `settled:${id}` as InputId, messageId }, facts: {} },
        { input: { type: "arrive", id, fromWorldId: worldId(2), traveller }, facts: { character } },
      ];
    }
  }
}

/** What went to the other world last with somebody. */
function sentFor({ world }: Stage, id: CharacterId) {
  const sent = [...world.state.outbound].findLast(
    ([, { input }]) => input.type === "arrive" && input.traveller.characterId === id,
  );
  return sent?.[1].input.type === "arrive" ? { messageId: sent[0], input: sent[1].input } : null;
}

const plus = (into: Map<string, number>, from: ReadonlyMap<string, number>) => {
  for (const [kind, count] of from) into.set(kind, (into.get(kind) ?? 0) + count);
  return into;
};
const sorted = (counts: ReadonlyMap<string, number>) =>
  Object.fromEntries([...counts].filter(([, n]) => n !== 0).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Takes a turn into the rows, and what its events did to the balance of the world into `balance`. */
function settle(
  s: Stage,
  rows: Map<CharacterId, CharacterRecord>,
  turn: Turn,
  replayed: ReturnType<typeof liveWorld>,
  balance: Map<string, number>,
): void {
  const gone = new Map<CharacterId, Life | undefined>();
  for (const { event, metadata } of (JSON.parse(JSON.stringify(turn.events.map(toStored))) as NewEvent[]).map(
    (each, i) => fromStored({ ...each, version: i + 1 }),
  )) {
    plus(balance, balanceOf(event, replayed.state));
    if (event.type === "left" || event.type === "departed")
      gone.set(event.characterId, replayed.state.bodies.get(event.characterId)?.life);
    replayed.apply(event, metadata);
  }
  for (const change of turn.characters) {
    const row = rows.get(change.id)!;
    if (change.travels >= row.travels) rows.set(change.id, { ...row, ...change, life: change.life ?? row.life });
  }
  // Who has gone takes along what he had then, not what the row had before.
  for (const [id, life] of gone) if (!s.world.state.bodies.has(id)) expect(rows.get(id)?.life).toEqual(life);
  for (const body of s.world.state.bodies.values()) {
    expect(rows.get(body.id)?.life).toEqual(body.life);
    const { items = [] } = body.life ?? {};
    expect(items.length).toBeLessThanOrEqual(stacksMax);
    expect(loadKg(body)).toBeLessThanOrEqual(loadMaxKg(body) + 1e-6);
    const worn = items.flatMap(({ slot }) => slot ?? []);
    expect(new Set(worn).size).toBe(worn.length);
    expect(items.every((each) => each.count > 0 && (each.slot === undefined || each.count === 1))).toBe(true);
  }
}

test("whatever is said in whatever order, nothing is doubled or lost, in the world, on the way or in the rows", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60, size: "max" }), (steps) => {
      const rig = begun();
      const { s, rows } = rig;
      const replayed = liveWorld();
      const balance = new Map<string, number>();
      const all: TurnInput[] = [];
      let batch: TurnInput[] = [];
      const flush = () => {
        settle(s, rows, s.play(...batch), replayed, balance);
        batch = [];
        expect(sorted(allThings(s.world.state))).toEqual(sorted(balance));
      };
      for (const number of [1, 2, 3])
        batch.push(...inputOf(rig, { kind: "come", who: number }, `come${number}` as InputId));
      flush();
      steps.forEach((one, i) => {
        // The facts of who comes and goes are looked up when what was before has been committed.
        if (one.kind === "come" || one.kind === "back" || one.kind === "wait" || batch.length >= 4) flush();
        if (one.kind === "wait") return s.wait(one.ms);
        const isAway = one.kind === "back" && rows.get(characterId(one.who))?.hasArrived === false;
        if (one.kind === "back" && !isAway) return undefined;
        const next =
          one.kind === "again"
            ? all.slice(-one.back, 1 - one.back || undefined)
            : inputOf(rig, one, `i${i}` as InputId);
        all.push(...next);
        batch.push(...next);
        return undefined;
      });
      flush();
      expect(hashOf(replayed.state)).toBe(hashOf(s.world.state));
    }),
    { numRuns: 150 },
  );
});

test("the count of things sees one coin too many", () => {
  const { s, rows } = begun();
  s.give(s.connected(1), { character: rows.get(characterId(1))! });
  const before = allThings(s.world.state);
  expect(sorted(countsOf([item("coin", 1)], before))).toMatchObject({ coin: 8 });
});
