import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { userId } from "#tests/support/records.ts";
import { fieldSpec, person, stage } from "#tests/support/stage.ts";
import type { ClockChange } from "../protocol/world-input.ts";
import type { TurnInput } from "./advance.ts";
import { liveWorld } from "./evolve.ts";
import type { WorldState } from "./model.ts";
import { fromSnapshot, fromStored, hashOf, toSnapshot, toStored, type RecordedEvent } from "./stored.ts";

const throughJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

type Step =
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "clock"; readonly change: ClockChange }
  | { readonly kind: "stretch"; readonly stretch: number }
  | { readonly kind: "say"; readonly who: number; readonly text: string }
  | { readonly kind: "part"; readonly who: number }
  | { readonly kind: "join"; readonly who: number };

const who = fc.integer({ min: 1, max: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant("wait" as const),
    ms: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constant(100_000), fc.integer({ min: 1, max: 400_000_000 })),
  }),
  fc.record({
    kind: fc.constant("clock" as const),
    change: fc.oneof(
      fc.constantFrom<ClockChange>({ kind: "pause" }, { kind: "resume" }, { kind: "resume" }),
      fc.integer({ min: 100, max: 100_000 }).map((n): ClockChange => ({ kind: "dilation", dilation: n / 1000 })),
    ),
  }),
  fc.record({ kind: fc.constant("stretch" as const), stretch: fc.integer({ min: 2, max: 20 }).map((n) => n / 20) }),
  fc.record({
    kind: fc.constant("say" as const),
    who,
    text: fc.constantFrom(
      "north",
      "run se",
      "sneak w",
      "ne",
      "face up",
      "say hi",
      "look",
      "time",
      "world speed 3",
      "world pause",
    ),
  }),
  fc.record({ kind: fc.constant("part" as const), who }),
  fc.record({ kind: fc.constant("join" as const), who }),
);

const sphere = { ...fieldSpec, shape: "spherical", radiusM: 637_100, bounds: null } as const;

/** Plays it; where `savedAt` says so the world is saved and begun again from what was stored, by the snapshot or by the log alone. */
function play(
  steps: readonly Step[],
  options: { savedAt?: ReadonlySet<number>; isByLog?: boolean; spec?: typeof fieldSpec } = {},
) {
  const spec = options.spec ?? fieldSpec;
  let s = stage({ spec });
  const log: RecordedEvent[] = [];
  const states: { version: number; hash: string }[] = [];
  let passedMs = 0;
  steps.forEach((one, i) => {
    if (options.savedAt?.has(i)) {
      const state = options.isByLog ? replayed(log) : fromSnapshot(throughJson(toSnapshot(s.world.state)));
      s = stage({ spec, from: state });
      s.wait(passedMs);
    }
    if (one.kind === "wait") {
      s.wait(one.ms);
      passedMs += one.ms;
    }
    log.push(...s.play(...inputsOf(s, one, i)).events);
    states.push({ version: s.world.state.version, hash: hashOf(s.world.state) });
  });
  return { state: s.world.state, log, states };
}

function inputsOf(s: ReturnType<typeof stage>, one: Step, i: number): TurnInput[] {
  const id = `in-${i}` as TurnInput["input"]["id"];
  switch (one.kind) {
    case "wait":
      return [];
    case "clock":
      return [{ input: { type: "setClock", id, by: { userId: userId(1) }, change: one.change }, facts: {} }];
    case "stretch":
      return [{ input: { type: "stretch", id, stretch: one.stretch }, facts: {} }];
    case "say": {
      const facts = { standing: { ownerId: userId(1), isSandbox: false } };
      return [{ input: { ...s.commanded(one.who, one.text), id }, facts }];
    }
    case "join":
      return [{ input: { ...s.connected(one.who), id }, facts: { character: person(one.who) } }];
    case "part": {
      const { connectionId, characterId } = s.connected(one.who);
      return [{ input: { type: "disconnected", id, connectionId, characterId, mayReturn: true }, facts: {} }];
    }
  }
}

function replayed(log: readonly RecordedEvent[], until = Infinity): WorldState {
  const world = liveWorld();
  log.slice(0, until).forEach((recorded, i) => {
    const { event, metadata } = fromStored(throughJson({ ...toStored(recorded), version: i + 1 }));
    world.apply(event, metadata);
  });
  return world.state;
}

const joining: Step[] = [1, 2, 3].map((one) => ({ kind: "join", who: one }));
const history = fc.array(step, { minLength: 5, maxLength: 60 }).map((steps) => [...joining, ...steps]);
const runs = { numRuns: 60 };

describe("a world that is stopped and goes on", () => {
  test.each([false, true])("comes to the same state as if it had not been (from its log alone: %s)", (isByLog) => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(62), { minLength: 1, maxLength: 5 }), (steps, saves) => {
        const whole = play(steps);
        const stopped = play(steps, { savedAt: new Set(saves), isByLog });
        expect(withoutCatchUp(stopped.log)).toEqual(withoutCatchUp(whole.log));
        expect(hashOf(stopped.state)).toBe(hashOf(whole.state));
      }),
      runs,
    );
  });

  test("can be replayed to any version, and has its hash there", () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { log, states } = play(steps);
        for (const { version, hash } of states) expect(hashOf(replayed(log, version))).toBe(hash);
      }),
      { numRuns: Math.ceil(runs.numRuns / 4) },
    );
  });
});

test("no number with the last bits of a sine is stored: state and events hold whole thousandths only", () => {
  const turns = fc.array(step, { minLength: 20, maxLength: 60 }).map((steps) => [...joining, ...steps]);
  fc.assert(
    fc.property(turns, (steps) => {
      for (const spec of [fieldSpec, sphere]) {
        const { state, log } = play(steps, { spec });
        const odd = numbersIn([toSnapshot(state).state, log]).filter((n) => n !== Math.round(n * 1000) / 1000);
        expect(odd).toEqual([]);
      }
    }),
    { numRuns: Math.ceil(runs.numRuns / 2) },
  );
});

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.values(value).flatMap(numbersIn);
}

/** A world that was restarted makes up for a little more: from its last event, not from its last turn. */
const withoutCatchUp = (log: readonly RecordedEvent[]) => log.filter(({ event }) => event.type !== "caughtUp");
