import { describe, expect, test } from "vitest";
import { characterId, userId, worldId } from "#tests/support/records.ts";
import { fieldSpec, happened, heard, online, person, type Stage, stage } from "#tests/support/stage.ts";
import { type InputId, sphereWorldId } from "../lib/ids.ts";
import type { InputOf } from "../protocol/world-input.ts";
import { lingerMs } from "./decide/presence.ts";
import { hashOf } from "./stored.ts";

const arrival = (s: Stage, number: number, travels = 1): InputOf<"arrive"> => {
  const { worldId: _w, hasArrived: _h, occupation: _o, createdAtMs: _c, lastPlayedAtMs: _l, ...row } = person(number);
  const { id, position: _p, orientation: _r, ...rest } = row;
  const traveller = { ...rest, attributes: { ...rest.attributes }, characterId: id, travels, stamina: 100 };
  return { type: "arrive", id: s.nextId(), fromWorldId: worldId(2), traveller };
};
const gone = (s: Stage, number: number, mayReturn: boolean): InputOf<"disconnected"> => {
  const { connectionId, characterId: id } = s.connected(number);
  return { type: "disconnected", id: s.nextId(), connectionId, characterId: id, mayReturn };
};
const kinds = (turn: ReturnType<Stage["play"]>, number: number) =>
  turn.tellings.filter(({ to }) => to === characterId(number)).map(({ tell }) => tell.kind);

describe("what is delivered again", () => {
  test("changes nothing, whatever it was, and is told to nobody else", () => {
    const s = stage({ spec: fieldSpec });
    const inputs = [
      { input: s.connected(1), facts: { character: person(1) } },
      { input: s.connected(2), facts: { character: person(2) } },
      { input: s.commanded(1, "north"), facts: {} },
      { input: s.commanded(1, "say hi"), facts: {} },
      { input: s.commanded(1, "tell player9 hi"), facts: { online: [online(9, { worldId: worldId(2) })] } },
      { input: arrival(s, 3), facts: {} },
      { input: gone(s, 2, true), facts: {} },
    ];
    s.play(...inputs);
    const hash = hashOf(s.world.state);
    const again = s.play(...inputs);
    expect([again.events, again.characters, again.absent, again.switches]).toEqual([[], [], [], []]);
    expect(hashOf(s.world.state)).toBe(hash);
    // What may have been lost with the last owner: who came is shown everything, and messages are confirmed.
    expect([1, 2, 3].map((number) => kinds(again, number))).toEqual([1, 2, 3].map(() => ["state", "message", "map"]));
    expect(again.settle).toHaveLength(1);
  });

  test("under the client's own name for it does not run again, in this world or the next", () => {
    const s = stage({ spec: fieldSpec });
    s.enter(1);
    s.give(s.commanded(1, "north", "mine"));
    expect(happened(s.give(s.commanded(1, "north", "mine")))).toEqual([]);
    expect(happened(s.give(s.commanded(1, "north", "other")))).toEqual(["moved"]);

    const next = stage({ spec: fieldSpec });
    next.give({ ...arrival(next, 1), traveller: { ...arrival(next, 1).traveller, recentCommandIds: ["mine"] } });
    expect(happened(next.give(next.commanded(1, "north", "mine")))).toEqual([]);
  });

  test("is a traveller only once, and never an older one", () => {
    const s = stage();
    expect(happened(s.give(arrival(s, 1, 3))).at(-1)).toBe("arrived");
    for (const travels of [3, 2]) {
      const turn = s.give(arrival(s, 1, travels));
      expect([turn.events, turn.settle.length]).toEqual([[], 1]);
    }
    expect(happened(s.give(arrival(s, 1, 4)))).toEqual(["arrived"]);
  });

  test.each([
    ["has gone on since", { travels: 2, hasArrived: false }, 0],
    ["was taken in and has left", { travels: 1, hasArrived: true }, 0],
    ["is expected", { travels: 1, hasArrived: false }, 1],
    ["has a row that lags", { travels: 0, hasArrived: true }, 1],
  ])("or somebody who %s", (_name, row, bodies) => {
    const s = stage();
    const turn = s.give(arrival(s, 1, 1), { character: person(1, row) });
    expect([s.world.state.bodies.size, turn.settle.length]).toEqual([bodies, 1]);
  });
});

describe("who is not here", () => {
  test("is reported with what was meant for them, and nothing happens", () => {
    const s = stage();
    const command = s.commanded(7, "north");
    const turn = s.give(command);
    expect([turn.absent, turn.events.slice(1), turn.tellings]).toEqual([[command], [], []]);
  });

  test("and says something after having left in the same turn is followed by it: from then on that is a message of this world", () => {
    const s = stage();
    s.enter(1);
    const [enter, ahead] = [s.commanded(1, "enter west"), s.commanded(1, "say hello")];
    const world = { id: sphereWorldId, name: "Verdance", shape: "spherical", theme: "" };
    const turn = s.play({ input: enter, facts: { destination: { world, own: null } } }, { input: ahead, facts: {} });
    const message = { ...ahead, id: `on1:${ahead.id}` as InputId, fromWorldId: s.place.id };
    expect([happened(turn), turn.absent]).toEqual([["departed", "messageSent"], []]);
    expect(s.world.state.outbound.get(message.id)).toEqual({ toWorldId: sphereWorldId, input: message });
  });

  test("and has sent a command on once sends it no second time, whoever is here when it comes again, and does not do it", () => {
    const s = stage();
    const command = s.commanded(1, "say hello");
    const onward = { worldId: worldId(2), characterId: characterId(1) };
    expect(happened(s.give(command, { onward })).slice(1)).toEqual(["messageSent"]);
    expect(s.give(command, { onward }).events).toEqual([]);
    s.enter(1);
    expect(s.give(command)).toMatchObject({ events: [], tellings: [], absent: [] });
  });

  test("takes over what another world sends on, tells that world so each time it comes, and does it once", () => {
    const s = stage();
    s.enter(1);
    const [plain, fromWorldId] = [s.commanded(1, "say hello"), worldId(2)];
    const command = { ...plain, id: `on1:${plain.id}` as InputId, fromWorldId };
    const settle = [{ worldId: fromWorldId, messageId: command.id }];
    const [first, again] = [s.give(command), s.give(command)];
    expect([happened(first), first.settle]).toEqual([["spoke"], settle]);
    expect([happened(again), again.settle]).toEqual([[], settle]);
  });

  test("does what was taken of him all the same when his socket is gone: he comes for it, and leaves again", () => {
    const s = stage();
    s.enter(2);
    const turn = s.give(s.commanded(1, "say hello"), { character: person(1) });
    expect(happened(turn)).toEqual(["entered", "spoke", "left"]);
    expect(s.world.state.bodies.has(characterId(1))).toBe(false);
  });

  test("and connects is elsewhere, or on the way, or nobody", () => {
    const s = stage();
    const elsewhere = s.connected(1);
    expect(s.give(elsewhere, { character: person(1, { worldId: worldId(2) }) }).absent).toEqual([elsewhere]);
    const onTheWay = s.give(s.connected(1), { character: person(1, { hasArrived: false }) });
    const nobody = s.give(s.connected(1), { character: null });
    for (const turn of [onTheWay, nobody]) expect([turn.absent, turn.tellings, turn.events]).toEqual([[], [], []]);
  });

  test("because a switch was begun and perhaps not finished is reported again; a journey is not", () => {
    const begun = (own: ReturnType<typeof person> | null) => {
      const s = stage();
      s.enter(1);
      const input = s.commanded(1, "enter west");
      const world = { id: sphereWorldId, name: "Verdance", shape: "spherical", theme: "" };
      s.give(input, { destination: { world, own } });
      return s.give(input).absent.length;
    };
    expect([begun(person(8)), begun(null)]).toEqual([1, 0]);
  });
});

describe("a broken link", () => {
  test("is kept for a while; then the character leaves, and those who see it are told", () => {
    const s = stage();
    s.enter(1);
    s.enter(2);
    expect(happened(s.give(gone(s, 1, true)))).toEqual(["linkLost"]);
    s.wait(lingerMs - 1);
    expect(happened(s.play())).toEqual([]);
    s.wait(1);
    const turn = s.play();
    expect(turn.events).toMatchObject([{ event: { type: "left", reason: "lost" } }]);
    expect(heard(turn, 2)).toEqual(["departure: Ana 1 leaves."]);
    expect(turn.characters).toMatchObject([{ id: characterId(1), worldId: worldId(1), hasArrived: true }]);
  });

  test("that is reported twice is lost only once, so that it does not linger longer", () => {
    const s = stage();
    s.enter(1);
    s.give(gone(s, 1, true));
    s.wait(lingerMs - 1);
    s.give(gone(s, 1, true));
    s.wait(1);
    expect(happened(s.play())).toEqual(["left"]);
  });

  test("that comes back in time is noticed by nobody", () => {
    const s = stage();
    s.enter(1);
    s.enter(2);
    s.give(gone(s, 1, true));
    s.wait(lingerMs - 1);
    const back = s.give(s.connected(1, "v1"));
    expect([happened(back), back.tellings]).toEqual([["linkRestored"], []]);
    s.wait(lingerMs);
    expect(happened(s.play())).toEqual([]);
  });

  test("of somebody who says goodbye is a farewell at once", () => {
    const s = stage();
    s.enter(1);
    expect(s.give(gone(s, 1, false)).events).toMatchObject([{ event: { type: "left", reason: "quit" } }]);
  });
});

describe("a turn", () => {
  test("sends the state of exactly those it has changed", () => {
    const s = stage({ spec: fieldSpec });
    for (const number of [1, 2]) s.enter(number);
    const states = (text: string) => {
      const turn = s.say(1, text);
      return turn.tellings.filter(({ tell }) => tell.kind === "state").map(({ to }) => to);
    };
    expect([states("north"), states("say hi"), states("look"), states("north 0")]).toEqual([
      [characterId(1)],
      [],
      [],
      [],
    ]);
  });

  test("begins a new world at a morning, and time passes by the clock alone, by its dilation", () => {
    const s = stage({ spec: { ...fieldSpec, dilation: 60 } });
    expect(happened(s.play())).toEqual(["began"]);
    const before = s.scene().gameMs;
    s.wait(1000);
    expect(happened(s.play())).toEqual([]);
    expect(s.scene().gameMs - before).toBe(60_000);
  });

  test("answers a first visit and a later one alike, and knows which it was", () => {
    const s = stage();
    const first = s.enter(1, { lastPlayedAtMs: null });
    const later = s.enter(2, { lastPlayedAtMs: s.now() });
    expect([first, later].map(({ events }) => events.at(-1)!.event)).toMatchObject([
      { type: "entered", isFirstTime: true },
      { type: "entered", isFirstTime: false },
    ]);
    expect(heard(later, 1)).toEqual(["arrival: Ana 2 appears."]);
    expect(kinds(later, 2)).toEqual(["state", "message", "map", "state"]);
  });

  test("takes words from another world to the one they are for", () => {
    const s = stage();
    s.enter(1);
    const sender = { characterId: characterId(8), userId: userId(8), name: "Ana <8>" };
    const id = s.nextId();
    const turn = s.give({
      type: "hear",
      id,
      fromWorldId: worldId(2),
      toCharacterId: characterId(1),
      sender,
      text: "hi",
    });
    expect(heard(turn, 1)).toEqual(['tell: Ana <8> tells you: "hi"']);
    expect(turn.settle).toEqual([{ worldId: worldId(2), messageId: id }]);
    expect(s.body(1)!.replyTo).toEqual({ characterId: characterId(8), name: "Ana <8>" });
  });
});
