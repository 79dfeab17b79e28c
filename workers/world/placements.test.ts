import { expect, test } from "vitest";
import { fieldId, worldRig } from "#tests/support/world-rig.ts";
import { lobbyWorldId } from "#core/lib/ids.ts";
import { placementsEveryMs } from "./placements.ts";

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
