import { expect, test } from "vitest";
import { ann, interviewRig, wholeStory } from "#tests/support/interview-rig.ts";
import { completeSpecification } from "./complete-specification.ts";
import { mergeSketches } from "./merge-sketches.ts";
import { worldSpecOf } from "./world-of.ts";

test("a world has players agree to fights unless its maker lifts that in the review", async () => {
  const { verbs, converse, tables } = interviewRig();
  const { id } = await verbs.start({ principal: ann });
  const say = (...says: string[]) => converse(id, says);
  expect((await say(...wholeStory, "Rimehold")).question).toContain("Fights: players fight only players who agree");
  const free = await say("change fights to free");
  expect(free.question).toContain("Fights: players may attack each other without asking");
  expect(free.question).not.toMatch(/Conflict: .*fights/u);
  expect((await say("change fights to agreed")).question).toContain("Fights: players fight only players who agree");
  await say("change pvp to on");
  const { worldId } = await say("yes");
  expect(tables.worlds.get(worldId!)!.spec).toMatchObject({ isLawless: true, specification: { fights: "free" } });
});

test("nobody is attacked without having agreed where nothing was said, or only a model said it", () => {
  const given = { name: "Test", seed: 1 };
  const merged = mergeSketches({ theme: "war" }, { tone: "grim", fights: "free" }, "war");
  expect(merged).toEqual({ theme: "war", tone: "grim" });
  expect(worldSpecOf(completeSpecification(merged, given)).isLawless).toBeUndefined();
  const wanted = mergeSketches({ fights: "free" }, { fights: "agreed" }, "open pvp");
  expect(worldSpecOf(completeSpecification(wanted, given)).isLawless).toBe(true);
});
