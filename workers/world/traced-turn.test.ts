import { expect, test } from "vitest";
import type { Delivery } from "#core/ports/input-streams.ts";
import type { SpanOptions, Tracing } from "#core/ports/tracing.ts";
import { tracedTurn } from "./traced-turn.ts";

function setup() {
  const spans: [string, SpanOptions][] = [];
  const tracing: Tracing = {
    span: (name, options, work) => (spans.push([name, options]), work()),
    open: () => null,
    flush: async () => {},
  };
  let turns = 0;
  return { spans, tracing, turn: async () => void (turns += 1), turns: () => turns };
}

const delivery = (trace?: string) => ({ input: {}, ack() {}, ...(trace !== undefined && { trace }) }) as Delivery;
const sampled = (n: number) => `00-${"a".repeat(32)}-${String(n).padStart(16, "0")}-01`;
const unsampled = `00-${"b".repeat(32)}-${"1".repeat(16)}-00`;

test("a turn is part of the first trace that is recorded, and linked to the others", async () => {
  const { spans, tracing, turn, turns } = setup();
  await tracedTurn(tracing, [delivery(), delivery(unsampled), delivery(sampled(1)), delivery(sampled(2))], turn);
  expect(spans).toEqual([
    ["world turn", { parent: sampled(1), links: [sampled(2)], attributes: { "world.inputs": 4 } }],
  ]);
  expect(turns()).toBe(1);
});

test("a turn by time alone, of inputs without a trace, or without tracing, is just done", async () => {
  const { spans, tracing, turn, turns } = setup();
  await tracedTurn(tracing, [], turn);
  await tracedTurn(tracing, [delivery(), delivery(unsampled)], turn);
  await tracedTurn(undefined, [delivery(sampled(1))], turn);
  expect(spans).toEqual([]);
  expect(turns()).toBe(3);
});
