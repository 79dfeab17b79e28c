import { expect, test } from "vitest";
import { heard } from "#tests/support/stage.ts";
import { village } from "#tests/support/village.ts";
import { mapOf } from "../mini-map.ts";
import { sightM } from "../perception.ts";
import { distanceM } from "../space.ts";

const amid = (hour: number) => {
  const met = village();
  met.waitUntil(hour);
  met.enter(1, { position: met.centre });
  return { ...met, look: (what = "") => heard(met.say(1, `look ${what}`), 1)[0]! };
};

test("those who live here are seen with name and calling, as far as one sees and no farther", () => {
  const { look, around, scene, centre, enter, say } = amid(10.4);
  const text = look();
  expect(text).toContain("This is Nastild, home of the humans.");
  expect(text).toMatch(/the (?:healer|smith|weaver|fisher).* are here\./u);
  enter(2, { position: { ...centre, x: centre.x - 95 } });
  const from = { ...centre, x: centre.x - 95 };
  const seen = around(300).filter(
    ({ position }) =>
      distanceM(scene().place.spec, from, position) <= sightM(scene(), { position: from, attributes: null }),
  );
  const far = heard(say(2, "look"), 2)[0]!;
  for (const { person } of around(300))
    expect(far.includes(person.name)).toBe(seen.slice(0, 8).some((other) => other.person.id === person.id));
});

test("at night they sleep, and whoever is outside sees the lights from far away", () => {
  const { look, enter, say, centre } = amid(2);
  expect(look()).toMatch(/asleep\./u);
  expect(look()).not.toMatch(/ here\./u);
  enter(2, { position: { ...centre, x: centre.x - 200 } });
  expect(heard(say(2, "look"), 2)[0]).toContain(
    "A few lights show from Nastild, home of the humans, about 200 metres away to the east.",
  );
});

test("a person can be looked at by name or calling, and is on the map where they stand", () => {
  const { look, around, scene, body } = amid(10.4);
  const [npc] = around(20);
  const told = look(`at ${npc!.person.name}`);
  expect(told).toContain(`info: ${npc!.person.name} is a human ${npc!.person.occupation}, `);
  expect(look(npc!.person.occupation)).toContain(`is a human ${npc!.person.occupation}`);
  const map = mapOf(scene(), body(1)!);
  const onMap = map.tiles.flatMap(({ entities = [] }) => entities);
  const tile = map.tiles.find(({ entities = [] }) => entities.some(({ id }) => id === npc!.person.id));
  expect(onMap.filter(({ id }) => id === npc!.person.id)).toEqual([
    { id: npc!.person.id, type: "npc", name: npc!.person.name, status: npc!.doing, glyph: "&" },
  ]);
  expect(Math.hypot(tile!.x - npc!.position.x, tile!.y - npc!.position.y)).toBeLessThan(map.scale);
});

test("what is seen to one side is what stands there", () => {
  const { look, around, centre } = amid(10.4);
  const north = look("north");
  for (const { person, position } of around(60)) {
    const [east, up] = [position.x - centre.x, position.y - centre.y];
    const isNorth = Math.hypot(east, up) >= 0.5 && Math.abs(Math.atan2(east, up)) < Math.PI / 8;
    expect(north.includes(person.name), person.name).toBe(isNorth);
  }
});

test("who lists players only", () => {
  const { say } = amid(10.4);
  expect(heard(say(1, "who", { online: [] }), 1)).toEqual(["player_list: 0 players are online:"]);
});
