import { afterAll, beforeAll, expect, test } from "vitest";
import { skillsResponse } from "#core/protocol/character.ts";
import { type Backend, startTestBackend } from "#tests/support/dev.ts";
import { message, stateUpdateFrame, summary } from "#tests/support/frames.ts";
import { connect, greeted, here, newPlayer, type Player } from "#tests/support/player.ts";
import { call } from "#tests/support/rest.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await startTestBackend({ COMMANDS_BURST: "10000" });
});
afterAll(() => backend[Symbol.asyncDispose]());

/** Says it until it works: dice are thrown by the moment. What is there to be gathered lasts for more tries than that. */
async function until(player: Player, text: string, type: "action" | "crafting_success", works: RegExp): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    player.say(text);
    const answers = (await player.settled()).map(summary);
    if (answers.some((answer) => answer.startsWith(`${type}: `) && works.test(answer))) return;
  }
  throw new Error(`${text} never worked`);
}

async function inValley(name: string): Promise<Player> {
  const player = await here(newPlayer(backend.url, name));
  await player.ask("enter Hearthvale", message("movement"));
  await greeted(player, "Hearthvale");
  return player;
}

const carried = async (player: Player): Promise<Record<string, number>> => {
  const { data } = await player.ask("inventory", message("info", /^You wear/u));
  const { inventory } = data.metadata as { inventory: { type: string; quantity: number }[] };
  return Object.fromEntries(inventory.map(({ type, quantity }) => [type, quantity]));
};

test("a visit: the land gives, hands make, others get, and all of it is there after a night", async () => {
  const ann = await inValley("ThingAnn");
  const bob = await inValley("ThingBob");
  const begun = await carried(ann);
  expect(begun).toMatchObject({ tunic: 1, sandals: 1, knife: 1, coin: 10, pouch: 1 });

  await ann.ask("south", message("movement"));
  await ann.ask("gather", message("info", /^Here you could gather .*plant fibres/u));
  for (let fibres = 0; fibres < 4; fibres++) await until(ann, "gather fibre", "action", /You gather a plant fibre\./u);
  await until(ann, "craft cord", "crafting_success", /You make a cord\./u);
  await bob.next(message("action", /^ThingAnn makes a cord\.$/u));

  await ann.ask("wield cord", message("action", "You take a cord into your main hand."));
  const held = await ann.next(stateUpdateFrame);
  expect(held.data.equipment).toMatchObject({ mainHand: { name: "cord" }, feet: { name: "pair of sandals" } });
  expect(held.data.inventory).toContainEqual(expect.objectContaining({ type: "cord", quantity: 1, slot: "mainHand" }));
  await ann.ask("give cord to ThingBob", message("error", /What you wear you take off first\.$/u));
  await ann.ask("remove cord", message("action", "You put away a cord."));
  await ann.ask("give cord to ThingBob; give 3 coins to ThingBob", message("action", "You give a cord to ThingBob."));
  await bob.next(message("action", "ThingAnn gives you a cord."));
  await bob.next(message("action", "ThingAnn gives you 3 coins."));

  await bob.ask("drop cord", message("action", "You drop a cord."));
  await ann.next(message("action", "ThingBob drops a cord."));
  await ann.ask("look", message("area_description", /On the ground lies a cord/u));
  await ann.ask("get cord", message("action", "You take a cord."));
  await bob.ask("get cord", message("error", 'There is no "cord" within reach.'));
  expect(await carried(bob)).toMatchObject({ coin: 13 });

  const before = await carried(ann);
  const { body } = await skills(ann);
  expect([body.skills["Herbalism"]?.xp, body.skills["Tailoring"]?.xp].every((xp) => (xp ?? 0) > 0)).toBe(true);
  expect(Object.keys(body.skills)).toHaveLength(24);
  await ann.close();
  const back = await here(connect(backend.url, ann.account), "Hearthvale");
  expect(await carried(back)).toEqual(before);
  expect((await skills(back)).body).toEqual(body);
});

async function skills({ account }: Player) {
  const listed = (await call(backend.url, "GET", "/api/game/characters", { token: account.token })).json();
  const [{ character_id: id } = { character_id: "" }] = (listed as { characters: { character_id: string }[] })
    .characters;
  const answer = await call(backend.url, "GET", `/api/game/skills?character_id=${id}`, { token: account.token });
  return { body: skillsResponse.parse(answer.json()) };
}

test("two who agree fight in the world's time, and are told of each stroke", async () => {
  const [cal, dot] = [await inValley("FightCal"), await inValley("FightDot")];
  await cal.ask("attack FightDot", message("combat", /^You challenge FightDot\./u));
  await dot.next(message("combat", /^FightCal challenges you to a fight\./u));
  await dot.ask("attack", message("combat", /^You go for FightCal/u));
  await cal.next(message("combat", /^FightDot goes for you\./u));
  await cal.next(message("combat", /^You (?:hit|miss) FightDot/u));
  const { data } = await dot.next(message("combat", /^FightCal hits you with bare fists for \d+\./u));
  const { hp } = data.metadata as { hp: number };
  expect(hp).toBeLessThan(500);
  const state = await dot.next(stateUpdateFrame);
  expect(state.data.hp).toBeLessThan(500);
  await cal.ask("lobby", message("movement"));
  await dot.next(message("departure", "FightCal leaves."));
});
