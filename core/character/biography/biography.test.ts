import { expect, test } from "vitest";
import { memoryCharacterLog } from "#adapters/memory/character-log.ts";
import { memoryCharacters } from "#adapters/memory/characters.ts";
import { appended, memoryTables } from "#adapters/memory/tables.ts";
import { characterId, characterRecord, startMs, worldId } from "#tests/support/records.ts";
import { stateHash } from "../../lib/hash.ts";
import { evolve } from "./evolve.ts";
import { type Biography, type BiographyEvent, noBelongings } from "./model.ts";
import { eventsPerSnapshot, readBiography } from "./read-biography.ts";
import { biographySchemaVersion, toStoredBiography } from "./stored.ts";

const id = characterId(1);
const position = (x: number) => ({ x, y: 0, z: 0 });
const [here, there] = [worldId(1), worldId(2)];

async function setup(events: readonly BiographyEvent[] = []) {
  const tables = memoryTables();
  await memoryCharacters(tables).create(characterRecord(1));
  const stored = events.map((event, index) =>
    toStoredBiography({ event, metadata: { atMs: startMs + 10 * (index + 1) } }),
  );
  tables.biographies.set(id, appended(tables.biographies.get(id)!, stored));
  return { tables, log: memoryCharacterLog(tables) };
}

const kit = { carried: { knife: 1, berries: 3 }, worn: { mainHand: "knife" }, levels: {} };
const visit: readonly BiographyEvent[] = [
  { type: "entered", worldId: here, position: position(1), isFirstTime: true, belongings: kit },
  { type: "movedFar", worldId: here, position: position(200) },
  { type: "departed", worldId: here, toWorldId: there, travels: 1, position: position(201) },
  { type: "arrived", worldId: there, fromWorldId: here, travels: 1, position: position(3), belongings: kit },
  { type: "left", worldId: there, position: position(4), reason: "lost" },
  { type: "sentHome", worldId: here, fromWorldId: there, travels: 2, position: position(5) },
];

test("a life is where its events led, at every version of it", async () => {
  const { log } = await setup(visit);
  const at = async (version: number) => {
    const life = (await readBiography(log, id, { version })) as Biography;
    return [life.version, life.whereabouts, life.worldId, life.travels, life.position.x];
  };
  expect([await at(1), await at(2), await at(3), await at(4), await at(5), await at(6), await at(7)]).toEqual([
    [1, "asleep", here, 0, characterRecord(1).position.x],
    [2, "awake", here, 0, 1],
    [3, "awake", here, 0, 200],
    [4, "travelling", there, 1, 201],
    [5, "awake", there, 1, 3],
    [6, "asleep", there, 1, 4],
    [7, "asleep", here, 2, 5],
  ]);
  expect(await readBiography(log, id)).toEqual(await readBiography(log, id, { version: 99 }));
});

test("a moment is that of the last event before it", async () => {
  const { log } = await setup(visit);
  expect(await readBiography(log, id, { atMs: startMs })).toBeNull();
  expect(await readBiography(log, id, { atMs: startMs + 29 })).toMatchObject({ version: 3 });
  expect(await readBiography(log, id, { atMs: startMs + 30 })).toMatchObject({ version: 4, atMs: startMs + 30 });
  expect(await readBiography(log, characterId(9))).toBeNull();
});

test("what many events came to is kept, read from there, and not believed when it is damaged or of another release", async () => {
  const walk = Array.from({ length: eventsPerSnapshot }, (_, x): BiographyEvent => ({
    type: "movedFar",
    worldId: here,
    position: position(x),
  }));
  const { tables, log } = await setup(walk);
  const whole = await readBiography(log, id);
  expect(tables.biographySnapshots.get(id)?.map(({ version }) => version)).toEqual([eventsPerSnapshot + 1]);

  const read: number[] = [];
  const counting: typeof log = {
    ...log,
    read: (...args) => (read.push(args[1]), log.read(...args)),
  };
  expect(await readBiography(counting, id)).toEqual(whole);
  expect(await readBiography(counting, id, { version: 7 })).toMatchObject({ version: 7 });
  expect(read).toEqual([eventsPerSnapshot + 1, 0]);

  const [kept] = tables.biographySnapshots.get(id)!;
  for (const state of [{ schemaVersion: 1, life: {} }, { schemaVersion: 99 }]) {
    for (const hash of [kept!.hash, stateHash(state)]) {
      if (hash !== kept!.hash && state.schemaVersion === biographySchemaVersion) continue;
      tables.biographySnapshots.set(id, [{ ...kept!, hash, state }]);
      expect(await readBiography(log, id)).toEqual(whole);
    }
  }
});

test("what was gained, lost, put on and learnt is what one has, and every coming tells it anew", async () => {
  const { log } = await setup([
    ...visit.slice(0, 1),
    { type: "gained", items: { berries: 2, axe: 1 } },
    { type: "lost", items: { berries: 5, knife: 1 } },
    { type: "equipped", slot: "mainHand", kind: "axe" },
    { type: "equipped", slot: "head", kind: "hat" },
    { type: "equipped", slot: "head", kind: null },
    { type: "learnt", skill: "Logging", level: 2 },
    { type: "hurt", byId: null, health: 7 },
    ...visit.slice(2, 4),
  ]);
  const has = async (version: number) => (await readBiography(log, id, { version }))?.belongings;
  expect([await has(1), await has(2)]).toEqual([noBelongings, kit]);
  const then = { carried: { axe: 1 }, worn: { mainHand: "axe" }, levels: { Logging: 2 } };
  expect([await has(8), await has(9), await has(10), await has(11)]).toEqual([then, then, then, kit]);
});

test("who came before there were things came with nothing, as far as is known", async () => {
  const { tables, log } = await setup();
  const old = { type: "entered", schemaVersion: 1, metadata: { atMs: 1 } };
  const payload = { worldId: here, position: position(1), isFirstTime: true };
  tables.biographies.set(id, [...tables.biographies.get(id)!, { ...old, version: 2, payload }]);
  expect(await readBiography(log, id)).toMatchObject({ whereabouts: "awake", belongings: noBelongings });
});

test("a life that does not begin with its beginning is not read on", () => {
  expect(() => evolve(null, visit[0]!, { atMs: 1 })).toThrow("begins with entered");
});
