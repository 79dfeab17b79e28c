import fc from "fast-check";
import { expect, test } from "vitest";
import { characterId, userId, worldId } from "#tests/support/records.ts";
import { online, person, stage, watcher } from "#tests/support/stage.ts";
import { frameOf } from "#workers/world/frames.ts";
import type { CharacterId, ConnectionId, InputId } from "../lib/ids.ts";
import type { NewEvent, StoredEvent, StoredSnapshot } from "../ports/world-log.ts";
import type { WorldInput } from "../protocol/world-input.ts";
import type { Turn, TurnInput } from "./advance.ts";
import { lingerMs } from "./decide/presence.ts";
import { type LiveWorld, liveWorld } from "./evolve.ts";
import { fromSnapshot, fromStored, hashOf, toSnapshot, toStored } from "./stored.ts";
import { appliedMax, recentCommandIdsMax } from "./model.ts";

const hostile = [
  "<img src=x onerror=alert(1)>",
  "\u0000\u001b[31m\u202e",
  "‮evil",
  "\ud800",
  "a\nb",
  "__proto__",
  "𝕎".repeat(40),
];
const who = fc.integer({ min: 1, max: 5 });
const words = fc.oneof(
  fc.constantFrom(
    "north",
    "se 1",
    "run w",
    "look",
    "map",
    "time",
    "face s",
    "who",
    "help",
    "worlds",
    "reply hi",
    "dance",
  ),
  fc.constantFrom("enter west", "enter north", "lobby"),
  fc.constantFrom(...hostile).map((text) => `say ${text}`),
  fc.constantFrom(...hostile).map((text) => `tell player3 ${text}`),
  fc.constantFrom(...hostile).map((text) => `:${text}`),
  fc.constantFrom(...hostile),
  fc.constantFrom('whisper "Ana 2" hm', "shout hey", "tell player9 far away", "look at <b>"),
);

/** One thing that happens, as a recipe: ids come from its place, so that the same history is the same inputs. */
type Step =
  | { kind: "connect"; who: number; isV1: boolean }
  | { kind: "part"; who: number; mayReturn: boolean }
  | { kind: "say"; who: number; text: string; named: boolean; hasOwn: boolean }
  | { kind: "arrive"; who: number; travels: number }
  | { kind: "hear"; who: number; text: string }
  | { kind: "settle"; nth: number }
  | { kind: "again"; back: number }
  | { kind: "wait"; ms: number };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("connect" as const), who, isV1: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("part" as const), who, mayReturn: fc.boolean() }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("say" as const),
      who,
      text: words,
      named: fc.boolean(),
      hasOwn: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("arrive" as const), who, travels: fc.integer({ min: 1, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("hear" as const), who, text: fc.constantFrom(...hostile) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("settle" as const), nth: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("again" as const), back: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), ms: fc.constantFrom(100, 60_000, lingerMs) }),
  },
);
const history = fc.array(step, { minLength: 1, maxLength: 40 });

/** Plays a history in turns of up to three inputs. */
function play(steps: readonly Step[]): { world: LiveWorld; turns: Turn[] } {
  const s = stage();
  const turns: Turn[] = [];
  let batch: TurnInput[] = [];
  const all: TurnInput[] = [];
  const flush = () => {
    turns.push(s.play(...batch));
    batch = [];
  };
  steps.forEach((one, i) => {
    if (one.kind === "wait") {
      flush();
      return s.wait(one.ms);
    }
    const next = one.kind === "again" ? all.at(-one.back) : inputOf(s.world, one, `i${i}` as InputId, i);
    if (next === undefined) return;
    all.push(next);
    if (batch.push(next) === 3) flush();
  });
  flush();
  return { world: s.world, turns };
}

function inputOf(world: LiveWorld, one: Exclude<Step, { kind: "wait" | "again" }>, id: InputId, i: number): TurnInput {
  if (one.kind === "settle") {
    const messageId = [...world.state.outbound.keys()][one.nth] ?? id;
    return { input: { type: "settled", id, messageId }, facts: {} };
  }
  const socket = { id, connectionId: `socket-${one.who}` as ConnectionId, characterId: characterId(one.who) };
  const row = person(one.who, { ...(one.who === 5 && watcher), name: `Ana <${one.who}>\u202e` });
  const input = ((): WorldInput => {
    switch (one.kind) {
      case "connect":
        return { ...socket, type: "connected", userId: userId(one.who), protocol: one.isV1 ? "v1" : "legacy" };
      case "part":
        return { ...socket, type: "disconnected", mayReturn: one.mayReturn };
      case "say":
        return { ...socket, type: "command", number: 0, text: one.text, ...(one.named && { commandId: `c${i % 7}` }) };
      case "hear": {
        const sender = { characterId: "far" as CharacterId, userId: userId(9), name: "<Far>" };
        return { type: "hear", id, fromWorldId: worldId(2), toCharacterId: socket.characterId, sender, text: one.text };
      }
      case "arrive": {
        const { species, role, name, appearance, description, isFlying, homeWorldId } = row;
        const more = { species, role, name, appearance, description, isFlying, homeWorldId };
        const ids = { characterId: socket.characterId, userId: userId(one.who), travels: one.travels };
        const traveller = { ...more, ...ids, attributes: row.attributes && { ...row.attributes }, stamina: 77 };
        return { type: "arrive", id, fromWorldId: worldId(2), traveller };
      }
    }
  })();
  const world2 = { id: worldId(2), name: "<Verdance>", shape: "spherical", theme: "<green>" };
  const own = "hasOwn" in one && one.hasOwn ? person(50 + one.who, { name: "<Elder>" }) : null;
  const others = [online(3, { characterName: "<Ana>" }), online(9, { worldId: worldId(2) })];
  return { input, facts: { character: row, online: others, worlds: [world2], destination: { world: world2, own } } };
}

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const logOf = (turns: readonly Turn[]): StoredEvent[] =>
  throughJson<NewEvent[]>(turns.flatMap(({ events }) => events.map(toStored))).map((event, i) => ({
    ...event,
    version: i + 1,
  }));

function replay(log: readonly StoredEvent[], from?: StoredSnapshot): LiveWorld {
  const world = liveWorld(from && fromSnapshot(from));
  for (const { event, metadata } of log.slice(world.state.version).map(fromStored)) world.apply(event, metadata);
  return world;
}

test("any history, read back from its log, from its start or from a snapshot anywhere, is the same world", () => {
  fc.assert(
    fc.property(history, fc.double({ min: 0, max: 1, noNaN: true }), (steps, share) => {
      const { world, turns } = play(steps);
      const log = logOf(turns);
      expect(log).toHaveLength(world.state.version);
      const whole = replay(log);
      expect(hashOf(whole.state)).toBe(hashOf(world.state));
      expect(whole.state).toEqual(world.state);

      const cut = Math.floor(share * log.length);
      const snapshot = throughJson(toSnapshot(replay(log.slice(0, cut)).state));
      expect(hashOf(replay(log, snapshot).state)).toBe(hashOf(world.state));
    }),
    { numRuns: 300 },
  );
});

test("any history, played twice, comes to the same events and the same words", () => {
  fc.assert(
    fc.property(history, (steps) => {
      expect(play(steps).turns).toEqual(play(steps).turns);
    }),
    { numRuns: 100 },
  );
});

test("whatever is said, worn as a name or sent from afar, no text of any frame has markup or a control character in it", () => {
  fc.assert(
    fc.property(history, (steps) => {
      for (const { tell } of play(steps).turns.flatMap(({ tellings }) => tellings)) {
        const frame = JSON.parse(frameOf(tell, "v1", { id: "0", atMs: 0 })) as { data: { text?: string } };
        const { text } = frame.data;
        if (text === undefined) continue;
        // oxlint-disable-next-line no-control-regex
        expect(text).not.toMatch(/[<>\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/u);
        expect(text.isWellFormed()).toBe(true);
      }
    }),
    { numRuns: 150 },
  );
});

test("markup in a name and in words is shown, not run", () => {
  const s = stage();
  s.enter(1, { name: "<i>Ana</i>" });
  const [telling] = s.say(1, "say <script>alert(1)</script>").tellings;
  const { data } = JSON.parse(frameOf(telling!.tell, "legacy", { id: "0", atMs: 0 })) as { data: { text: string } };
  expect(data.text).toBe('You say: "‹script›alert(1)‹/script›"');
  s.enter(2);
  const [arrival] = s.say(2, "look").tellings;
  expect(frameOf(arrival!.tell, "legacy", { id: "0", atMs: 0 })).toContain("‹i›Ana‹/i› is here.");
});

test("nobody is here twice, and whoever has left is no longer here", () => {
  fc.assert(
    fc.property(history, (steps) => {
      const { world, turns } = play(steps);
      const present = new Set<string>();
      for (const { event } of turns.flatMap(({ events }) => events)) {
        if (event.type === "entered") expect(present.has(event.body.id)).toBe(false);
        if (event.type === "entered" || event.type === "arrived") present.add(event.body.id);
        if (event.type === "left" || event.type === "departed") expect(present.delete(event.characterId)).toBe(true);
      }
      expect([...world.state.bodies.keys()].toSorted()).toEqual([...present].toSorted());
    }),
    { numRuns: 200 },
  );
});

test("a hash does not depend on the order of keys or of arrival, but on every value", () => {
  const [one, other] = [
    [1, 2],
    [2, 1],
  ].map((numbers) => {
    const s = stage();
    const inputs = new Map(numbers.map((number) => [number, { ...s.connected(number), id: "same" as InputId }]));
    for (const number of numbers) s.give(inputs.get(number)!, { character: person(number) });
    return s;
  });
  // The second of them met its input's id as applied already: both have one body less than they were given.
  expect([one!.world.state.bodies.size, other!.world.state.bodies.size]).toEqual([1, 1]);
  expect(hashOf(one!.world.state)).not.toBe(hashOf(other!.world.state));

  const { state } = one!.world;
  const turned = Object.fromEntries(Object.entries(state.clock).toReversed()) as typeof state.clock;
  expect(hashOf({ ...state, clock: turned })).toBe(hashOf(state));
  expect(hashOf({ ...state, clock: { ...state.clock, sinceGameMs: state.clock.sinceGameMs + 1 } })).not.toBe(
    hashOf(state),
  );
});

test("a snapshot that was tampered with is not built on", () => {
  const s = stage();
  s.enter(1);
  const snapshot = throughJson(toSnapshot(s.world.state)) as StoredSnapshot & { state: { bodies: { name: string }[] } };
  expect(hashOf(fromSnapshot(snapshot))).toBe(hashOf(s.world.state));
  snapshot.state.bodies[0]!.name = "Mallory";
  expect(() => fromSnapshot(snapshot)).toThrow("is damaged");
});

test("an event of a newer release is not guessed at", () => {
  const event = { version: 1, type: "danced", schemaVersion: 2, payload: {}, metadata: {} };
  expect(() => fromStored(event)).toThrow("was written by a newer release");
});

test("what is remembered to be recognised again is bounded, and the newest are kept", () => {
  const s = stage();
  s.enter(1);
  for (let i = 0; i < appliedMax + 10; i++) s.give(s.commanded(1, "say hi", `c${i}`));
  expect(s.world.state.applied.size).toBe(appliedMax);
  expect(s.body(1)!.recentCommandIds).toHaveLength(recentCommandIdsMax);
  expect(s.body(1)!.recentCommandIds.at(-1)).toBe(`c${appliedMax + 9}`);
});
