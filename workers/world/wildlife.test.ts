import { expect, onTestFinished, test } from "vitest";
import { hashOf } from "#core/world/stored.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import { fieldId, worldRig } from "#tests/support/world-rig.ts";

/** The rig's field is a valley of Ana's own. */
async function setup() {
  const rig = worldRig();
  const ana = await rig.player("Ana");
  const { userId } = rig.tables.characters.get(ana.own)!;
  const field = rig.tables.worlds.get(fieldId)!;
  rig.tables.worlds.set(fieldId, { ...field, spec: readyMadeWorlds[1]!.spec, ownerId: userId });
  let service = await rig.serve();
  onTestFinished(() => service.stop());
  const arrive = async (): Promise<void> => {
    await ana.connect();
    await ana.say("enter Field");
    await rig.pass(1000);
  };
  await arrive();
  return {
    rig,
    arrive,
    /** What comes of a line, but for what the world shows by itself. */
    async told(text: string, player = ana): Promise<string> {
      const before = player.heard().length;
      await player.say(text);
      await rig.pass(300);
      return player
        .heard()
        .slice(before)
        .find((line) => /^(?:info|action|error|area_description|time):/u.test(line))!;
    },
    async restart(): Promise<void> {
      await service.stop();
      service = await rig.serve();
      await rig.pass(1000);
    },
  };
}

test("an owner's animals live in her world, years pass over them, and the world read again from its log has the same", async () => {
  const { rig, told, restart } = await setup();
  expect(await told("eco status")).toMatch(/Deer: \d+ of the \d+ that the land could carry/u);
  expect(await told("eco spawn hare")).toBe("action: You bring a female hare here: hare-1.");
  expect(await told("eco spawn hare")).toBe("action: You bring a male hare here: hare-2.");
  expect(await told("eco breed hare-1 hare-2")).toMatch(/^action: hare-1 has a young one by hare-2, .*: hare-3\.$/u);
  const log = () => rig.tables.events.get(fieldId)!.map(({ type }) => type);
  expect(log().filter((type) => type.startsWith("animal"))).toEqual(["animalSpawned", "animalSpawned", "animalBred"]);
  expect(await told("look hare-1")).toMatch(/^info: A female hare /u);

  const before = await told("eco status");
  await told("world simulate 1");
  expect(await told("eco lineage hare-3")).toContain("1 year old. Its mother is hare-1, its father hare-2.");
  await told("world simulate 9");
  expect(await told("eco lineage hare-3")).toMatch(
    /who died \d+ days ago, \d+ years old\. Its mother is hare-1 \(dead\)/u,
  );
  const lived = await told("eco status");
  expect(lived).not.toBe(before);
  const happened = await told("eco log");
  expect(happened.split("\n").length).toBeGreaterThan(3);
  expect(log().filter((type) => type.startsWith("animal"))).toHaveLength(3);

  const { state } = await rig.stored(fieldId);
  expect([...state.wildlife!.animals.keys()]).toEqual(["hare-1", "hare-2", "hare-3"]);
  expect(hashOf((await rig.stored(fieldId)).state)).toBe(hashOf(state));
  await restart();
  expect(await told("eco status")).toBe(lived);
  expect(await told("eco log")).toBe(happened);
});

test("who does not own the world is refused, also by the look-up of who may", async () => {
  const { rig, told } = await setup();
  const bea = await rig.player("Bea");
  await bea.connect();
  await bea.say("enter Field");
  await rig.pass(1000);
  expect(await told("eco spawn hare", bea)).toBe("error: Only the owner of Field can put animals there.");
  expect(await told("eco status", bea)).toMatch(/^info: What lives here/u);
});
