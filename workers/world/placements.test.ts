import { expect, test } from "vitest";
import { fieldId, worldRig } from "#tests/support/world-rig.ts";
import { manualClock } from "#adapters/memory/clock.ts";
import { memoryPlacements } from "#adapters/memory/placements.ts";
import { memoryTables } from "#adapters/memory/tables.ts";
import { lobbyWorldId } from "#core/lib/ids.ts";
import { gameTimeMs } from "#core/world/clock.ts";
import { npcsOf } from "#core/world/inhabitants/inhabitants.ts";
import { recordingLog } from "#tests/support/function-context.ts";
import { village } from "#tests/support/village.ts";
import { inhabitantsEveryMs, placementsEveryMs, WorldPlacements } from "./placements.ts";

async function setup() {
  const rig = worldRig();
  const written: number[] = [];
  const { placements } = rig.ctx;
  const counting = {
    ...rig.ctx,
    placements: {
      ...placements,
      write: (change: Parameters<typeof placements.write>[0]) => {
        if (change.worldId === lobbyWorldId) written.push(change.placed.length);
        return placements.write(change);
      },
    },
  };
  const ana = await rig.player("Ana");
  const placed = () => [...(rig.tables.placements.get(lobbyWorldId)?.values() ?? [])];
  return { ...rig, counting, ana, written, placed };
}

test("who walks is written where he is, once a second and not with every step", async () => {
  const { ana, serve, counting, pass, placed, written } = await setup();
  await using _ = await serve(counting);
  await ana.connect();
  await pass(2 * placementsEveryMs);
  expect(placed()).toEqual([{ kind: "character", id: ana.own, name: "Ana", position: { x: 5, y: 2, z: 0 } }]);
  const before = written.length;
  for (const way of ["east", "west", "east", "west", "east"]) await ana.say(way);
  await pass(2 * placementsEveryMs);
  expect(placed()).toMatchObject([{ id: ana.own, position: { x: 6, y: 2 } }]);
  expect(written.length - before).toBeLessThanOrEqual(3);
  await pass(5 * placementsEveryMs);
  expect(written.length - before).toBeLessThanOrEqual(3);
});

test("who leaves is gone, and what an owner of the past left behind is, too", async () => {
  const { ana, serve, counting, pass, placed, tables } = await setup();
  tables.placements.set(
    lobbyWorldId,
    new Map([["thing old", { kind: "thing", id: "old", name: "ghost", position: { x: 0, y: 0, z: 0 } }]]),
  );
  await using _ = await serve(counting);
  await ana.connect();
  await pass(2 * placementsEveryMs);
  expect(placed().map(({ id }) => id)).toEqual([ana.own]);
  await ana.say("drop knife");
  await pass(2 * placementsEveryMs);
  expect(placed().map(({ kind, name }) => `${kind} ${name}`)).toEqual(["character Ana", "thing knife"]);
  await ana.leave(1000);
  await pass(8 * placementsEveryMs);
  expect(placed().map(({ kind }) => kind)).toEqual(["thing"]);
});

test("a store that is away holds up nobody, and is told everything when it is back", async () => {
  const { ana, serve, counting, pass, placed, said } = await setup();
  let isAway = true;
  const { placements } = counting;
  const write: typeof placements.write = async (change) => {
    if (isAway) throw new Error("away");
    return placements.write(change);
  };
  await using _ = await serve({ ...counting, placements: { ...placements, write } });
  await ana.connect();
  await ana.say("say hello");
  await pass(3 * placementsEveryMs);
  expect([placed(), said(lobbyWorldId)]).toEqual([[], ["hello"]]);
  isAway = false;
  await ana.say("north");
  await pass(3 * placementsEveryMs);
  expect(placed()).toMatchObject([{ id: ana.own }]);
});

test("when a world is given up, its last picture is written first", async () => {
  const { ana, serve, counting, pass, placed } = await setup();
  const service = await serve(counting, [lobbyWorldId, fieldId]);
  await ana.connect();
  await pass(2 * placementsEveryMs);
  await ana.say("east");
  await pass(50);
  await service[Symbol.asyncDispose]();
  expect(placed()).toMatchObject([{ position: { x: 6, y: 2 } }]);
});

test("who lives there is written where they are by then, every few seconds though nothing happens, and not beside who plays them", async () => {
  const { place, scene, waitUntil, enter, now, body } = village();
  waitUntil(6);
  const clock = manualClock(now());
  const tables = memoryTables();
  tables.leases.set(place.id, { owner: "worker", fence: 1, expiresAtMs: Infinity });
  const placements = new WorldPlacements({
    ctx: { clock, log: recordingLog().log, placements: memoryPlacements(tables) },
    place,
    fence: 1,
  });
  const { state } = scene();
  const living = () =>
    npcsOf({ place, state, gameMs: gameTimeMs(state.clock, clock.nowMs()) }).map(
      ({ person: { id, name }, position }) => ({ kind: "inhabitant", id, name, position }),
    );
  const written = () => [...tables.placements.get(place.id)!.values()];

  placements.follow(state);
  await clock.advance(placementsEveryMs);
  const early = living();
  expect(early.length).toBeGreaterThan(2);
  expect(written()).toEqual(early);

  await clock.advance(inhabitantsEveryMs - 1);
  placements.follow(state);
  await clock.advance(5 * 3_600_000);
  expect(written()).toEqual(early);
  placements.follow(state);
  await clock.advance(placementsEveryMs);
  expect(written()).not.toEqual(early);
  expect(written()).toEqual(living());

  const [{ id: npcId, name }] = early as [(typeof early)[number]];
  enter(1, { npcId, name, homeWorldId: place.id });
  placements.follow(scene().state);
  await clock.advance(placementsEveryMs);
  expect(written().filter((each) => each.name === name)).toEqual([
    { kind: "character", id: body(1)!.id, name, position: body(1)!.position },
  ]);
});
