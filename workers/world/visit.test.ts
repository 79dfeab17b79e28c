import { expect, onTestFinished, test } from "vitest";
import { lobbyWorldId, valleyWorldId } from "#core/lib/ids.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import { startMs } from "#tests/support/records.ts";
import { playVisit, type Theatre, visitFile, visits, wordsIn } from "#tests/support/visit.ts";
import { worldRig } from "#tests/support/world-rig.ts";

/** Everything in memory, under a clock that the test moves. */
async function inProcess(): Promise<Theatre> {
  const rig = worldRig();
  rig.tables.worlds.clear();
  readyMadeWorlds.forEach((world, index) =>
    rig.tables.worlds.set(world.id, { ...world, createdAtMs: startMs - 3 + index }),
  );
  const service = await rig.serve(rig.ctx, [lobbyWorldId, valleyWorldId]);
  onTestFinished(() => service.stop());
  return {
    async enter(name) {
      const player = await rig.player(name);
      rig.tables.characters.set(player.own, { ...rig.tables.characters.get(player.own)!, lastPlayedAtMs: null });
      await player.connect();
      let taken = 0;
      const news = () => {
        const all = wordsIn(player.frames());
        return all.slice(taken, (taken = all.length));
      };
      return {
        say: (text) => player.say(text),
        async heard() {
          await rig.pass(200);
          return news();
        },
        async hears(text) {
          const found: string[] = [];
          for (let i = 0; i < 1000 && !found.some((each) => each.includes(text)); i++) {
            await rig.pass(50);
            found.push(...news());
          }
          return found;
        },
        leave: () => player.leave(1000),
      };
    },
  };
}

test.each(visits)("%s goes in process as it is written", async (name) => {
  await expect(await playVisit(name, await inProcess())).toMatchFileSnapshot(visitFile(name));
});

test("! says the last line again, whole, with what has to be looked up for it", async () => {
  const rig = worldRig();
  const service = await rig.serve();
  onTestFinished(() => service.stop());
  const [ana, bea] = [await rig.player("Ana"), await rig.player("Bea")];
  for (const player of [ana, bea]) await player.connect();
  const said = async (text: string) => {
    const before = ana.heard().length;
    await ana.say(text);
    await rig.pass(200);
    return ana.heard().slice(before);
  };
  expect(await said("!")).toEqual(["error: There is nothing to repeat: you have said nothing here yet."]);
  const once = await said("worlds; tell Bea psst; psst");
  expect(once).toEqual([
    expect.stringContaining("info: There are these worlds:"),
    'tell_self: You tell Bea: "psst; psst"',
  ]);
  expect([await said("!"), await said(" ! ")]).toEqual([once, once]);
  expect(bea.heard().slice(-3)).toEqual(Array(3).fill('tell: Ana tells you: "psst; psst"'));
});
