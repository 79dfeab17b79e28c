import { describe, expect, test } from "vitest";
import { lobbyWorldId } from "#core/lib/ids.ts";
import { mortal, type Crash } from "#tests/support/mortal.ts";
import { fieldId, type Player, worldRig, type WorldRig } from "#tests/support/world-rig.ts";

async function setup() {
  const rig = worldRig();
  const ana = await rig.player("Ana");
  const { userId } = (await rig.ctx.characters.get(ana.own))!;
  const say = async (...all: string[]) => {
    for (const text of all) {
      await ana.say(text);
      await rig.pass(300);
    }
  };
  return { rig, ana, say, ownInField: () => rig.ctx.characters.ofHome(userId, fieldId), userId };
}

const whereIs = async (rig: WorldRig, player: Player) => {
  const connection = await rig.ctx.connections.get(player.id);
  return { worldId: connection?.worldId, characterId: connection?.characterId };
};

describe("create character", () => {
  test("makes somebody as REST does, whom `enter` goes on as", async () => {
    const { rig, ana, say, ownInField } = await setup();
    await using _service = await rig.serve();
    await ana.connect();
    await say("create character Mira dwarf in Field");
    const mira = (await ownInField())!;
    expect(mira).toMatchObject({ name: "Mira", species: "Dwarf", role: "player", worldId: fieldId, travels: 0 });
    expect(mira.attributes).not.toBeNull();
    expect(ana.heard().at(-1)).toBe("system: Mira, a dwarf, is in Field now. `enter Field` goes on as Mira.");
    expect(ana.frames().at(-1)?.data.metadata).toEqual({ character_id: mira.id, world_id: fieldId });
    await say("enter Field");
    expect(await whereIs(rig, ana)).toEqual({ worldId: fieldId, characterId: mira.id });
    await say("create character Zoe Elf");
    expect(ana.heard().at(-1)).toBe("error: You are Mira, and there is one of yours in each world.");
  });

  test.each([
    ["create character Mira Wombat in Field", "error: Choose one of Human, Dwarf, Elf."],
    [`create character ${"x".repeat(51)} Elf in Field`, "error: A name has 1 to 50 characters."],
    ['create character "..." Elf in Field', "error: A name has at least one letter or digit."],
  ])("what REST refuses is refused in the same words: %s", async (text, words) => {
    const { rig, ana, say, ownInField } = await setup();
    await using _service = await rig.serve();
    await ana.connect();
    await say(text);
    expect([ana.heard().at(-1), await ownInField()]).toEqual([words, null]);
  });

  test("is done when the database is back", async () => {
    const { rig, ana, say, ownInField } = await setup();
    let failures = 3;
    const { characters } = rig.ctx;
    const create: typeof characters.create = async (...given) => {
      if (failures-- > 0) throw new Error("the database is away");
      return characters.create(...given);
    };
    await using _service = await rig.serve({ ...rig.ctx, characters: { ...characters, create } });
    await ana.connect();
    await say("create character Mira Elf in Field");
    expect(await ownInField()).toBeNull();
    await rig.pass(2000);
    expect((await ownInField())?.name).toBe("Mira");
    expect(ana.heard().filter((line) => line.includes("Mira"))).toHaveLength(1);
  });
});

test("`create world` begins an interview, and goes on with it when it is said again", async () => {
  const { rig, ana, say } = await setup();
  await using _service = await rig.serve();
  await ana.connect();
  await say("create world");
  const first = ana.frames().find(({ data }) => data.type === "start_interview")!;
  expect(first.data.metadata?.["session_id"]).toEqual(expect.any(String));
  await say("reply a world of glass", "create world");
  const again = ana.frames().at(-1)!.data;
  expect([again.type, again.metadata?.["sender_name"]]).toEqual(["tell", "Statue"]);
  expect(again.metadata?.["session_id"] ?? first.data.metadata?.["session_id"]).toBe(
    first.data.metadata?.["session_id"],
  );
});

test("`watcher` goes there as one who watches, and later as the same one", async () => {
  const { rig, ana, say, ownInField } = await setup();
  await using _service = await rig.serve();
  await ana.connect();
  await say("watcher Field");
  await rig.pass(1000);
  const watcher = (await ownInField())!;
  expect(watcher).toMatchObject({ name: "Ana", role: "watcher", attributes: null });
  expect(await whereIs(rig, ana)).toEqual({ worldId: fieldId, characterId: watcher.id });
  await say("lobby", "watcher Field");
  await rig.pass(1000);
  expect(await whereIs(rig, ana)).toEqual({ worldId: fieldId, characterId: watcher.id });
});

describe("an owner that dies at any moment of it", () => {
  /** Plays it, lets the owner die at that moment, and has another one go on. */
  async function play(text: string, crash: Crash | null) {
    const { rig, ana, ownInField, userId } = await setup();
    const worker = mortal(rig.ctx, crash);
    void rig.serve(worker.ctx, [lobbyWorldId, fieldId], "first");
    await rig.quiet();
    await ana.connect();
    await ana.say(text);
    await rig.pass(300, 100);
    if (worker.isDead) await rig.serve(rig.ctx, [lobbyWorldId, fieldId], "first");
    await rig.pass(12_000, 500);
    const all = (await rig.ctx.characters.ofUser(userId)).length;
    return { effects: worker.effects, own: await ownInField(), all, rig, ana };
  }

  test.each(["create character Mira Elf in Field", "watcher Field"])("`%s` makes one, and tells it", async (text) => {
    const { effects } = await play(text, null);
    expect(effects).toContain("create");
    for (const [i, effect] of effects.entries()) {
      for (const isDone of [false, true]) {
        const { own, all, rig, ana } = await play(text, { atEffect: i + 1, isDone });
        const moment = `dies ${isDone ? "after" : "before"} effect ${i + 1}, ${effect}`;
        expect([moment, own?.name, all]).toEqual([moment, text.startsWith("watcher") ? "Ana" : "Mira", 2]);
        if (text.startsWith("watcher"))
          expect([moment, await whereIs(rig, ana)]).toEqual([moment, { worldId: fieldId, characterId: own!.id }]);
        else
          expect([
            moment,
            ana.heard().some((line) => line.startsWith("system: Mira, an elf, is in Field now.")),
          ]).toEqual([moment, true]);
      }
    }
  });
});
