import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { startTestBackend } from "#tests/support/dev.ts";
import { type Frame, message } from "#tests/support/frames.ts";
import { here, newPlayer, type Player } from "#tests/support/player.ts";

const knownMsMax = 60_000;

/** Asks until somebody knows the sky. */
async function weatherOf(player: Player, words: string): Promise<Extract<Frame, { type: "game_message" }>["data"]> {
  const untilMs = performance.now() + knownMsMax;
  while (performance.now() < untilMs) {
    player.say(words);
    const frames = await player.settled();
    const told = frames.find(message("weather"));
    if (told) return told.data;
    await setTimeout(200);
  }
  throw new Error("the sky is not known in time");
}

test(
  "each world has its weather, which look and the forecast know, too; the lobby has none",
  { timeout: 160_000 },
  async () => {
    await using backend = await startTestBackend();
    const player = await here(newPlayer(backend.url, "Skywatcher"));
    await player.ask("weather", message("error", /no weather in here/u));
    for (const world of ["Hearthvale", "Verdance"]) {
      await player.ask(`enter ${world}`, message("area_description", new RegExp(`^${world}\n`, "u")));
      const now = await weatherOf(player, "weather");
      const temperature = (now.metadata as { temperature_c: number }).temperature_c;
      expect(now.text, world).toContain(`${Math.round(temperature) + 0} °C`);
      expect(Math.abs(temperature), world).toBeLessThan(60);
      const look = await player.ask("look", message("area_description"));
      expect(look.data.text, world).toMatch(/It is [\p{L} ]+; .*(?:wind|breeze|air|gale|storm)/u);
      expect((await weatherOf(player, "weather forecast")).text, world).toMatch(/In \d+/u);
      await player.ask("weather rain", message("error", /Only the owner/u));
      await player.ask("lobby", message("area_description", /^Lobby\n/u));
      if (process.env["SHOW"] !== undefined) console.log(now, look.data.text);
    }
  },
);
