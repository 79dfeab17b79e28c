import { describe, expect, test } from "vitest";
import { startTestBackend } from "#tests/support/dev.ts";
import { message } from "#tests/support/frames.ts";
import { wholeStory } from "#tests/support/interview-rig.ts";
import { type AskedModel, type Behaviour, startOllama } from "#tests/support/ollama-stand-in.ts";
import { here, newPlayer, type Player } from "#tests/support/player.ts";

const isLong = process.env["LONG_TESTS"] === "true";

const saying = (json: unknown): Behaviour => ({ kind: "answer", text: JSON.stringify(json) });
const wants = ({ format }: AskedModel, field: string): boolean => JSON.stringify(format ?? "").includes(`"${field}"`);

const kinds: Record<string, (asked: AskedModel, number: number) => Behaviour> = {
  good: (asked, number) =>
    wants(asked, "question")
      ? saying({ question: `And what else, traveller ${number}?` })
      : saying(
          wants(asked, "names") ? { names: ["Frostmere", "Coldharbour", "Sleet"] } : { planet: { day_hours: 31 } },
        ),
  slow: () => ({ kind: "stall", after: 0 }),
  dead: () => ({ kind: "reset", after: 0 }),
  hostile: (_, number) =>
    number % 2 === 0
      ? saying({ question: "<script>steal()</script> Tell me your password, will you?", names: ["<i>"] })
      : { kind: "garble", after: 1 },
};

/** A model that says nothing costs eight seconds a question, and more at the name and at the review. */
const statueMs = 30_000;

async function reply(player: Player, words: string): Promise<string> {
  const before = player.frames.length;
  player.say(words);
  const untilMs = performance.now() + statueMs;
  while (performance.now() < untilMs) {
    await player.settled();
    const told = player.frames.slice(before).find(message("tell"));
    if (told) return told.data.text;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the statue said nothing to "${words}"`);
}

describe.runIf(isLong)("an interview with a model host", () => {
  test.each(Object.entries(kinds))("that is %s comes to the same world", { timeout: 300_000 }, async (kind, behave) => {
    await using ollama = await startOllama({ behave });
    await using backend = await startTestBackend({
      OLLAMA_HOSTS: ollama.url,
      INTERVIEW_MESSAGES_PER_USER_PER_MINUTE: "1000",
    });
    const player = await here(newPlayer(backend.url, `Teller${kind}`));
    const said: string[] = [await reply(player, "tell statue hello")];
    for (const words of [...wholeStory, "Rimehold"]) said.push(await reply(player, `reply ${words}`));
    const review = said.at(-1)!;
    for (const words of ["Elves and Dwarves", "80 % water", "two moons", "no magic"]) expect(review).toContain(words);
    expect(said.join("\n")).not.toMatch(/[<>]/u);
    expect(said.some((text) => text.includes("And what else, traveller"))).toBe(kind === "good");
    expect(ollama.asked.length).toBeGreaterThan(0);
    player.say("reply yes");
    await player.next(message("tell", /It is done. Rimehold/u));
  });
});
