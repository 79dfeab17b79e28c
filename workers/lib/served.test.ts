import { expect, test } from "vitest";
import { manualClock } from "#adapters/memory/clock.ts";
import { recordingLog } from "#tests/support/function-context.ts";
import { drainTimeoutMs, served } from "./served.ts";

const setup = () => {
  const clock = manualClock();
  const { log, lines } = recordingLog();
  const said = () => lines.map(({ level, message }) => `${level}: ${message}`);
  return { ctx: { clock, log }, clock, said };
};

test("everything that is served is told to stop at once, and the end waits for the slowest", async () => {
  const { ctx, clock, said } = setup();
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const told: number[] = [];
  const service = served(
    ctx,
    "auth",
    gates.map((gate, n) => () => {
      told.push(n);
      return gate.promise;
    }),
  );
  let isEnded = false;
  const ending = service[Symbol.asyncDispose]().then(() => (isEnded = true));
  expect(told).toEqual([0, 1]);
  gates[0]!.resolve();
  await clock.advance(drainTimeoutMs - 1);
  expect(isEnded).toBe(false);
  gates[1]!.resolve();
  await ending;
  expect(said()).toEqual(["info: serving", "info: stopped serving"]);
  expect(clock.sleeping()).toBe(0);
});

test("ending twice is ending once", async () => {
  const { ctx } = setup();
  let stops = 0;
  const service = served(ctx, "auth", [async () => void stops++]);
  await Promise.all([service[Symbol.asyncDispose](), service[Symbol.asyncDispose]()]);
  await service[Symbol.asyncDispose]();
  expect(stops).toBe(1);
});

test("what is not done in time is left behind, and that is said", async () => {
  const { ctx, clock, said } = setup();
  const service = served(ctx, "auth", [() => new Promise(() => {})]);
  const ending = service[Symbol.asyncDispose]();
  await clock.advance(drainTimeoutMs);
  await ending;
  expect(said()).toEqual(["info: serving", "warn: stopped serving with requests under way"]);
});
