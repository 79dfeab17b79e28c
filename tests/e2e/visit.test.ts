import { afterAll, beforeAll, expect, test } from "vitest";
import { type Backend, startTestBackend } from "#tests/support/dev.ts";
import { newPlayer } from "#tests/support/player.ts";
import { playVisit, type Theatre, visitFile, visits, wordsIn } from "#tests/support/visit.ts";

let backend: Backend;
beforeAll(async () => {
  backend = await startTestBackend({ COMMANDS_BURST: "10000" });
});
afterAll(() => backend[Symbol.asyncDispose]());

const overSockets: Theatre = {
  async enter(name) {
    const player = await newPlayer(backend.url, name);
    return {
      say: async (text) => player.say(text),
      heard: async () => wordsIn(await player.settled()),
      hears: async (text) =>
        wordsIn(await player.until((frame) => frame.type === "game_message" && frame.data.text.includes(text))),
      leave: () => player.close(),
    };
  },
};

test.each(visits)("%s goes over the socket as it is written", async (name) => {
  await expect(await playVisit(name, overSockets)).toMatchFileSnapshot(visitFile(name));
});
