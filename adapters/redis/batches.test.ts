import { expect, test } from "vitest";
import { type ManualClock, manualClock } from "#adapters/memory/clock.ts";
import { type Answer, type BatchLimits, batches, type Command } from "./batches.ts";

type Request = {
  readonly contents: readonly string[];
  answer(answers?: readonly Answer[]): Promise<void>;
  fail(error: Error): Promise<void>;
};

function setup(limits: Partial<BatchLimits> = {}) {
  const clock = manualClock();
  const requests: Request[] = [];
  const queue = batches<string>({
    clock,
    limits,
    exec: (contents) =>
      new Promise((resolve, reject) => {
        requests.push({
          contents,
          answer: async (answers) => {
            resolve(answers ?? contents.map((result) => ({ result })));
            await turn();
          },
          fail: async (error) => {
            reject(error);
            await turn();
          },
        });
      }),
  });
  const send = (content: string, change: Partial<Command<string>> = {}) =>
    queue.send({ content, chars: content.length, isRepeatable: false, ...change }).then(
      (result) => `${content}: ${String(result)}`,
      (error: Error & { code?: string }) => `${content}: ${error.code ?? error.message}`,
    );
  return { clock, requests, queue, send };
}

const turn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
const passing = async (clock: ManualClock, ms: number) => {
  await clock.advance(ms);
  await turn();
};
const refused = new TypeError("fetch failed", { cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }) });
const cut = new TypeError("fetch failed", { cause: Object.assign(new Error("no"), { code: "UND_ERR_SOCKET" }) });

test("what is asked for at once goes in one request, and each gets its own answer", async () => {
  const { requests, send } = setup();
  const [a, b, c] = [send("a"), send("b"), send("c")];
  await turn();
  await requests[0]?.answer([{ result: 1 }, { error: "WRONGTYPE no" }, { result: null }]);
  expect(requests.map(({ contents }) => contents)).toEqual([["a", "b", "c"]]);
  expect(await Promise.all([a, b, c])).toEqual(["a: 1", "b: WRONGTYPE no", "c: null"]);
});

test("no more requests than allowed are out; what comes meanwhile goes together in the next", async () => {
  const { requests, send } = setup({ requestsMax: 1 });
  const done = [send("a")];
  await turn();
  done.push(send("b"));
  await turn();
  done.push(send("c"));
  await turn();
  expect(requests).toHaveLength(1);
  await requests[0]?.answer();
  await requests[1]?.answer();
  expect(requests.map(({ contents }) => contents)).toEqual([["a"], ["b", "c"]]);
  expect(await Promise.all(done)).toEqual(["a: a", "b: b", "c: c"]);
});

test("a request has at most so many commands and characters, but a long command goes alone", async () => {
  const { requests, send } = setup({ commandsPerRequestMax: 3, charsPerRequestMax: 5 });
  const done = ["1", "2", "3", "4", "12345678", "1234", "12"].map((content) => send(content));
  await turn();
  expect(requests.map(({ contents }) => contents)).toEqual([["1", "2", "3"], ["4"], ["12345678"], ["1234"], ["12"]]);
  for (const request of requests) await request.answer();
  await Promise.all(done);
});

test("at the bound one more is refused at once", async () => {
  const { requests, send } = setup({ waitingMax: 2 });
  const done = [send("a"), send("b"), send("c")];
  expect(await done[2]).toBe("c: UNAVAILABLE");
  await turn();
  await requests[0]?.answer();
  expect(await Promise.all(done)).toEqual(["a: a", "b: b", "c: UNAVAILABLE"]);
});

test("nobody waits for longer than allowed behind requests that hang", async () => {
  const { clock, requests, send } = setup({ requestsMax: 1, waitingMsMax: 1000 });
  const hanging = send("hanging");
  await turn();
  const first = send("first");
  await passing(clock, 600);
  const second = send("second");
  await passing(clock, 400);
  expect(await first).toBe("first: UNAVAILABLE");
  await passing(clock, 600);
  expect(await second).toBe("second: UNAVAILABLE");
  const third = send("third");
  await requests[0]?.answer();
  await requests[1]?.answer();
  expect([await hanging, await third]).toEqual(["hanging: hanging", "third: third"]);
  expect(requests.map(({ contents }) => contents)).toEqual([["hanging"], ["third"]]);
});

test("what was not sent is sent once more, whatever it is; failing again it fails", async () => {
  const { clock, requests, send } = setup();
  const done = send("append");
  await turn();
  await requests[0]?.fail(refused);
  await passing(clock, 50);
  await requests[1]?.fail(refused);
  await passing(clock, 1000);
  expect(await done).toBe("append: UNAVAILABLE");
  expect(requests).toHaveLength(2);
});

test("of what may have run, only what may run twice is sent once more", async () => {
  const { clock, requests, send } = setup();
  const done = [send("append"), send("get", { isRepeatable: true })];
  await turn();
  await requests[0]?.fail(cut);
  await passing(clock, 50);
  await requests[1]?.answer();
  expect(await Promise.all(done)).toEqual(["append: UNAVAILABLE", "get: get"]);
  expect(requests.map(({ contents }) => contents)).toEqual([["append", "get"], ["get"]]);
});

test("neither what is over its time nor what failed late is sent again", async () => {
  const { clock, requests, send } = setup();
  const timedOut = send("a", { isRepeatable: true });
  await turn();
  await requests[0]?.fail(new DOMException("too slow", "TimeoutError"));
  expect(await timedOut).toBe("a: TIMEOUT");
  const late = send("b", { isRepeatable: true });
  await turn();
  await passing(clock, 501);
  await requests[1]?.fail(cut);
  expect(await late).toBe("b: UNAVAILABLE");
  await passing(clock, 1000);
  expect(requests).toHaveLength(2);
});

test("after the end everything that waits, and whatever comes, is refused", async () => {
  const { clock, requests, queue, send } = setup({ requestsMax: 1 });
  const done = [send("sent")];
  await turn();
  done.push(send("waiting"));
  queue[Symbol.dispose]();
  done.push(send("late"));
  await requests[0]?.fail(refused);
  await passing(clock, 1000);
  expect(await Promise.all(done)).toEqual(["sent: UNAVAILABLE", "waiting: UNAVAILABLE", "late: UNAVAILABLE"]);
});
