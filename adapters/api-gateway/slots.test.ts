import { expect, test } from "vitest";
import { slots } from "./slots.ts";

test("so many tasks run at once, the rest in order as slots come free, and one too many is refused", async () => {
  const inSlot = slots({ runningMax: 2, waitingMax: 2 });
  const started: number[] = [];
  const gates = [0, 1, 2, 3].map(() => Promise.withResolvers<number>());
  const tasks = gates.map((gate, index) =>
    inSlot(() => {
      started.push(index);
      return gate.promise;
    }),
  );
  expect(started).toEqual([0, 1]);
  await expect(inSlot(async () => 4)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  gates[1]!.resolve(1);
  expect(await tasks[1]).toBe(1);
  expect(started).toEqual([0, 1, 2]);
  gates[0]!.reject(new Error("failed"));
  await expect(tasks[0]).rejects.toThrow("failed");
  gates[2]!.resolve(2);
  gates[3]!.resolve(3);
  expect(await Promise.all(tasks.slice(2))).toEqual([2, 3]);
  expect(started).toEqual([0, 1, 2, 3]);
  expect(await inSlot(async () => 5)).toBe(5);
});
