import { describe, expect, test } from "vitest";
import { characterId, startMs, worldId } from "#tests/support/records.ts";
import { fieldSpec, happened, heard, metadataOf, online, person, stage, watcher } from "#tests/support/stage.ts";
import { commands } from "../../command/registry.ts";
import { lobbyWorldId, sphereWorldId } from "../../lib/ids.ts";
import type { WorldSummary } from "../facts.ts";

const summary = (number: number, name = `World ${number}`): WorldSummary => ({
  id: worldId(number),
  name,
  shape: "bounded",
  theme: "quiet",
});

/** Ana 1 in the hall, beside Ana 2. */
function hall() {
  const s = stage();
  s.enter(1);
  s.enter(2, { position: { x: 6, y: 2, z: 0 }, name: "Old Tom", appearance: "He limps.", species: "Elf" });
  return s;
}

describe("looking", () => {
  test("around tells of the room, what stands in it, where the portals lead, and who is there", () => {
    const s = hall();
    s.enter(3, watcher);
    const [text] = heard(s.say(1, "look"), 1);
    expect(text).toBe(
      "area_description: Hall\nA quiet square room of pale stone, with an arch in the middle of each wall. " +
        "A marble statue stands 3 metres away to the north. The north portal, 8 metres away to the north, opens on Hearthvale. " +
        "The east portal, 6 metres away to the northeast, is dark. The south portal, 2 metres away to the south, is dark. " +
        "The west portal, 6 metres away to the northwest, opens on Verdance. Old Tom is here.",
    );
  });

  test.each([
    [
      "look at old tom",
      "info: Old Tom is an elf, within reach to the east, facing north. He limps. Old Tom wears a tunic, a pair of trousers and a pair of sandals.",
    ],
    [
      "l TOM",
      "info: Old Tom is an elf, within reach to the east, facing north. He limps. Old Tom wears a tunic, a pair of trousers and a pair of sandals.",
    ],
    ["look me", "info: You are Ana 1, a human. You are facing north."],
    ["look e", "info: To the east: the east wall, 5 metres away. Old Tom is within reach to the east."],
    [
      "look ne",
      "info: To the northeast: the corner of the room. The east portal, 6 metres away to the northeast, is dark.",
    ],
    ["look up", "info: A vaulted ceiling of pale stone."],
    ["look sky", "info: There is no sky in here, only the vaulted ceiling."],
    ["look at the dragon <b>", 'error: You see no "the dragon ‹b›" here.'],
    ["look constructor", 'error: You see no "constructor" here.'],
  ])("%j", (text, answer) => {
    const turn = hall().say(1, text);
    expect([heard(turn, 1), happened(turn)]).toEqual([[answer], []]);
  });

  test("at the statue shows its runes only from near", () => {
    const s = stage();
    s.enter(1, { position: { x: 5, y: 3, z: 0 } });
    expect(heard(s.say(1, "look statue"), 1)[0]).toContain("TELL ME OF A WORLD");
    s.enter(2, { position: { x: 5, y: 2.9, z: 0 } });
    expect(heard(s.say(2, "look statue"), 2)[0]).not.toContain("TELL ME OF A WORLD");
  });

  test("does not show watchers, nor more names than can be read", () => {
    const s = stage();
    s.enter(0, watcher);
    for (let i = 1; i <= 30; i++) s.enter(i);
    expect(heard(s.say(1, "look at Ana 0"), 1)[0]).toBe('error: You see no "Ana 0" here.');
    expect(heard(s.say(1, "look"), 1)[0]).toMatch(/Ana 13 and 17 others are here\.$/);
  });

  test("at the time answers words and numbers of the place's own clock", () => {
    const s = hall();
    expect(metadataOf(s.say(1, "time"), 1, "time")).toMatchObject({
      time_of_day: "morning",
      season: "spring",
      year: 1,
    });
    s.wait(12 * 3_600_000);
    expect(metadataOf(s.say(1, "time"), 1, "time")).toMatchObject({ time_of_day: "night" });
  });

  test("at the map sends the map and no words", () => {
    expect(hall().say(1, "map").tellings).toMatchObject([{ to: characterId(1), tell: { kind: "map" } }]);
  });
});

describe("asking", () => {
  test("who is online names a hundred, and counts the rest", () => {
    const all = Array.from({ length: 130 }, (_, i) => online(i, { worldId: worldId(i % 2) }));
    const turn = hall().say(1, "who", { online: all, worlds: [summary(1)] });
    const lines = heard(turn, 1)[0]!.split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "player_list: 130 players are online:",
      "Ana 0 (player0), elsewhere",
      "Ana 1 (player1), World 1",
    ]);
    expect(lines.at(-1)).toBe("and 30 more");
    const { players, count } = metadataOf(turn, 1, "player_list") as { players: unknown[]; count: number };
    expect([players.length, count]).toEqual([100, 130]);
  });

  test("which worlds there are marks this one", () => {
    const [text] = heard(hall().say(1, "worlds", { worlds: [summary(1), summary(2)] }), 1);
    expect(text).toContain("World 1 (bounded), where you are: quiet\nWorld 2 (bounded): quiet\n");
  });

  test("for help explains every command, by each of its names", () => {
    const s = hall();
    for (const { name, aliases, help } of commands) {
      for (const word of [name, ...aliases]) expect(heard(s.say(1, `help ${word}`), 1)[0]).toContain(help);
    }
    for (const { name } of commands) expect(heard(s.say(1, "help"), 1)[0]).toContain(name);
  });

  test.each([
    ["lok", 'error: There is no command "lok". Did you mean `look`?'],
    ["help nroth", 'error: There is no command "nroth". Did you mean `north`?'],
    [
      "<script>alert(1)</script>",
      'error: There is no command "‹script›alert(1)‹/script›". Say `help` for what there is.',
    ],
    ["hasOwnProperty", 'error: There is no command "hasownproperty". Say `help` for what there is.'],
    ["x".repeat(1000), `error: There is no command "${"x".repeat(40)}". Say \`help\` for what there is.`],
    ["", "error: Say what you want to do, or `help`."],
    ["\u202e\u0007", "error: Say what you want to do, or `help`."],
  ])("for %j is refused kindly", (text, answer) => {
    const turn = hall().say(1, text);
    expect([heard(turn, 1), happened(turn)]).toEqual([[answer], []]);
  });
});

describe("several commands on a line", () => {
  test("happen one after the other, each in the world that the one before has left", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { position: { x: 0, y: 0, z: 0 } });
    const turn = s.say(1, "n; e; face s; look me");
    expect(happened(turn)).toEqual(["moved", "moved", "turned"]);
    expect(s.body(1)!.position).toEqual({ x: 1, y: 1, z: 0 });
    expect(heard(turn, 1)).toEqual([
      "movement: You walk north.",
      "movement: You walk east.",
      "action: You turn to face south.",
      "info: You are Ana 1, a human. You are facing south.",
    ]);
  });

  test("go on after one that is refused, and each is told what it asked for", () => {
    const turn = hall().say(1, "dance; worlds; who; say a; b", {
      following: [{ worlds: [summary(1)] }, { online: [online(1)] }],
    });
    expect(heard(turn, 1).map((text) => text.split("\n")[0])).toEqual([
      'error: There is no command "dance". Did you mean `face`?',
      "info: There are these worlds:",
      "player_list: One player is online:",
      'speech_self: You say: "a; b"',
    ]);
  });

  test("are done once: the same input again changes nothing", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { position: { x: 0, y: 0, z: 0 } });
    const input = s.commanded(1, "n; n");
    s.give(input);
    expect(happened(s.give(input))).toEqual([]);
    expect(s.body(1)!.position).toEqual({ x: 0, y: 2, z: 0 });
  });

  test("are none where one of them leads away before the last, or there are too many", () => {
    const s = hall();
    expect(heard(s.say(1, "lobby; look"), 1)).toEqual([
      "error: `lobby` leads away from here: let it be the last of the line.",
    ]);
    const turn = s.say(1, "n;".repeat(9));
    expect([heard(turn, 1), happened(turn)]).toEqual([["error: A line has at most 8 commands."], []]);
  });

  test("that end at a portal other than the one that was looked up do not lead anywhere", () => {
    const s = stage();
    s.enter(1);
    const turn = s.say(1, "face e; enter north", { following: [{ destination: { world: summary(9), own: null } }] });
    expect(heard(turn, 1).at(-1)).toBe("error: You stand before the north portal now. Say `enter` again.");
  });
});

describe("going to another world", () => {
  const verdance = { ...summary(2, "Verdance"), id: sphereWorldId };

  test("takes the body along, tells those who see it go, and is kept until the other world confirms it", () => {
    const s = hall();
    s.say(1, "n", {});
    const turn = s.play({
      input: s.commanded(1, "enter west", "c-9"),
      facts: { destination: { world: verdance, own: null } },
    });
    expect(happened(turn)).toEqual(["departed"]);
    expect(heard(turn, 1)).toEqual([
      "movement: You step through. Hall fades behind you.",
      "trigger_entry_options: You come to Verdance as a visitor.",
    ]);
    expect(heard(turn, 2)).toEqual(["departure: Ana 1 leaves."]);
    expect(s.body(1)).toBeUndefined();
    expect([...s.world.state.outbound.values()]).toMatchObject([
      {
        toWorldId: verdance.id,
        input: {
          type: "arrive",
          fromWorldId: worldId(1),
          traveller: { characterId: characterId(1), travels: 1, name: "Ana 1", recentCommandIds: ["c-9"] },
        },
      },
    ]);
    expect(turn.characters).toMatchObject([
      { id: characterId(1), worldId: verdance.id, travels: 1, hasArrived: false },
    ]);
  });

  test("goes on as the player's own character there, wherever that one is", () => {
    const own = person(7, { name: "Elder", worldId: worldId(3), homeWorldId: worldId(2) });
    const s = hall();
    const turn = s.say(1, "enter verdance", { destination: { world: verdance, own } });
    expect(turn.events).toMatchObject([{ event: { type: "left", reason: "switched" } }]);
    expect(turn.switches).toMatchObject([
      {
        from: characterId(1),
        to: { characterId: characterId(7), name: "Elder", worldId: worldId(3) },
        thenSay: "enter Verdance",
      },
    ]);
    expect(heard(turn, 1)).toEqual(["movement: The air folds around you. You go on as Elder in Verdance."]);
    expect(heard(turn, 2)).toEqual(["departure: Ana 1 leaves."]);
  });

  test("by one's own character there is a journey, not a switch", () => {
    const turn = hall().say(1, "enter verdance", { destination: { world: verdance, own: person(1) } });
    expect([happened(turn), turn.switches]).toEqual([["departed"], []]);
  });

  test.each([
    ["enter", {}, "error: Enter what? Try `enter west`, or `worlds` for what there is."],
    ["enter east", {}, "error: The east portal is dark. Nothing lies behind it yet."],
    [
      "enter narnia",
      { destination: null },
      'error: There is no portal or world "narnia" here. `worlds` lists what there is.',
    ],
    ["enter hall", { destination: { world: summary(1), own: null } }, "error: You are in Hall already."],
    ["lobby", { destination: null }, "error: The way to the lobby is closed for now. Try again in a moment."],
  ])("%j is refused", (text, facts, answer) => {
    const turn = hall().say(1, text, facts);
    expect([heard(turn, 1), happened(turn)]).toEqual([[answer], []]);
  });

  test("to the lobby from the lobby is no way at all", () => {
    const s = stage({ place: { id: lobbyWorldId } });
    s.enter(1, { worldId: lobbyWorldId });
    expect(heard(s.say(1, "hub"), 1)).toEqual(["info: You are in the lobby already."]);
  });

  test("as a watcher is noticed by nobody", () => {
    const s = hall();
    s.enter(3, watcher);
    const turn = s.say(3, "enter west", { destination: { world: verdance, own: null } });
    expect([heard(turn, 1), heard(turn, 2)]).toEqual([[], []]);
  });
});

test("a player who was away longer is rested by so much", () => {
  const s = stage();
  s.enter(1, { stamina: 10, lastPlayedAtMs: startMs - 10_000 });
  expect(s.scene().gameMs).toBeGreaterThan(0);
  expect(s.enter(1, {}).tellings[0]).toMatchObject({
    tell: { kind: "state", state: { stamina: 35, maxStamina: 500 } },
  });
});
