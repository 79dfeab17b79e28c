import { expect, test, vi } from "vitest";
import type { WorldInput } from "#core/protocol/world-input.ts";
import { ann, degraded, interviewRig, wholeStory } from "#tests/support/interview-rig.ts";
import { newAccount } from "#tests/support/records.ts";
import { lobbyWorldId } from "../lib/ids.ts";
import type { Llm } from "../ports/models.ts";
import { answerMsMax } from "./answer-soon.ts";
import { extractionMsMax } from "./extract.ts";
import { inlineInterviews } from "./service.ts";

const messageId = "5f0c7f1e-7a0d-4d7e-9f66-0d3c5d0c7d11";

async function named(askMs: number) {
  const rig = interviewRig();
  const account = { role: "user" as const, lastLoginAtMs: null, emailVerifiedAtMs: null, lastWorldId: null };
  rig.tables.accounts.set(ann.userId, { ...newAccount(1), ...account });
  const llm: Llm = {
    async ask() {
      await rig.clock.sleep(askMs);
      return degraded;
    },
  };
  const heard: WorldInput[] = [];
  const ctx = {
    ...rig.ctx,
    connections: { byName: async () => [{ userId: ann.userId, worldId: lobbyWorldId, characterId: "c1" } as never] },
    inputs: { append: async (_: unknown, input: WorldInput) => void heard.push(input) },
  };
  const { id } = await rig.verbs.start({ principal: ann });
  await rig.converse(id, wholeStory);
  const slow = inlineInterviews({ ...ctx, llm });
  const say = () => slow.answerSoon({ principal: ann, interviewId: id, text: "Rimehold", messageId });
  return { ...rig, heard, say };
}

test("whoever waits for a model is told after a while that it is late, and hears the question on his socket", async () => {
  const { clock, heard, say, verbs } = await named(extractionMsMax);
  const answer = say();
  for (let i = 0; i < 20; i++) await Promise.resolve();
  await clock.advance(answerMsMax);
  expect(await answer).toEqual({ isLate: true, messageId });
  expect(heard).toEqual([]);
  // Whoever looks meanwhile finds the question all the same, and what he said.
  const meanwhile = await verbs.active({ principal: ann });
  expect(meanwhile.question).toContain("Rimehold");
  expect(meanwhile.conversation.at(-1)).toEqual({ role: "player", text: "Rimehold" });

  await clock.advance(extractionMsMax);
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  expect(heard[0]).toMatchObject({
    type: "statueSpoke",
    text: expect.stringContaining("This is your world."),
    isCompleted: false,
  });
});

test("an answer in time is given at once, and said nowhere else", async () => {
  const { clock, heard, say } = await named(1_000);
  const answer = say();
  for (let i = 0; i < 20; i++) await Promise.resolve();
  await clock.advance(1_000);
  expect(await answer).toMatchObject({ isLate: false, step: "review" });
  await clock.advance(60_000);
  expect(heard).toEqual([]);
});

test("what cannot be said at all is refused at once", async () => {
  const { verbs } = interviewRig();
  const nobodys = { principal: ann, interviewId: "none" as never, text: "hi", messageId };
  await expect(verbs.answerSoon(nobodys)).rejects.toMatchObject({ code: "NOT_FOUND" });
});
