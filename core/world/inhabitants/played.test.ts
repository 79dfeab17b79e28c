import { expect, test } from "vitest";
import { happened, heard } from "#tests/support/stage.ts";
import { village } from "#tests/support/village.ts";
import { liveWorld } from "../evolve.ts";
import { lobbyWorldId } from "../../lib/ids.ts";
import { emptyLife } from "../../protocol/life.ts";
import { lingerMs } from "../decide/presence.ts";
import { fromSnapshot, toSnapshot } from "../stored.ts";

/** Ana 2 watches; Ana 1 is about to be the first of the village. */
const watched = () => {
  const met = village();
  met.waitUntil(10.4);
  const npc = met.around()[0]!;
  met.enter(2, { position: { ...npc.position, x: npc.position.x + 2 } });
  const { id: npcId, name } = npc.person;
  const home = { npcId, name, homeWorldId: met.place.id };
  const look = () => heard(met.say(2, "look"), 2)[0]!;
  const times = () => look().split(`${name} the ${npc.person.occupation}`).length - 1;
  return { ...met, npc, home, times };
};

test("whoever is played for the first time stands where he stood, is told of as before, and nobody notices", () => {
  const { enter, npc, home, times, body } = watched();
  expect(times()).toBe(1);
  const turn = enter(1, home);
  expect(heard(turn, 2)).toEqual([]);
  expect(body(1)?.position).toEqual(npc.position);
  expect(times()).toBe(1);
});

test("later he is where his player left him, and while nobody plays him he goes on with his days", () => {
  const { enter, npc, home, times, give, connected, around, wait, play, body } = watched();
  const elsewhere = { ...npc.position, x: npc.position.x + 20 };
  enter(1, { ...home, life: emptyLife, position: elsewhere });
  expect(body(1)?.position.x).toBeCloseTo(elsewhere.x);
  expect(times()).toBe(1);
  expect(around().map(({ person }) => person.id)).not.toContain(npc.person.id);
  give({ ...connected(1), type: "disconnected", mayReturn: true } as never);
  wait(lingerMs);
  expect(happened(play())).toContain("left");
  expect(around().map(({ person }) => person.id)).toContain(npc.person.id);
  expect(times()).toBe(1);
});

test("who leaves the world with his player is not at home meanwhile, also after a restart, until he comes back", () => {
  const { enter, npc, home, say, around, world, place } = watched();
  const isThere = () => around().some(({ person }) => person.id === npc.person.id);
  enter(1, home);
  const lobby = { id: lobbyWorldId, name: "Lobby", shape: "bounded", theme: "" };
  expect(happened(say(1, "lobby", { destination: { world: lobby, own: null } }))).toContain("departed");
  expect(isThere()).toBe(false);
  expect(fromSnapshot(structuredClone(toSnapshot(world.state))).npcsAway).toEqual(new Set([npc.person.id]));
  expect(liveWorld(world.state).state.npcsAway).toEqual(new Set([npc.person.id]));
  const departed = [...world.state.outbound.values()][0]!.input as { traveller: { npcId?: string } };
  expect(departed.traveller.npcId).toBe(npc.person.id);
  enter(1, { ...home, life: emptyLife, worldId: place.id, travels: 2 });
  expect(world.state.npcsAway).toEqual(new Set());
});
