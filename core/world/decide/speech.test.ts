import { describe, expect, test } from "vitest";
import type { InputId } from "#core/lib/ids.ts";
import { characterId, userId, worldId } from "#tests/support/records.ts";
import { fieldSpec, happened, heard, metadataOf, online, type Stage, stage, watcher } from "#tests/support/stage.ts";

const at = (x: number) => ({ position: { x, y: 0, z: 0 } });

/** Number 1 in the middle, and others so far to the east. */
function row(...distances: number[]): Stage {
  const s = stage({ spec: fieldSpec });
  s.enter(1, at(0));
  distances.forEach((distance, i) => s.enter(i + 2, at(distance)));
  return s;
}

describe("who hears what", () => {
  test.each([
    ["say hello", [0, 20, 20.001, 100], [true, true, false, false]],
    ["shout hello", [0, 20, 100, 100.001], [true, true, true, false]],
    ["emote waves", [0, 20, 20.001, 100], [true, true, false, false]],
  ])("%s", (text, distances, hears) => {
    const turn = row(...distances).say(1, text);
    expect(distances.map((_, i) => heard(turn, i + 2).length)).toEqual(hears.map(Number));
    expect(heard(turn, 1)).toHaveLength(1);
  });

  test.each([
    [5, "whisper_self"],
    [5.001, "error"],
  ])("a whisper over %d metres is answered with %s", (distance, type) => {
    const turn = row(distance).say(1, 'whisper "Ana 2" psst');
    expect(turn.tellings[0]).toMatchObject({ tell: { message: { type } } });
  });

  test("a whisper is heard by nobody else", () => {
    const turn = row(1, 1).say(1, 'whisper "Ana 2" psst');
    expect([heard(turn, 2), heard(turn, 3)]).toEqual([['whisper: Ana 1 whispers to you: "psst"'], []]);
  });

  test("a watcher hears everything and is heard, whispered to and seen by nobody", () => {
    const s = row(1);
    s.enter(3, { ...at(1), ...watcher });
    expect(heard(s.say(1, "say hello"), 3)).toEqual(['speech: Ana 1 says: "hello"']);
    for (const text of ["say hello", "shout hello", "emote waves", 'whisper "Ana 2" psst']) {
      const turn = s.say(3, text);
      expect([happened(turn), heard(turn, 1), heard(turn, 2)]).toEqual([[], [], []]);
      expect(heard(turn, 3)[0]).toMatch(/^error: You only watch here/);
    }
    expect(heard(s.say(1, 'whisper "Ana 3" psst'), 3)).toEqual([]);
  });
});

describe("what a frame says of speech", () => {
  test("the one who speaks and those who hear get the same, under different names", () => {
    const turn = row(1).say(1, "say hello");
    const said = { sender_id: characterId(1), sender_name: "Ana 1", message: "hello", manner: "say" };
    expect([metadataOf(turn, 1, "speech_self"), metadataOf(turn, 2, "speech")]).toEqual([said, said]);
  });

  test("a whisper and a tell also say to whom", () => {
    const s = row(1);
    const said = {
      sender_id: characterId(1),
      sender_name: "Ana 1",
      message: "hello",
      recipient_id: characterId(2),
      recipient: "Ana 2",
    };
    const whisper = s.say(1, 'whisper "Ana 2" hello');
    expect([metadataOf(whisper, 1, "whisper_self"), metadataOf(whisper, 2, "whisper")]).toEqual([said, said]);
    const tell = s.say(1, "tell player2 hello", { online: [online(2)] });
    expect([metadataOf(tell, 1, "tell_self"), metadataOf(tell, 2, "tell")]).toEqual([said, said]);
  });

  test("an emote names its source", () => {
    const turn = row(1).say(1, ":bows deeply");
    expect([heard(turn, 2), metadataOf(turn, 2, "emote")]).toEqual([["emote: Ana 1 bows deeply"], { source: "Ana 1" }]);
  });
});

describe("a tell", () => {
  test("to someone in another world becomes a message that is kept until it is confirmed", () => {
    const s = row();
    const turn = s.say(1, "tell player9 hello there", { online: [online(9, { worldId: worldId(2) })] });
    expect(heard(turn, 1)).toEqual(['tell_self: You tell Ana 9: "hello there"']);
    expect([...s.world.state.outbound.values()]).toMatchObject([
      {
        toWorldId: worldId(2),
        input: { type: "hear", fromWorldId: worldId(1), toCharacterId: characterId(9), text: "hello there" },
      },
    ]);
    const [messageId] = s.world.state.outbound.keys();
    s.give({ type: "settled", id: s.nextId(), messageId: messageId! });
    expect(s.world.state.outbound.size).toBe(0);
    expect(happened(s.give({ type: "settled", id: s.nextId(), messageId: messageId! }))).toEqual([]);
  });

  test("is answered by `reply`, here and from afar", () => {
    const s = row(1);
    s.say(1, "tell player2 hello", { online: [online(2)] });
    expect(heard(s.say(2, "reply hi", { online: [online(1)] }), 1)).toEqual(['tell: Ana 2 tells you: "hi"']);
    s.give({
      type: "hear",
      id: s.nextId(),
      fromWorldId: worldId(2),
      toCharacterId: characterId(1),
      sender: { characterId: characterId(8), userId: userId(8), name: "Ana 8" },
      text: "from afar",
    });
    expect(heard(s.say(1, "r yes?", { online: [online(8, { worldId: worldId(2) })] }), 1)).toEqual([
      'tell_self: You tell Ana 8: "yes?"',
    ]);
    expect(heard(s.say(1, "reply yes?", { online: [] }), 1)).toEqual(["error: Ana 8 is no longer online."]);
  });

  test("whose listener has gone on is sent after them, by this world from then on", () => {
    const s = row();
    const input = {
      type: "hear" as const,
      id: s.nextId(),
      fromWorldId: worldId(2),
      toCharacterId: characterId(7),
      sender: { characterId: characterId(8), userId: userId(8), name: "Ana 8" },
      text: "wait",
    };
    const turn = s.give(input, { onward: { worldId: worldId(3), characterId: characterId(7) } });
    const message = { ...input, id: `on1:${input.id}` as InputId, fromWorldId: s.place.id };
    expect([...s.world.state.outbound.values()]).toEqual([{ toWorldId: worldId(3), input: message }]);
    expect(turn.settle).toEqual([{ worldId: worldId(2), messageId: input.id }]);
  });

  test("that went after its listener and came here again as well is heard once, also where both have moved on", () => {
    const [here, there] = [row(1), row()];
    const hear = {
      type: "hear" as const,
      id: "tell:x" as InputId,
      fromWorldId: worldId(2),
      toCharacterId: characterId(1),
      sender: { characterId: characterId(8), userId: userId(8), name: "Ana 8" },
      text: "once",
    };
    expect(happened(here.give(hear))).toEqual(["heard"]);
    const { recentCommandIds } = here.body(1)!;
    const { id, userId: owner, attributes, ...body } = here.body(1)!;
    const traveller = {
      ...body,
      characterId: id,
      userId: owner,
      attributes: { ...attributes },
      stamina: 1,
      health: null,
      travels: 1,
    };
    there.give({
      type: "arrive",
      id: there.nextId(),
      fromWorldId: worldId(2),
      traveller: { ...traveller, recentCommandIds: [...recentCommandIds] },
    });
    expect(happened(there.give({ ...hear, id: "on1:tell:x" as InputId }))).toEqual([]);
  });

  test("means a username before a character's name, and says so where it could be several", () => {
    const s = row(1, 2);
    const [two, three] = [online(2, { characterName: "Kim" }), online(3, { characterName: "Kim", username: "kim" })];
    expect(heard(s.say(1, "tell Kim hi", { online: [two, three] }), 3)).toEqual(['tell: Ana 1 tells you: "hi"']);
    const others = [two, { ...three, username: "player3" }];
    expect(heard(s.say(1, "tell Kim hi", { online: others }), 1)).toEqual([
      "error: There are several: player2 and player3. Use the player's own name.",
    ]);
  });

  test.each([
    ["tell", "error: Tell what to whom? Try `tell Ana hello`."],
    ["tell Ana", "error: Tell what to whom? Try `tell Ana hello`."],
    ["tell Nobody hi", 'error: Nobody called "Nobody" is online.'],
    ["reply hi", "error: Nobody has told you anything yet."],
    ["say", "error: What do you want to say?"],
    ["say \u0000\u202e ", "error: What do you want to say?"],
    ["whisper", "error: Whisper what to whom? Try `whisper Ana hello`."],
    ["emote", "error: What do you do? Try `emote waves`."],
  ])("%j is refused", (text, answer) => {
    const s = row();
    const turn = s.say(1, text, { online: [] });
    expect([heard(turn, 1), happened(turn)]).toEqual([[answer], []]);
  });

  test("to oneself is not sent", () => {
    expect(heard(row().say(1, "tell player1 hi", { online: [online(1)] }), 1)).toEqual([
      "error: You talk to yourself for a while.",
    ]);
  });

  test("to the statue does not reach a player, and one to a player whose name begins as the statue's does", () => {
    const s = stage();
    s.enter(1);
    expect(heard(s.say(1, "tell statue hi", { online: [] }), 1)).toEqual([`tell_self: You tell the statue: "hi"`]);
    const mar = online(2, { username: "mar", worldId: worldId(2) });
    expect(heard(s.say(1, "tell mar hi", { online: [mar] }), 1)).toEqual(['tell_self: You tell Ana 2: "hi"']);
  });
});
