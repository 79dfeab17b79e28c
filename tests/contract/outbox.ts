import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CharacterId } from "#core/lib/ids.ts";
import { outboxFramesMax, type Outbox } from "#core/ports/outbox.ts";

export type OutboxSetup = AsyncDisposable & { readonly outbox: Outbox };

const ada = "11111111-1111-4111-8111-111111111111" as CharacterId;
const bea = "22222222-2222-4222-8222-222222222222" as CharacterId;
const nowMs = Date.UTC(2030, 0, 1);
const promisedMs = 120_000;

const framesOf = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, i) => ({ seq: first + i, frame: `frame ${first + i}` }));
const textsOf = (first: number, last: number) => framesOf(first, last).map(({ frame }) => frame);

export function outboxContract(name: string, setup: () => Promise<OutboxSetup>): void {
  describe(`${name} keeps the promises of Outbox`, () => {
    numberContract(setup);
    resumeContract(setup);
    historyContract(setup);
  });
}

function numberContract(setup: () => Promise<OutboxSetup>): void {
  test("frames are numbered from 1 for each character, and an append answers the first number", async () => {
    await using s = await setup();
    expect([await s.outbox.last(ada), await s.outbox.append(ada, textsOf(1, 3), nowMs)]).toEqual([0, 1]);
    expect([await s.outbox.append(ada, textsOf(4, 4), nowMs), await s.outbox.last(ada)]).toEqual([4, 4]);
    expect([await s.outbox.append(bea, ["hello"], nowMs), await s.outbox.last(bea)]).toEqual([1, 1]);
  });

  test("no frames take no numbers", async () => {
    await using s = await setup();
    expect([await s.outbox.append(ada, [], nowMs), await s.outbox.last(ada)]).toEqual([1, 0]);
    await s.outbox.append(ada, textsOf(1, 2), nowMs);
    expect([await s.outbox.append(ada, [], nowMs), await s.outbox.last(ada)]).toEqual([3, 2]);
  });

  test("appends that race get numbers of their own, each keeping its frames together", async () => {
    await using s = await setup();
    const firsts = await Promise.all(
      Array.from({ length: 20 }, (_, i) => s.outbox.append(ada, [`${i} first`, `${i} second`], nowMs)),
    );
    expect(firsts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => 1 + 2 * i));
    const kept = (await s.outbox.after(ada, 0, nowMs))!;
    for (const [i, first] of firsts.entries())
      expect(kept.slice(first - 1, first + 1).map(({ frame }) => frame)).toEqual([`${i} first`, `${i} second`]);
  });
}

function resumeContract(setup: () => Promise<OutboxSetup>): void {
  test("everything after a number comes back in order; after the last there is nothing, and that is an answer", async () => {
    await using s = await setup();
    await s.outbox.append(ada, textsOf(1, 5), nowMs);
    expect([
      await s.outbox.after(ada, 0, nowMs),
      await s.outbox.after(ada, 3, nowMs),
      await s.outbox.after(ada, 5, nowMs),
    ]).toEqual([framesOf(1, 5), framesOf(4, 5), []]);
  });

  test("after a number that was never given there is no answer", async () => {
    await using s = await setup();
    await s.outbox.append(ada, textsOf(1, 5), nowMs);
    expect([
      await s.outbox.after(ada, 6, nowMs),
      await s.outbox.after(bea, 1, nowMs),
      await s.outbox.after(bea, 0, nowMs),
    ]).toEqual([null, null, []]);
  });

  test("frames are there for two minutes, also while others follow", async () => {
    await using s = await setup();
    await s.outbox.append(ada, textsOf(1, 2), nowMs);
    await s.outbox.append(ada, textsOf(3, 3), nowMs + promisedMs);
    expect(await s.outbox.after(ada, 0, nowMs + promisedMs)).toEqual(framesOf(1, 3));
  });

  test("what is long gone is no answer, never a hole; what followed it, and the count, are still there", async () => {
    await using s = await setup();
    await s.outbox.append(ada, textsOf(1, 2), nowMs);
    await s.outbox.append(ada, textsOf(3, 4), nowMs + 600_000);
    expect([
      await s.outbox.after(ada, 1, nowMs + 600_000),
      await s.outbox.after(ada, 2, nowMs + 600_000),
      await s.outbox.after(ada, 2, nowMs + 1_200_000),
      await s.outbox.after(ada, 4, nowMs + 1_200_000),
      await s.outbox.append(ada, textsOf(5, 5), nowMs + 1_200_000),
    ]).toEqual([null, framesOf(3, 4), null, [], 5]);
  });

  test("at the bound the oldest frame makes room for the newest", async () => {
    await using s = await setup();
    await s.outbox.append(ada, textsOf(1, outboxFramesMax), nowMs);
    expect(await s.outbox.after(ada, 0, nowMs)).toEqual(framesOf(1, outboxFramesMax));
    await s.outbox.append(ada, textsOf(outboxFramesMax + 1, outboxFramesMax + 1), nowMs);
    expect([await s.outbox.after(ada, 0, nowMs), await s.outbox.after(ada, 1, nowMs)]).toEqual([
      null,
      framesOf(2, outboxFramesMax + 1),
    ]);
  });

  test("more frames at once than are kept: the last of them are", async () => {
    await using s = await setup();
    expect(await s.outbox.append(ada, textsOf(1, outboxFramesMax + 5), nowMs)).toBe(1);
    expect([await s.outbox.after(ada, 4, nowMs), await s.outbox.after(ada, 5, nowMs)]).toEqual([
      null,
      framesOf(6, outboxFramesMax + 5),
    ]);
  });
}

type Step = { readonly afterMs: number; readonly count: number };

function historyContract(setup: () => Promise<OutboxSetup>): void {
  const step: fc.Arbitrary<Step> = fc.record({
    afterMs: fc.oneof(fc.nat(1_000), fc.nat(200_000)),
    count: fc.oneof({ weight: 9, arbitrary: fc.nat(5) }, { weight: 1, arbitrary: fc.nat(700) }),
  });

  test("whatever the history, after(n) is exactly the frames after n or no answer, and an answer while they must be kept", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        await using s = await setup();
        const atMsOf: number[] = [];
        let atMs = nowMs;
        for (const { afterMs, count } of steps) {
          atMs += afterMs;
          await s.outbox.append(ada, textsOf(atMsOf.length + 1, atMsOf.length + count), atMs);
          for (let i = 0; i < count; i++) atMsOf.push(atMs);
        }
        const last = atMsOf.length;
        for (const after of asked(last)) {
          const answer = await s.outbox.after(ada, after, atMs);
          const isPromised = last - after <= outboxFramesMax && (after === last || atMs - atMsOf[after]! <= promisedMs);
          if (after <= last && (isPromised || answer !== null)) expect(answer).toEqual(framesOf(after + 1, last));
          else expect(answer).toBeNull();
        }
      }),
      { numRuns: 60 },
    );
  });
}

/** Numbers worth asking after: both ends, beyond them, and a spread between. */
function asked(last: number): number[] {
  const spread = Array.from({ length: 12 }, (_, i) => Math.round((last * i) / 12));
  return [...new Set([...spread, Math.max(0, last - 1), last, last + 1, last + 1_000])];
}
