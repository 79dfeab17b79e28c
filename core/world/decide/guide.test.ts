import { describe, expect, test } from "vitest";
import { happened, heard, stage, watcher } from "#tests/support/stage.ts";
import { lobbyWorldId, sphereWorldId } from "../../lib/ids.ts";
import { readyMadeWorlds } from "../seeds.ts";
import type { InputId } from "../../lib/ids.ts";
import type { InputOf } from "../../protocol/world-input.ts";

const newcomer = { lastPlayedAtMs: null, worldId: lobbyWorldId, homeWorldId: lobbyWorldId };
const hints = (turn: ReturnType<ReturnType<typeof stage>["say"]>) =>
  heard(turn, 1).filter((text) => text.startsWith("system: Guide:"));
const about = (text: string) => /`(\w+)/u.exec(text)?.[1] ?? text;

function lobby() {
  const s = stage({ place: { id: lobbyWorldId } });
  return { s, first: s.enter(1, newcomer) };
}

describe("the guide", () => {
  test("meets who plays for the first time with one hint, and says how to be rid of it", () => {
    const { first } = lobby();
    expect(hints(first)).toEqual([
      "system: Guide: Say `look` to hear what is around you; `look north` and `look me` work, too. `guide next` goes on to the next hint, `guide off` ends them.",
    ]);
    expect(happened(first)).toEqual(["began", "entered"]);
  });

  test("leads through the lobby and then through a world, a hint for each step that was done", () => {
    const { s } = lobby();
    const told = ["look", "north", "say hello", "look statue"].map((text) => hints(s.say(1, text)).map(about));
    expect(told).toEqual([["north"], ["say"], ["look"], ["enter"]]);
    const leaving = s.say(1, "enter west", {
      destination: { world: { id: sphereWorldId, name: "Verdance", shape: "spherical", theme: "" }, own: null },
    });
    expect(hints(leaving)).toEqual([]);
    const message = [...s.world.state.outbound.values()][0]!.input as InputOf<"arrive">;
    const there = stage({ spec: readyMadeWorlds[1]!.spec });
    expect(hints(there.give(message)).map(about)).toEqual(["weather"]);
    expect(["time", "inventory", "map"].map((text) => hints(there.say(1, text)).map(about))).toEqual([
      ["get"],
      ["map"],
      ["help"],
    ]);
    expect(there.body(1)!.life!.guide).toMatchObject({ isOn: false });
    expect(hints(there.say(1, "map"))).toEqual([]);
  });

  test("tells no hint twice, whoever comes and goes, unless asked", () => {
    const { s } = lobby();
    s.say(1, "enter west", {
      destination: { world: { id: sphereWorldId, name: "Verdance", shape: "spherical", theme: "" }, own: null },
    });
    const message = [...s.world.state.outbound.values()][0]!.input as InputOf<"arrive">;
    const back = { ...message, id: "back" as InputId, traveller: { ...message.traveller, travels: 9 } };
    expect(hints(s.give(back))).toEqual([]);
    expect(hints(s.say(1, "guide")).map(about)).toEqual(["look"]);
    expect(["look", "look", "look"].map((text) => hints(s.say(1, text)).length)).toEqual([1, 0, 0]);
  });

  test("takes steps in any order, and a refused one for none", () => {
    const { s } = lobby();
    expect(hints(s.say(1, "look dragon"))).toEqual([]);
    expect(hints(s.say(1, "say hello"))).toEqual([]);
    expect(hints(s.say(1, "look")).map(about)).toEqual(["north"]);
    expect(hints(s.say(1, "n")).map(about)).toEqual(["look"]);
  });

  test("can be skipped, turned off and begun anew", () => {
    const { s } = lobby();
    expect(hints(s.say(1, "guide next")).map(about)).toEqual(["north"]);
    const off = s.say(1, "guide off");
    expect([happened(off), heard(off, 1)]).toEqual([
      ["guided"],
      ["system: The guide is off. `guide on` begins it anew, and `help` is always there."],
    ]);
    expect(happened(s.say(1, "guide off"))).toEqual([]);
    expect(hints(s.say(1, "north"))).toEqual([]);
    expect(heard(s.say(1, "guide"), 1)).toEqual(["system: The guide is off. `guide on` begins it anew."]);
    expect(hints(s.say(1, "guide on")).map(about)).toEqual(["look"]);
    expect(heard(s.say(1, "guide away"), 1)[0]).toMatch(/^error: Say `guide`/u);
  });

  test("leaves those alone who have played before, and watchers", () => {
    const s = stage({ place: { id: lobbyWorldId } });
    expect(hints(s.enter(1, { worldId: lobbyWorldId }))).toEqual([]);
    expect(hints(s.say(1, "look"))).toEqual([]);
    const other = stage({ place: { id: lobbyWorldId } });
    expect(hints(other.enter(1, { ...newcomer, ...watcher }))).toEqual([]);
  });
});
