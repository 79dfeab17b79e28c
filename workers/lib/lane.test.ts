import { expect, test } from "vitest";
import { lane, laneRetryAfterS } from "./lane.ts";

const held = () => {
  const gate = Promise.withResolvers<string>();
  return { work: () => gate.promise, end: () => gate.resolve("done"), fail: () => gate.reject(new Error("no")) };
};

test("work up to the bound runs at once, and one more is refused without being begun", async () => {
  const inLane = lane(2);
  const [first, second] = [held(), held()];
  const underWay = [inLane(first.work), inLane(second.work)];
  let isBegun = false;
  const third = inLane(async () => (isBegun = true));
  await expect(third).rejects.toMatchObject({ code: "UNAVAILABLE", retryAfterS: laneRetryAfterS });
  expect(isBegun).toBe(false);
  first.end();
  second.end();
  expect(await Promise.all(underWay)).toEqual(["done", "done"]);
});

test("a place is free again after an answer, a failure, and a throw before any promise", async () => {
  const inLane = lane(1);
  const [first, second] = [held(), held()];
  const answered = inLane(first.work);
  first.end();
  await answered;
  const failed = inLane(second.work);
  second.fail();
  await expect(failed).rejects.toThrow("no");
  const thrown = inLane(() => {
    throw new Error("at once");
  });
  await expect(thrown).rejects.toThrow("at once");
  expect(await inLane(async () => "free")).toBe("free");
});
