import { describe, expect, test } from "vitest";
import type { InputOf, WorldInput } from "#core/protocol/world-input.ts";
import { ann, interviewRig, wholeStory } from "#tests/support/interview-rig.ts";
import { newAccount } from "#tests/support/records.ts";
import { AppError } from "../lib/errors.ts";
import { type CharacterId, lobbyWorldId } from "../lib/ids.ts";
import { inlineInterviews } from "./service.ts";

const characterId = "c1" as CharacterId;

function setup() {
  const rig = interviewRig();
  const account = { role: "user" as const, lastLoginAtMs: null, emailVerifiedAtMs: null, lastWorldId: null };
  rig.tables.accounts.set(ann.userId, { ...newAccount(1), ...account });
  const heard: WorldInput[] = [];
  const inputs = { append: async (_: unknown, input: WorldInput) => void heard.push(input) };
  const ctx = { ...rig.ctx, inputs };
  let number = 0;
  const say = async (
    text: string,
    { isReply = true, messageId = `m${++number}`, verbs = inlineInterviews(ctx) } = {},
  ) => {
    await verbs.converse({ principal: ann, characterId, worldId: lobbyWorldId, text, isReply, messageId });
    return heard.findLast((input): input is InputOf<"statueSpoke"> => input.type === "statueSpoke")!;
  };
  const statuses = () => [...rig.tables.interviews.values()].map(({ status }) => status);
  return { ...rig, ctx, heard, say, statuses };
}

describe("words to the statue", () => {
  test.each(["quit", "yes"])(
    "that ended an interview (%j) end it once, and begin no other when they come again",
    async (last) => {
      const { say, statuses, tables } = setup();
      await say("hello", { isReply: false });
      if (last === "yes") for (const words of [...wholeStory, "Rimehold"]) await say(words);
      const first = await say(last, { messageId: "last" });
      const again = await say(last, { messageId: "last", isReply: false });
      expect(first.isCompleted).toBe(true);
      expect(again).toEqual(first);
      expect(statuses()).toEqual([last === "yes" ? "completed" : "abandoned"]);
      expect(tables.worlds.size).toBe(last === "yes" ? 1 : 0);
    },
  );

  test("that began an interview resume it when they come again, and are no answer", async () => {
    const { say, verbs, statuses } = setup();
    await say("hello", { isReply: false, messageId: "first" });
    await say("hello", { isReply: false, messageId: "first" });
    expect(statuses()).toEqual(["open"]);
    expect((await verbs.active({ principal: ann })).conversation).toHaveLength(1);
  });

  test("begin nothing as a reply, nor as a goodbye", async () => {
    const { say, statuses } = setup();
    for (const [text, isReply] of [
      ["a world of glass", true],
      ["quit", false],
    ] as const)
      expect((await say(text, { isReply })).text).toContain("Nothing is being told just now");
    expect(statuses()).toEqual([]);
  });

  test("that come from two devices at once are both kept", async () => {
    const { say, verbs } = setup();
    await say("hello", { isReply: false });
    await Promise.all([say("a world of glass"), say("glass people")]);
    const { conversation, step } = await verbs.active({ principal: ann });
    const told = conversation.filter(({ role }) => role === "player").map(({ text }) => text);
    expect(new Set(told)).toEqual(new Set(["a world of glass", "glass people"]));
    expect(step).toBe("environment");
  });

  test("are asked for again where the store is gone, and answered in words where they are refused", async () => {
    const { say, ctx } = setup();
    await say("hello", { isReply: false });
    const gone = () => Promise.reject(new AppError("UNAVAILABLE", "The database cannot be reached just now."));
    const without = inlineInterviews({ ...ctx, interviews: { ...ctx.interviews, append: gone } });
    await expect(say("a world of glass", { verbs: without })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect((await say("x".repeat(2_001))).text).toContain("at most 2000 characters");
    const broken = inlineInterviews({ ...ctx, limits: { take: () => Promise.reject(new Error("a bug")) } });
    expect((await say("a world of glass", { verbs: broken })).text).toContain("I lost the thread");
    expect((await say("a world of glass")).text).toMatch(/people|lives|footprints/u);
  });

  test("are heard by nobody else", async () => {
    const { say, heard } = setup();
    await say("hello", { isReply: false });
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ toCharacterId: characterId });
  });
});
