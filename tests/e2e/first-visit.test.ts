import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createCharacterResponse, joinResponse } from "#core/protocol/character.ts";
import { lobbyWorldId, sphereWorldId, valleyWorldId } from "#core/lib/ids.ts";
import { type Backend, startTestBackend } from "#tests/support/dev.ts";
import { isMap, mapIn, message, stateUpdateFrame, summary } from "#tests/support/frames.ts";
import { call } from "#tests/support/rest.ts";
import { connect, greeted, here, newPlayer, type Player } from "#tests/support/player.ts";
import { expectNoSecretsIn, keepSecret } from "#tests/support/secrets.ts";

let backend: Backend;
beforeAll(async () => {
  // What is said here follows quickly on what was said before.
  backend = await startTestBackend({ COMMANDS_BURST: "10000" });
});
afterAll(() => backend[Symbol.asyncDispose]());

const visitor = (username: string) => here(newPlayer(backend.url, username));

/** Both in the lobby, each having seen the other one come. */
async function two(first: string, second: string): Promise<readonly [Player, Player]> {
  const ann = await visitor(first);
  const bob = await visitor(second);
  await ann.next(message("arrival", `${second} appears in the lobby.`));
  return [ann, bob];
}

const told = (frames: readonly Parameters<typeof summary>[0][]) => frames.map(summary);

describe("the lobby", () => {
  test("shows who comes how he is, where he is, and the land around him", async () => {
    const ann = await visitor("Newcomer");
    const [state, description, map] = ann.frames;
    expect(state).toMatchObject({
      type: "state_update",
      data: {
        hp: 500,
        maxHP: 500,
        stamina: 500,
        maxStamina: 500,
        position: { x: 5, y: 2, z: 0 },
        stats: { Might: 50 },
      },
    });
    expect(description).toMatchObject({
      data: { type: "area_description", metadata: { world_id: lobbyWorldId } },
    });
    expect(summary(description!)).toBe(
      "area_description: Lobby\nA quiet square room of pale stone, with an arch in the middle of each wall. " +
        "A marble statue stands 3 metres away to the north. The north portal, 8 metres away to the north, opens on Hearthvale. " +
        "The east portal, 6 metres away to the northeast, is dark. The south portal, 2 metres away to the south, is dark. " +
        "The west portal, 6 metres away to the northwest, opens on Verdance.",
    );
    expect(mapIn(map!)).not.toBeNull();
    expect(told(ann.frames)[3]).toContain("system: Guide: Say `look` ");
  });

  test("has two who see each other come, move, turn and leave", async () => {
    const [ann, bob] = await two("SeesAnn", "SeenBob");
    bob.say("north");
    await bob.next(message("movement", "You walk north."));
    const state = await bob.next(stateUpdateFrame);
    expect(state.data.position).toEqual({ x: 5, y: 3, z: 0 });
    await ann.next(message("movement", "SeenBob walks north."));
    await bob.ask("face west", message("action", "You turn to face west."));
    await ann.next(message("action", "SeenBob turns to face west."));
    await bob.ask("face", message("info", "You are facing west."));
    await bob.ask("run east", message("movement", "You run east."));
    await ann.next(message("movement", "SeenBob runs east."));
    await ann.ask("look", message("area_description", /SeenBob is here\.$/u));
    await bob.close();
    await ann.next(message("departure", "SeenBob leaves."));
    expect(told(await ann.settled())).toEqual([]);
  });

  test("describes what one looks at", async () => {
    const [looker, other] = await two("LookAnn", "LookBob");
    await looker.ask("look at the statue", message("info", /^A figure of white marble, .*receive something\.$/u));
    await looker.ask("north", message("movement"));
    await looker.ask("examine statue", message("info", /TELL ME OF A WORLD\.$/u));
    await looker.ask("l west portal", message("info", /Beyond it lies Verdance\.$/u));
    await looker.ask("look south portal", message("info", /It is dark; nothing lies behind it yet\.$/u));
    await looker.ask(
      "look LookBob",
      message(
        "info",
        "LookBob is a human, within reach to the south, facing north. LookBob wears a tunic, a pair of trousers and a pair of sandals.",
      ),
    );
    await looker.ask("look me", message("info", /^You are LookAnn, a human\..* You are facing north\.$/u));
    await looker.ask("look north", message("info", /^To the north: the north wall, 7 metres away\. A marble statue/u));
    await looker.ask("look up", message("info", "A vaulted ceiling of pale stone."));
    await looker.ask("look sky", message("info", /no sky in here/u));
    await looker.ask("look unicorn", message("error", 'You see no "unicorn" here.'));
    expect(told(await other.settled())).toEqual(["movement: LookAnn walks north."]);
  });

  test("lets one walk in every direction, and says what stands in the way", async () => {
    const walker = await visitor("Walker");
    const walks = async (word: string, text: string) => {
      await walker.ask(word, message("movement", text));
      return (await walker.next(stateUpdateFrame)).data.position;
    };
    const says = (word: string, text: string) => walker.ask(word, message("error", text));

    expect(await walks("n", "You walk north.")).toEqual({ x: 5, y: 3, z: 0 });
    expect(await walks("north", "You walk north.")).toEqual({ x: 5, y: 4, z: 0 });
    expect(await walks("north", "You walk north. The marble statue stands in your way.")).toEqual({
      x: 5,
      y: 4.199,
      z: 0,
    });
    await says("north", "The marble statue stands in your way.");
    await says("northeast", "The marble statue stands in your way.");
    expect(await walks("e", "You walk east.")).toEqual({ x: 6, y: 4.199, z: 0 });
    expect(await walks("ne", "You walk northeast.")).toEqual({ x: 6.707, y: 4.906, z: 0 });
    expect(await walks("se", "You walk southeast.")).toEqual({ x: 7.414, y: 4.199, z: 0 });
    expect(await walks("sw", "You walk southwest.")).toEqual({ x: 6.707, y: 3.492, z: 0 });
    expect(await walks("nw", "You walk northwest.")).toEqual({ x: 6, y: 4.199, z: 0 });
    expect(await walks("w", "You walk west.")).toEqual({ x: 5, y: 4.199, z: 0 });
    expect(await walks("s", "You walk south.")).toEqual({ x: 5, y: 3.199, z: 0 });
    expect(await walks("go south", "You walk south.")).toEqual({ x: 5, y: 2.199, z: 0 });
    expect(await walks("s", "You walk south.")).toEqual({ x: 5, y: 1.199, z: 0 });
    expect(await walks("s", "You walk south.")).toEqual({ x: 5, y: 0.199, z: 0 });
    expect(
      await walks("s", "You walk south. The south portal is before you. Say `enter south` to step through."),
    ).toEqual({
      x: 5,
      y: 0,
      z: 0,
    });
    await says("south", "The south portal is before you. Say `enter south` to step through.");
    await says("enter south", "The south portal is dark. Nothing lies behind it yet.");
    for (let x = 6; x <= 10; x++) expect(await walks("east", "You walk east.")).toEqual({ x, y: 0, z: 0 });
    await says("east", "The east wall stops you.");
    await says("southeast", "The east wall stops you.");
    await says("up", "There is no way up from here.");
    await says("down", "There is no way down from here.");
    for (let x = 9; x >= 0; x--) expect(await walks("west", "You walk west.")).toEqual({ x, y: 0, z: 0 });
    await says("west", "The west wall stops you.");
    for (let y = 1; y <= 5; y++) expect(await walks("north", "You walk north.")).toEqual({ x: 0, y, z: 0 });
    await says("west", "The west portal is before you. Say `enter west` to step through.");
  });

  test("draws a map of nine by nine, from low y to high y, with the portals, the statue and others on it", async () => {
    const [drawer, other] = await two("MapAnn", "MapBob");
    for (const word of ["w", "w", "n", "n"]) await drawer.ask(word, message("movement"));
    await drawer.settled();
    const map = mapIn((await askMap(drawer))!)!;
    expect(map).toMatchObject({
      player_x: 3,
      player_y: 4,
      player_z: 0,
      grid_size: 9,
      scale: 1,
      world_id: lobbyWorldId,
      is_simulated: false,
    });
    const expected = [];
    for (let y = 0; y <= 8; y++) for (let x = -1; x <= 7; x++) expected.push([x, y]);
    expect(map.tiles.map(({ x, y }) => [x, y])).toEqual(expected);
    const at = (x: number, y: number) => map.tiles.find((tile) => tile.x === x && tile.y === y);
    expect(at(3, 4)).toMatchObject({ biome: "Lobby", is_player: true });
    expect(map.tiles.filter((tile) => tile.is_player)).toHaveLength(1);
    expect(at(-1, 4)).toMatchObject({ biome: "Void", out_of_bounds: true });
    expect(at(0, 5)?.portal).toEqual({ world_name: "Verdance", destination: sphereWorldId, active: true });
    expect(at(5, 0)?.portal).toEqual({ world_name: "", destination: "", active: false });
    expect(at(5, 5)?.entities).toEqual([{ id: "statue", type: "statue", name: "marble statue", glyph: "Ω" }]);
    expect(at(5, 2)?.entities).toMatchObject([{ type: "player", name: other.name }]);
  });

  test("carries what is said, shouted, whispered, told, replied and done to those whom it is meant for", async () => {
    const [speaker, hearer] = await two("TalkAnn", "TalkBob");
    const third = await visitor("TalkCid");
    const secret = keepSecret("between-us-7f3a");
    await speaker.next(message("arrival"));
    await hearer.next(message("arrival"));

    const said = await speaker.ask("say hello there", message("speech_self", 'You say: "hello there"'));
    expect(said.data.metadata).toMatchObject({ sender_name: "TalkAnn", message: "hello there" });
    const heard = await hearer.next(message("speech", 'TalkAnn says: "hello there"'));
    expect(heard.data.metadata).toEqual(said.data.metadata);
    await speaker.ask("'short", message("speech_self", 'You say: "short"'));
    await hearer.next(message("speech", 'TalkAnn says: "short"'));
    await speaker.ask("shout over here", message("speech_self", 'You shout: "over here"'));
    await hearer.next(message("speech", 'TalkAnn shouts: "over here"'));
    await speaker.ask(":bows", message("emote", "TalkAnn bows"));
    expect((await hearer.next(message("emote", "TalkAnn bows"))).data.metadata).toEqual({ source: "TalkAnn" });

    await speaker.ask(`whisper talkbob ${secret}`, message("whisper_self", `You whisper to TalkBob: "${secret}"`));
    await hearer.next(message("whisper", `TalkAnn whispers to you: "${secret}"`));
    await speaker.ask(`tell talkbob ${secret}`, message("tell_self", `You tell TalkBob: "${secret}"`));
    expect((await hearer.next(message("tell", `TalkAnn tells you: "${secret}"`))).data.metadata).toMatchObject({
      sender_name: "TalkAnn",
      message: secret,
      recipient: "TalkBob",
    });
    await hearer.ask(`r ${secret} too`, message("tell_self", `You tell TalkAnn: "${secret} too"`));
    await speaker.next(message("tell", `TalkBob tells you: "${secret} too"`));
    expect(told(await third.settled())).toEqual([
      'speech: TalkAnn says: "hello there"',
      'speech: TalkAnn says: "short"',
      'speech: TalkAnn shouts: "over here"',
      "emote: TalkAnn bows",
    ]);
    await third.ask("reply hm", message("error", "Nobody has told you anything yet."));
    await speaker.ask("tell nobody-at-all hm", message("error", 'Nobody called "nobody-at-all" is online.'));
    await speaker.ask("tell talkann hm", message("error", "You talk to yourself for a while."));
  });

  test("takes the older structured form through the same rules", async () => {
    const [speaker, hearer] = await two("FormAnn", "FormBob");
    const command = (data: object) => speaker.send({ type: "command", data });
    command({ action: "say", message: "in a form" });
    await hearer.next(message("speech", 'FormAnn says: "in a form"'));
    command({ action: "whisper", recipient: "FormBob", message: "psst" });
    await hearer.next(message("whisper", 'FormAnn whispers to you: "psst"'));
    command({ action: "look", target: "marble statue" });
    await speaker.next(message("info", /white marble/u));
    command({ action: "north", target: null, quantity: null });
    await speaker.next(message("movement", "You walk north."));
    command({ action: "north", quantity: 3 });
    await speaker.next(message("movement", /set out to the north, 3 steps/u));
    await speaker.next(message("movement", "You have walked 1 metre north. The marble statue stands in your way."));
  });

  test("tells who is there, which worlds there are, the time, and what one can say", async () => {
    const [asker, other] = await two("InfoAnn", "InfoBob");
    const who = await asker.ask(
      "who",
      message("player_list", /^2 players are online:\nInfoAnn, Lobby\nInfoBob, Lobby$/u),
    );
    expect(who.data.metadata).toMatchObject({ count: 2, players: [{ name: "InfoAnn" }, { name: other.name }] });
    const worlds = await asker.ask(
      "worlds",
      message("info", /^There are these worlds:\nLobby \(bounded\), where you are/u),
    );
    expect(worlds.data.metadata).toMatchObject({
      worlds: [{ name: "Lobby" }, { name: "Hearthvale", shape: "bounded" }, { name: "Verdance", shape: "spherical" }],
    });
    const time = await asker.ask("time", message("time", /^It is \d\d:\d\d on the \d+\w\w day of year \d+\./u));
    expect(time.data.metadata).toMatchObject({ season: "spring", year: 1 });
    await asker.ask("help", message("system", /^Movement: north, .*\nSpeech: say, whisper/su));
    await asker.ask("help whisper", message("system", /^whisper ‹who› ‹words›\n/u));
    await asker.ask("wisper InfoBob hi", message("error", 'There is no command "wisper". Did you mean `whisper`?'));
    await asker.ask("   ", message("error", "Say what you want to do, or `help`."));
  });
});

describe("other worlds", () => {
  test("hear nothing of this one, and take words and replies that are sent to one of them", async () => {
    const [away, home] = await two("FarAnn", "NearBob");
    await away.ask("enter Hearthvale", message("movement", "You step through. Lobby fades behind you."));
    await greeted(away, "Hearthvale");
    await home.next(message("departure", "FarAnn leaves."));

    await home.ask("shout is anybody there", message("speech_self"));
    await home.ask("emote listens", message("emote"));
    await home.ask("whisper FarAnn hm", message("error", 'Nobody called "FarAnn" is near enough to hear you whisper.'));
    await away.ask("say an echo", message("speech_self"));
    expect(told(await home.settled())).toEqual([]);
    expect(told(await away.settled())).toEqual([]);

    const secret = keepSecret("across-worlds-91c2");
    await home.ask(`tell FarAnn ${secret}`, message("tell_self", `You tell FarAnn: "${secret}"`));
    await away.next(message("tell", `NearBob tells you: "${secret}"`));
    await away.ask(`reply ${secret} back`, message("tell_self", `You tell NearBob: "${secret} back"`));
    await home.next(message("tell", `FarAnn tells you: "${secret} back"`));
    await home.ask(`reply ${secret} again`, message("tell_self"));
    await away.next(message("tell", `NearBob tells you: "${secret} again"`));

    await away.ask("worlds", message("info", /Hearthvale \(bounded\), where you are/u));
    await home.ask("who", message("player_list", /FarAnn, Hearthvale\nNearBob, Lobby/u));
    await away.ask("lobby", message("movement"));
    await home.next(message("arrival", "FarAnn steps out of the air in the lobby."));
  });

  test("are walked as the land is, and remembered", async () => {
    const ann = await visitor("Hiker");
    await ann.ask("enter north", message("movement"));
    await greeted(ann, "Hearthvale");
    const me = async () => await charactersOf(ann);
    expect(await me()).toMatchObject([{ world_id: valleyWorldId, name: "Hiker" }]);
    ann.say("south");
    const there = (await ann.next(stateUpdateFrame)).data.position;
    expect(await me()).toMatchObject([{ position_x: there.x, position_y: there.y, position_z: there.z }]);
    const map = mapIn((await askMap(ann))!)!;
    expect(map).toMatchObject({ world_id: valleyWorldId, is_simulated: true, scale: 2, player_x: there.x });
    await ann.ask("look", message("area_description", /^Hearthvale\n/u));
    const profile = await call(backend.url, "GET", "/api/auth/me", { token: ann.account.token });
    expect(profile.json()).toMatchObject({ last_world_id: valleyWorldId });
  });

  test("offer a character of their own, which one goes back to after a stay in the lobby", async () => {
    const witness = await visitor("Witness");
    const guest = await visitor("Guest");
    const { token } = guest.account;
    await witness.next(message("arrival"));
    guest.say("enter west");
    const offer = await guest.next(message("trigger_entry_options"));
    expect(offer.data.metadata).toEqual({ world_id: sphereWorldId });
    await greeted(guest, "Verdance");
    await witness.next(message("departure", "Guest leaves."));

    const body = { world_id: sphereWorldId, name: "Mara of the <Reeds>", species: "elf" };
    const made = await call(backend.url, "POST", "/api/game/characters", { token, body });
    expect(made.status).toBe(201);
    const { character } = createCharacterResponse.strict().parse(made.json());
    expect(character).toMatchObject({ name: "Mara of the ‹Reeds›", species: "Elf", world_id: sphereWorldId });
    const again = await call(backend.url, "POST", "/api/game/characters", { token, body });
    expect(again.status).toBe(409);
    const joined = await call(backend.url, "POST", "/api/game/join", {
      token,
      body: { character_id: character.character_id },
    });
    expect(joinResponse.strict().parse(joined.json()).message).toMatch(/^Welcome to Verdance, Mara of the ‹Reeds›\./u);

    const mara = await here(connect(backend.url, guest.account, { characterId: character.character_id }), "Verdance");
    await guest.close();
    const lobbyName = "Guest";
    mara.say("lobby");
    await mara.next(message("movement", `The air folds around you. You go on as ${lobbyName} in Lobby.`));
    await greeted(mara);
    await witness.next(message("arrival", `${lobbyName} steps out of the air in the lobby.`));
    await mara.ask("say back again", message("speech_self"));
    await witness.next(message("speech", `${lobbyName} says: "back again"`));

    await mara.ask("enter Verdance", message("movement", /You go on as Mara of the ‹Reeds› in Verdance\.$/u));
    await greeted(mara, "Verdance");
    await witness.next(message("departure", `${lobbyName} leaves.`));
    await mara.ask("look me", message("info", /^You are Mara of the ‹Reeds›, an elf\./u));
    await witness.ask("who", message("player_list", /Mara of the ‹Reeds› \(Guest\), Verdance/u));
  });
});

describe("a second socket of the same character", () => {
  test("takes over: the first one is told and closed, and others notice nothing", async () => {
    const witness = await visitor("TakeWitness");
    const first = await visitor("TakeTwice");
    await witness.next(message("arrival"));
    await first.ask("north", message("movement"));
    await witness.next(message("movement"));

    const second = await here(connect(backend.url, first.account));
    await first.next(message("system", "You have connected from somewhere else. This connection ends here."));
    expect(await first.closed).toMatchObject({ code: 1000 });
    expect(second.frames[0]).toMatchObject({ type: "state_update", data: { position: { x: 5, y: 3, z: 0 } } });
    await second.ask("say still me", message("speech_self"));
    expect(told(await witness.settled())).toEqual(['speech: TakeTwice says: "still me"']);
  });

  test("takes over as well when it comes to that character by walking", async () => {
    const walker = await visitor("Split");
    const { account } = walker;
    const body = { world_id: valleyWorldId, name: "Split of the Vale", species: "Dwarf" };
    const made = await call(backend.url, "POST", "/api/game/characters", { token: account.token, body });
    const { character } = createCharacterResponse.strict().parse(made.json());
    const own = await here(connect(backend.url, account, { characterId: character.character_id }), "Hearthvale");

    await walker.ask("enter Hearthvale", message("movement", /You go on as Split of the Vale in Hearthvale\.$/u));
    await greeted(walker, "Hearthvale");
    await own.next(message("system", "You go on as this character from somewhere else. This connection ends here."));
    await own.closed;
    await walker.ask("look me", message("info", /^You are Split of the Vale, a dwarf\./u));
  });
});

test("nothing that is nobody else's business was logged", () => {
  expect(backend.output()).toContain('"msg":"request"');
  expectNoSecretsIn(backend.output());
});

async function charactersOf({ account: { token } }: Player): Promise<unknown> {
  const answer = await call(backend.url, "GET", "/api/game/characters", { token });
  return (answer.json() as { characters: unknown }).characters;
}

async function askMap(player: Player) {
  player.say("map");
  return (await player.until(isMap)).at(-1);
}
