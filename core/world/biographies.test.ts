import { describe, expect, test } from "vitest";
import { lobbyWorldId } from "../lib/ids.ts";
import { fromStoredBiography } from "../character/biography/stored.ts";
import { characterId, worldId } from "#tests/support/records.ts";
import { fieldSpec, person, type Stage, stage } from "#tests/support/stage.ts";
import { belongingsOf } from "./belongings-told.ts";
import { firstLife } from "./things/belongings.ts";
import { farM } from "./biographies.ts";

type Turn = ReturnType<Stage["play"]>;

/** What a turn adds to the stream of one character. */
const told = (turn: Turn, number = 1) =>
  turn.characters
    .filter(({ id }) => id === characterId(number))
    .flatMap(({ biography = [] }) => biography.map((event) => fromStoredBiography({ ...event, version: 0 })));
const types = (turn: Turn, number = 1) => told(turn, number).map(({ event }) => event.type);
const kit = belongingsOf(firstLife(person(1)));
const entrance = { world: { id: worldId(2), name: "Marsh", shape: "spherical", theme: "wet" }, own: null };

describe("the stream of a character", () => {
  test("has its coming and going, with where it was and the version of the world's event", () => {
    const s = stage({ spec: fieldSpec });
    const { position } = person(1);
    expect(told(s.enter(1, { lastPlayedAtMs: null }))).toEqual([
      {
        event: { type: "entered", worldId: worldId(1), position, isFirstTime: true, belongings: kit },
        metadata: { atMs: s.now(), worldVersion: s.world.state.version },
      },
    ]);
    s.say(1, "north");
    const { connectionId } = s.connected(1);
    const left = s.give({
      type: "disconnected",
      id: s.nextId(),
      connectionId,
      characterId: characterId(1),
      mayReturn: false,
    });
    expect(told(left).map(({ event }) => event)).toEqual([
      { type: "left", worldId: worldId(1), position: { ...position, y: position.y + 1 }, reason: "quit" },
    ]);
  });

  test("has a journey from both sides, and its count of travels", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1);
    const [{ event }] = told(s.say(1, "enter Marsh", { destination: entrance })) as [ReturnType<typeof told>[number]];
    expect(event).toMatchObject({ type: "departed", worldId: worldId(1), toWorldId: worldId(2), travels: 1 });

    const [message] = s.world.state.outbound.values();
    const marsh = stage({ spec: fieldSpec, place: { id: worldId(2) } });
    const arrived = told(marsh.give(message!.input)).map(({ event: each }) => each);
    expect(arrived).toMatchObject([{ type: "arrived", worldId: worldId(2), fromWorldId: worldId(1), travels: 1 }]);
    expect(told(marsh.give(message!.input))).toEqual([]);
  });

  test("has no steps, but that one has come far from where he was last seen", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { role: "watcher", attributes: null });
    expect(types(s.say(1, `north ${farM - 1}`))).toEqual([]);
    const far = s.say(1, "north");
    expect(told(far).map(({ event }) => event)).toEqual([
      { type: "movedFar", worldId: worldId(1), position: { x: 5, y: 2 + farM, z: 0 } },
    ]);
    expect([types(s.say(1, "south")), types(s.say(1, `north ${farM}`)), types(s.say(1, "south 300"))]).toEqual([
      [],
      [],
      ["movedFar"],
    ]);
  });

  test("who goes and comes in one turn has both, in order, and others have none of it", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1);
    s.enter(2);
    const turn = s.play(
      {
        input: s.commanded(1, "lobby"),
        facts: { destination: { ...entrance, world: { ...entrance.world, id: lobbyWorldId } } },
      },
      { input: s.commanded(2, "say hello"), facts: {} },
    );
    expect([types(turn, 1), types(turn, 2)]).toEqual([["departed"], []]);
  });
});
