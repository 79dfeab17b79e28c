import { expect, test } from "vitest";
import { readBiography } from "#core/character/biography/read-biography.ts";
import { lobbyWorldId } from "#core/lib/ids.ts";
import { worldRig } from "#tests/support/world-rig.ts";

async function setup() {
  const rig = worldRig();
  const serving = await rig.serve();
  const [ana, bob] = [await rig.player("Ana"), await rig.player("Bob")];
  await ana.connect();
  await bob.connect();
  const principal = await rig.ctx.auth.validate(ana.token);
  const requestId = rig.ctx.entropy.uuid();
  const leave = async () => {
    const leaving = rig.ctx.players.leave({ principal, characterId: ana.own, requestId });
    leaving.catch(() => undefined);
    await rig.quiet();
    return leaving;
  };
  const isHere = async () => (await rig.stored(lobbyWorldId)).state.bodies.has(ana.own);
  const types = () => (rig.tables.biographies.get(ana.own) ?? []).map(({ type }) => type);
  return { ...rig, serving, ana, bob, leave, isHere, types };
}

test("who says goodbye over REST is seen to leave, sleeps, and his stream says so, however often it is asked", async () => {
  const { serving, ana, bob, leave, isHere, types, ctx } = await setup();
  await using _ = serving;
  expect(await isHere()).toBe(true);
  expect(await leave()).toMatchObject({ id: ana.own, worldId: lobbyWorldId });
  expect(await isHere()).toBe(false);
  expect(bob.heard().filter((text) => text.startsWith("departure: Ana"))).toHaveLength(1);
  await leave();
  expect(types()).toEqual(["created", "entered", "left"]);
  expect(await readBiography(ctx.characterLog, ana.own)).toMatchObject({ whereabouts: "asleep" });
});

test("who then types on is back", async () => {
  const { serving, ana, leave, isHere, types, pass } = await setup();
  await using _ = serving;
  await leave();
  await ana.say("say still here");
  await pass(1_000);
  expect([await isHere(), types().at(-1)]).toEqual([true, "entered"]);
});

test("while the world knows of a socket that the registry does not, nobody is told that he sleeps", async () => {
  const { serving, ana, leave, isHere, ctx } = await setup();
  await using _ = serving;
  await ctx.connections.remove(ana.id);
  await expect(leave()).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(await isHere()).toBe(true);
});
