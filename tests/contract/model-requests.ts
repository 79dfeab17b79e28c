import { describe, expect, test, vi } from "vitest";
import type { ModelDelivery, ModelRequests, ModelRequestTaker } from "#core/ports/models.ts";
import type { LlmRequest, Priority } from "#core/protocol/llm.ts";

export type ModelRequestsSetup = AsyncDisposable & {
  readonly requests: ModelRequests;
  /** What it was given as its bound. */
  readonly keptMax: number;
  /** A process of its own on the same queue. */
  another(): Promise<ModelRequests>;
  /** The process of the newest `another` dies without a word. */
  kill(): Promise<void>;
};

export const modelRequest = (id: string, priority: Priority = "normal"): LlmRequest => ({
  id,
  kind: "npc",
  userId: "ann",
  priority,
  deadlineMs: 4e12,
  messages: [{ role: "user", content: `What is ${id}?` }],
  mode: "chat",
  outputTokensMax: 50,
  isStreamed: false,
});

/** A taker that keeps what it gets. */
function collect(requests: ModelRequests) {
  const deliveries: ModelDelivery[] = [];
  const lost: string[] = [];
  const taker: ModelRequestTaker = requests.take({
    deliver: (delivery) => deliveries.push(delivery),
    lost: ({ request }) => lost.push(request.id),
  });
  const ids = () => deliveries.map(({ request }) => request.id);
  return {
    deliveries,
    lost,
    taker,
    ids,
    has: (...expected: string[]) => vi.waitFor(() => expect(ids()).toEqual(expected), { interval: 5, timeout: 15_000 }),
    hasAll: (...expected: string[]) =>
      vi.waitFor(() => expect(ids().toSorted()).toEqual(expected.toSorted()), { interval: 5, timeout: 15_000 }),
  };
}

export function modelRequestsContract(name: string, setup: () => Promise<ModelRequestsSetup>): void {
  describe(`${name} keeps the promises of ModelRequests`, () => {
    test("what is added is delivered whole, once, and is the taker's", async () => {
      await using own = await setup();
      const taken = collect(own.requests);
      await own.requests.add(modelRequest("1"));
      await taken.has("1");
      expect(taken.deliveries[0]).toMatchObject({ request: modelRequest("1"), attempt: 1 });
      expect(taken.deliveries[0]!.isHeld()).toBe(true);
      taken.deliveries[0]!.done();
      expect(taken.deliveries[0]!.isHeld()).toBe(false);
      await taken.taker.stop();
    });

    test("what was added while nobody took is kept, however urgent it is", async () => {
      await using own = await setup();
      for (const [id, priority] of [
        ["1", "low"],
        ["2", "critical"],
        ["3", "normal"],
        ["4", "high"],
      ] as const)
        await own.requests.add(modelRequest(id, priority));
      const taken = collect(own.requests);
      await taken.hasAll("1", "2", "3", "4");
      for (const delivery of taken.deliveries) delivery.done();
      await taken.taker.stop();
    });

    test("six hundred one after the other come without a pause, however many a taker asks for at once", async () => {
      await using own = await setup();
      let taken = 0;
      const taker = own.requests.take({
        deliver(delivery) {
          taken += 1;
          delivery.done();
        },
        lost: () => {},
      });
      let longestMs = 0;
      for (let n = 0; n < 600; n++) {
        const startedMs = performance.now();
        await vi.waitFor(() => own.requests.add(modelRequest(`${n}`)), { interval: 2, timeout: 2_000 });
        await vi.waitFor(() => expect(taken).toBe(n + 1), { interval: 1, timeout: 10_000 });
        longestMs = Math.max(longestMs, performance.now() - startedMs);
      }
      expect(longestMs).toBeLessThan(2_000);
      await taker.stop();
    });

    test("the same id again is taken only once", async () => {
      await using own = await setup();
      const taken = collect(own.requests);
      for (let n = 0; n < 3; n++) await own.requests.add(modelRequest("1"));
      await own.requests.add(modelRequest("2"));
      await taken.has("1", "2");
      await taken.taker.stop();
    });

    test("of several takers each request has one, and both get some", async () => {
      await using own = await setup();
      const [a, b] = [collect(own.requests), collect(await own.another())];
      const taken = () => [...a.deliveries, ...b.deliveries];
      const added: string[] = [];
      // One by one: how a burst is split is the server's affair. And a taker may be a moment late to begin.
      while (a.ids().length === 0 || b.ids().length === 0) {
        const id = `${added.length}`;
        added.push(id);
        expect(added.length).toBeLessThan(500);
        await own.requests.add(modelRequest(id));
        await vi.waitFor(() => expect(taken().length).toBe(added.length), { interval: 1, timeout: 5_000 });
        for (const delivery of taken()) delivery.done();
      }
      expect([...a.ids(), ...b.ids()].toSorted()).toEqual(added.toSorted());
      await a.taker.stop();
      await b.taker.stop();
    });

    test("what is given back, and what a taker had when it stopped, goes to another at once; what was done does not", async () => {
      await using own = await setup();
      const first = collect(own.requests);
      for (const id of ["1", "2", "3"]) await own.requests.add(modelRequest(id));
      await first.has("1", "2", "3");
      const second = collect(await own.another());
      first.deliveries[0]!.done();
      first.taker.pause();
      first.deliveries[1]!.giveBack();
      await second.has("2");
      await first.taker.stop();
      await second.has("2", "3");
      expect(second.deliveries.every(({ attempt }) => attempt > 1)).toBe(true);
      await second.taker.stop();
    });

    test("one that dies loses what it had to another, within a bound", async () => {
      await using own = await setup();
      const dying = collect(await own.another());
      for (const id of ["1", "2"]) await own.requests.add(modelRequest(id));
      await dying.has("1", "2");
      dying.deliveries[0]!.done();
      // What is done must have been heard, or it would rightly come again.
      await new Promise((resolve) => setTimeout(resolve, 50));
      const other = collect(own.requests);
      await own.kill();
      await other.has("2");
      expect(other.deliveries[0]!.attempt).toBeGreaterThan(1);
      expect(dying.deliveries[1]!.isHeld()).toBe(false);
      await other.taker.stop();
    });

    test("who goes on working for longer than the lease keeps what he has", async () => {
      await using own = await setup();
      const slow = collect(own.requests);
      await own.requests.add(modelRequest("1"));
      await slow.has("1");
      const other = collect(await own.another());
      await new Promise((resolve) => setTimeout(resolve, 2_500));
      expect(other.ids()).toEqual([]);
      expect(slow.deliveries[0]!.isHeld()).toBe(true);
      expect(slow.lost).toEqual([]);
      await slow.taker.stop();
      await other.has("1");
      await other.taker.stop();
    });

    test("while paused nothing new is delivered, and afterwards it is", async () => {
      await using own = await setup();
      const taken = collect(own.requests);
      taken.taker.pause();
      await own.requests.add(modelRequest("1"));
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(taken.ids()).toEqual([]);
      taken.taker.resume();
      await taken.has("1");
      await taken.taker.stop();
    });

    test("one more than the bound is refused, and there is room when one is done", async () => {
      await using own = await setup();
      const taken = collect(own.requests);
      const ids = Array.from({ length: own.keptMax }, (_, n) => `${n}`);
      for (const id of ids) await own.requests.add(modelRequest(id));
      await expect(own.requests.add(modelRequest("more"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
      await taken.hasAll(...ids);
      taken.deliveries[0]!.done();
      await vi.waitFor(() => own.requests.add(modelRequest("more")), { interval: 20, timeout: 5_000 });
      await taken.taker.stop();
    });
  });
}
