import { describe, expect, test } from "vitest";
import * as z from "zod";
import { AppError } from "#core/lib/errors.ts";
import type { Bus } from "#core/ports/bus.ts";
import type { News, Rpc } from "#core/protocol/subjects.ts";

export type BusSetup = AsyncDisposable & {
  readonly bus: Bus;
  /** Lets this much time pass. */
  pass(ms: number): Promise<void>;
  /** Resolves when whatever was published has arrived. */
  quiet(): Promise<void>;
  /** Errors told to the log so far. */
  errorsLogged(): number;
};

const timeoutMs = 200;
const double: Rpc<{ n: number }, { n: number }> = {
  subject: "contract.double",
  input: z.object({ n: z.int().max(1000) }),
  output: z.object({ n: z.int().max(1000) }),
};
const greet: News<{ to: string }> = { subject: "contract.greet", message: z.object({ to: z.string().max(10) }) };

/** Settles as the failure of `promise`; an answer is a failure of the test. */
async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (answer) => expect.fail(`answered ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  );
}

export function busContract(name: string, setup: () => Promise<BusSetup>): void {
  describe(`${name} keeps the promises of Bus`, () => {
    requestContract(setup);
    failureContract(setup);
    serverContract(setup);
    newsContract(setup);
  });
}

function requestContract(setup: () => Promise<BusSetup>): void {
  test("a request is answered by the one who serves the subject", async () => {
    await using s = await setup();
    s.bus.serve(double, async ({ n }) => ({ n: n * 2 }));
    expect(await s.bus.request(double, { n: 21 }, { timeoutMs })).toEqual({ n: 42 });
  });

  test("many requests at once each get their own answer", async () => {
    await using s = await setup();
    s.bus.serve(double, async ({ n }) => ({ n: n * 2 }));
    const asked = Array.from({ length: 100 }, (_, n) => s.bus.request(double, { n }, { timeoutMs: 5_000 }));
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 100 }, (_, n) => ({ n: n * 2 })));
  });

  test("a handler does not run in the stack of the one who asks", async () => {
    await using s = await setup();
    let isServed = false;
    s.bus.serve(double, async ({ n }) => {
      isServed = true;
      return { n };
    });
    const answer = s.bus.request(double, { n: 1 }, { timeoutMs });
    expect(isServed).toBe(false);
    await answer;
    expect(isServed).toBe(true);
  });

  test("nothing is shared between the two sides: what one changes the other does not see", async () => {
    await using s = await setup();
    const tags: Rpc<{ tags: string[] }, { tags: string[] }> = {
      subject: "contract.tags",
      input: z.object({ tags: z.array(z.string()) }),
      output: z.object({ tags: z.array(z.string()) }),
    };
    const kept = { tags: ["kept"] };
    s.bus.serve(tags, async (input) => {
      input.tags.push("changed by the server");
      return kept;
    });
    const sent = { tags: ["sent"] };
    const answer = await s.bus.request(tags, sent, { timeoutMs });
    answer.tags.push("changed by the one who asked");
    expect([sent, kept]).toEqual([{ tags: ["sent"] }, { tags: ["kept"] }]);
  });

  test("what the schema does not know does not cross, in either direction", async () => {
    await using s = await setup();
    const received: unknown[] = [];
    s.bus.serve(double, async (input) => {
      received.push(input);
      return { n: 1, secret: "hash" };
    });
    const input = { n: 1, extra: true };
    expect([await s.bus.request(double, input, { timeoutMs }), received]).toEqual([{ n: 1 }, [{ n: 1 }]]);
  });
}

function failureContract(setup: () => Promise<BusSetup>): void {
  test("an input that does not fit the schema is INVALID_INPUT, names the place, and never reaches the handler", async () => {
    await using s = await setup();
    let calls = 0;
    s.bus.serve(double, async ({ n }) => ({ n: n + ++calls }));
    const error = await failureOf(s.bus.request(double, { n: 0.5 }, { timeoutMs }));
    expect(error).toMatchObject({ code: "INVALID_INPUT", details: [{ path: "n" }] });
    expect(calls).toBe(0);
  });

  test("an answer that does not fit the schema is INTERNAL and is logged", async () => {
    await using s = await setup();
    s.bus.serve(double, async ({ n }) => ({ n: n * 2 }));
    const error = await failureOf(s.bus.request(double, { n: 999 }, { timeoutMs }));
    expect(error).toMatchObject({ code: "INTERNAL", details: undefined });
    expect(s.errorsLogged()).toBe(1);
  });

  test("an AppError keeps its code, words, details and time to retry, and nothing of its cause", async () => {
    await using s = await setup();
    const details = [{ path: "n", message: "too odd" }];
    s.bus.serve(double, () =>
      Promise.reject(new AppError("RATE_LIMITED", "Slower.", { details, retryAfterS: 7, cause: new Error("inside") })),
    );
    const error = await failureOf(s.bus.request(double, { n: 1 }, { timeoutMs }));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: "RATE_LIMITED", message: "Slower.", details, retryAfterS: 7 });
    expect((error as AppError).cause).toBeUndefined();
    expect(s.errorsLogged()).toBe(0);
  });

  test("an unknown error is INTERNAL without a word of the inside, and is logged once", async () => {
    await using s = await setup();
    s.bus.serve(double, () => Promise.reject(new Error("password=hunter2")));
    const error = await failureOf(s.bus.request(double, { n: 1 }, { timeoutMs }));
    expect(error).toMatchObject({ code: "INTERNAL", details: undefined });
    expect(String(error)).not.toContain("hunter2");
    expect(s.errorsLogged()).toBe(1);
  });

  test("a handler that throws before it promises anything is INTERNAL as well", async () => {
    await using s = await setup();
    s.bus.serve(double, () => {
      throw new Error("at once");
    });
    expect(await failureOf(s.bus.request(double, { n: 1 }, { timeoutMs }))).toMatchObject({ code: "INTERNAL" });
  });

  test("a request past its deadline is TIMEOUT, and its late answer disturbs nobody", async () => {
    await using s = await setup();
    const gate = Promise.withResolvers<void>();
    s.bus.serve(double, async ({ n }) => {
      if (n === 1) await gate.promise;
      return { n };
    });
    const failure = failureOf(s.bus.request(double, { n: 1 }, { timeoutMs }));
    await s.pass(timeoutMs);
    expect(await failure).toMatchObject({ code: "TIMEOUT" });
    gate.resolve();
    expect(await s.bus.request(double, { n: 2 }, { timeoutMs })).toEqual({ n: 2 });
  });

  test("no time left is TIMEOUT without asking", async () => {
    await using s = await setup();
    let calls = 0;
    s.bus.serve(double, async ({ n }) => ({ n: n + ++calls }));
    expect(await failureOf(s.bus.request(double, { n: 1 }, { timeoutMs: 0 }))).toMatchObject({ code: "TIMEOUT" });
    await s.quiet();
    expect(calls).toBe(0);
  });

  test("a request that is given up stops waiting, before it is sent and after", async () => {
    await using s = await setup();
    const gate = Promise.withResolvers<{ n: number }>();
    s.bus.serve(double, () => gate.promise);
    const giveUp = new AbortController();
    const failure = failureOf(s.bus.request(double, { n: 1 }, { timeoutMs: 60_000, signal: giveUp.signal }));
    giveUp.abort();
    expect(await failure).toMatchObject({ code: "TIMEOUT" });
    const again = s.bus.request(double, { n: 1 }, { timeoutMs: 60_000, signal: giveUp.signal });
    expect(await failureOf(again)).toMatchObject({ code: "TIMEOUT" });
    gate.resolve({ n: 1 });
  });

  test("with nobody to serve it a request is UNAVAILABLE at once, with a time to retry", async () => {
    await using s = await setup();
    const error = await failureOf(s.bus.request(double, { n: 1 }, { timeoutMs: 60_000 }));
    expect(error).toMatchObject({ code: "UNAVAILABLE", retryAfterS: 1 });
  });
}

function serverContract(setup: () => Promise<BusSetup>): void {
  test("several who serve a subject share its requests: each request is served once, and nobody is left out", async () => {
    await using s = await setup();
    const served = [0, 0, 0];
    for (const i of served.keys())
      s.bus.serve(double, async ({ n }) => {
        served[i]! += 1;
        return { n };
      });
    await Promise.all(Array.from({ length: 90 }, (_, n) => s.bus.request(double, { n }, { timeoutMs: 5_000 })));
    expect(served.reduce((a, b) => a + b)).toBe(90);
    expect(Math.min(...served)).toBeGreaterThan(0);
  });

  test("stopping waits for what is under way, and nothing new is taken", async () => {
    await using s = await setup();
    const gate = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const stop = s.bus.serve(double, async ({ n }) => {
      started.resolve();
      await gate.promise;
      return { n };
    });
    const answer = s.bus.request(double, { n: 5 }, { timeoutMs: 60_000 });
    await started.promise;
    let isStopped = false;
    const stopping = stop().then(() => (isStopped = true));
    await s.quiet();
    expect(isStopped).toBe(false);
    expect(await failureOf(s.bus.request(double, { n: 6 }, { timeoutMs }))).toMatchObject({ code: "UNAVAILABLE" });
    gate.resolve();
    expect(await answer).toEqual({ n: 5 });
    await stopping;
  });

  test("one who stops leaves the requests to the others; stopping again is no error", async () => {
    await using s = await setup();
    const stop = s.bus.serve(double, async () => ({ n: 1 }));
    s.bus.serve(double, async () => ({ n: 2 }));
    await stop();
    await stop();
    const answers = await Promise.all([1, 2, 3].map((n) => s.bus.request(double, { n }, { timeoutMs })));
    expect(answers).toEqual([{ n: 2 }, { n: 2 }, { n: 2 }]);
  });
}

function newsContract(setup: () => Promise<BusSetup>): void {
  test("every subscriber hears the news, in the order of its publisher, and not in the publisher's stack", async () => {
    await using s = await setup();
    const heard: string[][] = [[], []];
    for (const list of heard) s.bus.subscribe(greet, ({ to }) => list.push(to));
    for (const to of ["a", "b", "c"]) s.bus.publish(greet, { to });
    expect(heard).toEqual([[], []]);
    await s.quiet();
    expect(heard).toEqual([
      ["a", "b", "c"],
      ["a", "b", "c"],
    ]);
  });

  test("a subscriber that throws harms nobody, hears the next news, and is logged", async () => {
    await using s = await setup();
    const heard: string[] = [];
    s.bus.subscribe(greet, ({ to }) => {
      heard.push(`first ${to}`);
      throw new Error("a bad day");
    });
    s.bus.subscribe(greet, ({ to }) => void heard.push(`second ${to}`));
    s.bus.publish(greet, { to: "a" });
    await s.quiet();
    s.bus.publish(greet, { to: "b" });
    await s.quiet();
    expect(heard.toSorted()).toEqual(["first a", "first b", "second a", "second b"]);
    expect(s.errorsLogged()).toBe(2);
  });

  test("news that does not fit its schema, or cannot be written down, is logged and reaches nobody", async () => {
    await using s = await setup();
    const heard: unknown[] = [];
    s.bus.subscribe(greet, (message) => heard.push(message));
    s.bus.publish(greet, { to: "far too long a name" });
    s.bus.publish(greet, { to: 1n as unknown as string });
    await s.quiet();
    expect(heard).toEqual([]);
    expect(s.errorsLogged()).toBe(2);
  });

  test("subscribers do not share what they hear", async () => {
    await using s = await setup();
    const heard: string[] = [];
    for (const mark of ["!", "?"]) {
      s.bus.subscribe(greet, (message) => {
        message.to += mark;
        heard.push(message.to);
      });
    }
    s.bus.publish(greet, { to: "you" });
    await s.quiet();
    expect(heard.toSorted()).toEqual(["you!", "you?"]);
  });

  test("after the end of a subscription nothing more is heard, not even what was on its way", async () => {
    await using s = await setup();
    const heard: string[] = [];
    const end = s.bus.subscribe(greet, ({ to }) => void heard.push(to));
    s.bus.publish(greet, { to: "a" });
    end();
    end();
    s.bus.publish(greet, { to: "b" });
    await s.quiet();
    expect(heard).toEqual([]);
  });

  test("news without a listener is lost, and is no error", async () => {
    await using s = await setup();
    s.bus.publish(greet, { to: "nobody" });
    await s.quiet();
    expect(s.errorsLogged()).toBe(0);
  });
}
