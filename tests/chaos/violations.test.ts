import { expect, test } from "vitest";
import type { CharacterId } from "#core/lib/ids.ts";
import type { WorldEvent } from "#core/world/model.ts";
import type { Witnessed } from "#tests/support/chaos-audit.ts";
import { type Evidence, violations } from "#tests/support/chaos-invariants.ts";

// The checker of every chaos test: each thing that must never be is told, and nothing else.

const ana = "ana" as CharacterId;
const body = { id: ana, userId: "user", position: { x: 5, y: 2, z: 0 } };
const entered = { type: "entered", body, isFirstTime: true } as unknown as WorldEvent;
const arrived = { type: "arrived", body, fromWorldId: "lobby" } as unknown as WorldEvent;
const left: WorldEvent = { type: "left", characterId: ana, reason: "quit" };
const spoke = (text: string): WorldEvent => ({ type: "spoke", characterId: ana, manner: "say", text });
const moved = (x: number) => ({ type: "moved", characterId: ana, position: { x, y: 2, z: 0 } }) as WorldEvent;

const fact = (version: number, event: WorldEvent, changes: Partial<Witnessed> = {}): Witnessed => ({
  position: version,
  worldId: "lobby",
  version,
  event,
  metadata: { atMs: 0 },
  writer: "north",
  owner: "north",
  fence: 1,
  ...changes,
});
const log = [fact(1, entered), fact(2, spoke("one")), fact(3, moved(6)), fact(4, spoke("two"))];
const good: Evidence = {
  log,
  hands: [{ worldId: "lobby", owner: "north", fence: 1, atMs: 0 }],
  promised: [
    {
      userId: "user",
      username: "Ana",
      spoken: [
        { line: "one", knew: 0 },
        { line: "two", knew: 1 },
      ],
      sentAgain: [],
      places: [
        { worldId: "lobby", x: 5, y: 2 },
        { worldId: "lobby", x: 6, y: 2 },
      ],
    },
  ],
  whereabouts: new Map([["ana", "lobby"]]),
  replays: [{ worldId: "lobby", version: 4, stored: "hash", replayed: "hash" }],
};
const promised = (changes: Partial<Evidence["promised"][number]>) => ({
  promised: [{ ...good.promised[0]!, ...changes }],
});
const taken = (fence: number, owner: string | null = "north") => ({ worldId: "lobby", owner, fence, atMs: 0 });

test("where everything holds, nothing is told", () => {
  expect(violations(good)).toEqual([]);
});

test("two lines that were under way at once may come in either order", () => {
  const spoken = ["two", "one"].map((line) => ({ line, knew: 0 }));
  expect(violations({ ...good, ...promised({ spoken }) })).toEqual([]);
});

test.each<[string, Partial<Evidence>, string]>([
  ["a gap", { log: [log[0]!, log[1]!, log[2]!, fact(5, spoke("two"))] }, "version 5 stands at place 4"],
  [
    "a stale writer",
    { log: [...log, fact(5, spoke("three"), { owner: "south", fence: 2 })] },
    "version 5 was written by north while south was the owner",
  ],
  [
    "a writer without a lease",
    { log: [...log, fact(5, spoke("three"), { owner: null, fence: null })] },
    "version 5 was",
  ],
  ["a fence that comes back in the log", { log: [...log, fact(5, spoke("three"), { fence: 0 })] }, "in its log"],
  ["a fence that comes back in the lease", { hands: [taken(2), taken(1)] }, "in its lease"],
  ["two owners with one fence", { hands: [taken(1), taken(1, null), taken(1, "south")] }, "had the same fence"],
  ["a line that is said twice", { log: [...log, fact(5, spoke("two"))] }, 'ana has said "two" twice'],
  [
    "a command that is done twice",
    {
      log: [
        fact(1, entered),
        fact(2, spoke("one")),
        ...[3, 4].map((version) => fact(version, moved(6), { metadata: { atMs: 0, actorId: ana, commandId: "c-1" } })),
        fact(5, spoke("two")),
      ],
    },
    "ana has done c-1 (moved) twice",
  ],
  ["a line that is lost", promised({ spoken: [{ line: "three", knew: 0 }] }), 'Ana was told "three", which is lost'],
  ["a line that is lost again", promised({ sentAgain: ["three"] }), 'Ana said "three" again, and it is lost'],
  [
    "a line that comes before what he knew",
    promised({
      spoken: [
        { line: "two", knew: 0 },
        { line: "one", knew: 1 },
      ],
    }),
    'Ana has said "one" before something that he had been told when he typed it',
  ],
  ["a place where nobody was", promised({ places: [{ worldId: "lobby", x: 9, y: 9 }] }), "was told to be at lobby 9 9"],
  [
    "somebody put back",
    promised({ places: [6, 5].map((x) => ({ worldId: "lobby", x, y: 2 })) }),
    "was told to be at lobby 5 2",
  ],
  ["somebody in two worlds", { log: [...log, fact(1, arrived, { worldId: "valley" })] }, "ana came to valley"],
  ["somebody who leaves where he is not", { log: [...log, fact(1, left, { worldId: "valley" })] }, "ana left valley"],
  ["tables that say otherwise", { whereabouts: new Map([["ana", "valley"]]) }, "the tables say in valley"],
  [
    "a replay that comes to something else",
    { replays: [{ worldId: "lobby", version: 4, stored: "hash", replayed: "other" }] },
    "the replay of version 4 is not what was stored",
  ],
])("%s is told", (_what, changes, text) => {
  expect(violations({ ...good, ...changes })).toContainEqual(expect.stringContaining(text));
});
