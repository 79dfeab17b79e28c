import { describe, expect, test } from "vitest";
import { characterId, characterRecord, userId, worldId } from "#tests/support/records.ts";
import { fieldSpec, happened, heard, metadataOf, stage } from "#tests/support/stage.ts";
import { type InputId, isUuid, lobbyWorldId } from "../../lib/ids.ts";
import type { Facts } from "../facts.ts";
import { bornBy } from "../input-id.ts";
import { wantedIn } from "./create.ts";

const here = { id: worldId(1), name: "Hall", shape: "flat", theme: "" };
const other = { id: worldId(2), name: "Hearthvale", shape: "flat", theme: "" };
const lobby = { id: lobbyWorldId, name: "Lobby", shape: "flat", theme: "" };
const to = (world: typeof here, own: NonNullable<Facts["destination"]>["own"] = null): Facts => ({
  destination: { world, own },
});
const ownThere = characterRecord(7, { name: "Mira", homeWorldId: other.id, worldId: other.id });

/** Ana 1 in a world of no statue. */
function setup(options: Parameters<typeof stage>[0] = { spec: fieldSpec }) {
  const s = stage(options);
  s.enter(1);
  return s;
}

test.each([
  ["world", { kind: "world" }],
  ["a world", { kind: "world" }],
  ["character Mira Elf", { kind: "character", name: "Mira", species: "Elf", world: null }],
  ['a character "Old Tom" Snow Elf', { kind: "character", name: "Old Tom", species: "Snow Elf", world: null }],
  [
    'character "Robin in Hood" Elf in Green Hills',
    { kind: "character", name: "Robin in Hood", species: "Elf", world: "Green Hills" },
  ],
  ['character Mira in "Hearthvale"', { kind: "character", name: "Mira", species: "", world: "Hearthvale" }],
  ["character in Hearthvale", { kind: "character", name: "", species: "", world: "Hearthvale" }],
  ["character Ingrid Inuit", { kind: "character", name: "Ingrid", species: "Inuit", world: null }],
  ["character", { kind: "character", name: "", species: "", world: null }],
  ["", null],
  ["trouble", null],
])("`create %s` is understood", (rest, wanted) => {
  expect(wantedIn(rest)).toEqual(wanted);
});

describe("create character", () => {
  test("wishes for somebody in the world where one is, and nothing is in the log", () => {
    const s = setup();
    const turn = s.say(1, "create character Mira Elf", to(here));
    expect([happened(turn), turn.births]).toEqual([
      [],
      [
        {
          inputId: "input-2",
          characterId: characterId(1),
          userId: userId(1),
          world: here,
          name: "Mira",
          species: "Elf",
          role: "player",
        },
      ],
    ]);
  });

  test("from elsewhere names the world", () => {
    const [birth] = setup().say(1, "create character Mira Elf in Hearthvale", to(other)).births;
    expect(birth).toMatchObject({ world: other, name: "Mira", species: "Elf" });
  });

  test("without a species asks as a client's own window does", () => {
    const turn = setup().say(1, "create character Mira", to(here));
    expect(turn.births).toEqual([]);
    expect(heard(turn, 1)).toEqual([
      "trigger_entry_options: Who will you be in Hall? Say `create character <name> <species>`. There are: Human, Dwarf, Elf.",
    ]);
    expect(metadataOf(turn, 1, "trigger_entry_options")).toEqual({ world_id: here.id });
  });

  test.each<[string, Facts, string]>([
    [
      "create character Mira Elf in Nowhere",
      { destination: null },
      'There is no world "Nowhere". `worlds` lists what there is.',
    ],
    [
      "create character Mira Elf in Lobby",
      to(lobby),
      "Everyone has somebody in the lobby already. Name another world.",
    ],
    [
      "create character Zoe Elf in Hearthvale",
      to(other, ownThere),
      "You have a character in Hearthvale already: `enter Hearthvale` goes on as Mira.",
    ],
    ["create trouble", {}, "Create what? Say `create world`, or `create character <name> <species>`."],
  ])("`%s` is refused in words", (text, facts, words) => {
    const turn = setup().say(1, text, facts);
    expect([turn.births, heard(turn, 1)]).toEqual([[], [`error: ${words}`]]);
  });

  test("in the lobby asks for a world", () => {
    const s = stage({ place: { id: lobbyWorldId } });
    s.enter(1, { worldId: lobbyWorldId });
    expect(heard(s.say(1, "create character Mira Elf", to(lobby)), 1)[0]).toContain("In which world?");
  });

  test("done again after it was done makes the same one, and so says it again", () => {
    const s = setup();
    const input = s.commanded(1, "create character Mira Elf in Hearthvale");
    const made = { ...ownThere, id: bornBy(input.id) };
    const again = { ...input, id: `again:${input.id}` as InputId };
    expect(s.give(again, to(other, made)).births).toMatchObject([{ inputId: input.id, name: "Mira" }]);
    expect(bornBy(again.id)).toBe(made.id);
  });
});

describe("create world", () => {
  test("before the statue begins an interview", () => {
    const turn = setup({}).say(1, "create world");
    expect(turn.statue).toMatchObject([{ characterId: characterId(1), isReply: false, isOpening: true }]);
    expect(heard(turn, 1)).toEqual(['tell_self: You tell the statue: "I wish for a world."']);
  });

  test("elsewhere leads to the lobby, and whoever goes on as another says it there", () => {
    const s = setup();
    const own = characterRecord(8, { homeWorldId: lobbyWorldId, worldId: lobbyWorldId });
    expect(s.say(1, "create world", to(lobby, own)).switches).toMatchObject([
      { from: characterId(1), to: { characterId: own.id, worldId: lobbyWorldId }, thenSay: "create world" },
    ]);
  });

  test("elsewhere, as oneself, says what to do there", () => {
    const turn = setup().say(1, "create world", to(lobby));
    expect(happened(turn)).toEqual(["departed"]);
    expect(heard(turn, 1)[0]).toBe("system: Worlds begin at the statue in the lobby. Say `create world` before it.");
  });
});

describe("watcher", () => {
  test("makes one who watches, and goes there", () => {
    const turn = setup().say(1, "watcher Hearthvale", to(other));
    expect([happened(turn), turn.births]).toMatchObject([[], [{ world: other, role: "watcher", name: "Ana 1" }]]);
  });

  test("who has one goes on as that one", () => {
    const own = { ...ownThere, role: "watcher" as const, attributes: null };
    const turn = setup().say(1, "watcher Hearthvale", to(other, own));
    expect([turn.births, turn.switches]).toMatchObject([[], [{ to: { characterId: own.id }, thenSay: null }]]);
  });

  test.each<[string, Facts, string]>([
    ["watcher", {}, "Watch which world? Try `watcher Hearthvale`; `worlds` lists what there is."],
    ["watcher Nowhere", { destination: null }, 'There is no world "Nowhere". `worlds` lists what there is.'],
    ["watcher Lobby", to(lobby), "In the lobby nobody watches: `lobby` leads there."],
    ["watcher Hearthvale", to(other, ownThere), "You are somebody in Hearthvale: `enter Hearthvale` goes on as Mira."],
  ])("`%s` is refused in words", (text, facts, words) => {
    const turn = setup().say(1, text, facts);
    expect([turn.births, turn.switches, heard(turn, 1)]).toEqual([[], [], [`error: ${words}`]]);
  });

  test("who watches this world already is told so", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1, { role: "watcher", attributes: null, homeWorldId: here.id });
    const own = characterRecord(1, { role: "watcher", homeWorldId: here.id });
    expect(heard(s.say(1, "watcher Hall", to(here, own)), 1)).toEqual(["error: You watch Hall already."]);
  });
});

test("whom a command makes has an id of his own, the same for the same command", () => {
  const ids = ["a", "b", "c:1", "on3:a", "again2:on3:a"].map((id) => bornBy(id as InputId));
  expect(ids.every(isUuid)).toBe(true);
  expect(ids[0]).toBe("23030174-dc5e-845a-9681-1d6b32a06429");
  expect(new Set(ids)).toEqual(new Set(ids.slice(0, 3)));
});
