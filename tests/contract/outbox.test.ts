import { expect, test } from "vitest";
import { memoryOutbox } from "#adapters/memory/outbox.ts";
import type { CharacterId } from "#core/lib/ids.ts";
import { outboxContract } from "./outbox.ts";

outboxContract("the outbox within one process", async () => ({
  outbox: memoryOutbox(),
  [Symbol.asyncDispose]: async () => {},
}));

const [ada, bea, cleo] = ["Ada", "Bea", "Cleo"] as unknown as [CharacterId, CharacterId, CharacterId];

test("with too much text in all, the frames of the longest silent go first, and their count stays", async () => {
  const outbox = memoryOutbox({ totalCharsMax: 10 });
  await outbox.append(ada, ["aaaa"], 0);
  await outbox.append(bea, ["bbbb"], 1);
  await outbox.append(ada, ["a"], 2);
  await outbox.append(cleo, ["cc"], 3);
  expect([await outbox.after(ada, 0, 3), await outbox.after(bea, 0, 3), await outbox.after(cleo, 0, 3)]).toEqual([
    [
      { seq: 1, frame: "aaaa" },
      { seq: 2, frame: "a" },
    ],
    null,
    [{ seq: 1, frame: "cc" }],
  ]);
  expect([await outbox.last(bea), await outbox.append(bea, ["b"], 4)]).toEqual([1, 2]);
});

test("one character more than the bound: the longest silent is forgotten", async () => {
  const outbox = memoryOutbox({ charactersMax: 2 });
  for (const [i, id] of [ada, bea, ada, cleo].entries()) await outbox.append(id, ["frame"], i);
  expect([await outbox.last(ada), await outbox.last(bea), await outbox.last(cleo)]).toEqual([2, 0, 1]);
});

test("text that was dropped makes room: a silent character costs nothing after its time", async () => {
  const outbox = memoryOutbox({ totalCharsMax: 10 });
  await outbox.append(ada, ["aaaaaaaa"], 0);
  await outbox.append(bea, ["bbbb"], 600_000);
  await outbox.append(cleo, ["cccc"], 600_000);
  expect([await outbox.after(bea, 0, 600_000), await outbox.after(cleo, 0, 600_000)]).toEqual([
    [{ seq: 1, frame: "bbbb" }],
    [{ seq: 1, frame: "cccc" }],
  ]);
});

test("one that begins above the numbers of another resumes none of them, however many frames it has", async () => {
  const outbox = memoryOutbox({ startAfter: 1_000 });
  expect([await outbox.last(ada), await outbox.after(ada, 2, 0)]).toEqual([1_000, null]);
  expect(await outbox.append(ada, ["a", "b", "c"], 0)).toBe(1_001);
  expect([await outbox.after(ada, 2, 0), await outbox.after(ada, 0, 0)]).toEqual([null, null]);
  expect(await outbox.after(ada, 1_002, 0)).toEqual([{ seq: 1_003, frame: "c" }]);
});
