import { expect, test } from "vitest";
import { charactersResponse } from "#core/protocol/character.ts";
import { startTestBackend } from "#tests/support/dev.ts";
import { message, summary } from "#tests/support/frames.ts";
import { startOllama } from "#tests/support/ollama-stand-in.ts";
import { connect, here } from "#tests/support/player.ts";
import { call, newAccount } from "#tests/support/rest.ts";

const prose = "Grass stirs around your knees, and the quiet of the place settles on you like a hand on the shoulder.";

test("a newcomer begins somebody by typing, looks around in a model's words, asks for a world, and watches another", async () => {
  await using ollama = await startOllama({ behave: () => ({ kind: "answer", text: prose }) });
  await using backend = await startTestBackend({ COMMANDS_BURST: "10000", OLLAMA_HOSTS: ollama.url });
  const account = await newAccount(backend.url, "Beginner");
  using player = await here(connect(backend.url, account, { v1: true }));

  const born = await player.ask("create character Mira elf in Hearthvale", message("system", /Mira/u));
  expect(summary(born)).toContain("Mira, an elf, is in Hearthvale now. `enter Hearthvale` goes on as Mira.");
  expect(summary(await player.ask("create character Zoe Elf in Hearthvale", message("error")))).toContain(
    "goes on as Mira",
  );
  player.say("enter Hearthvale");
  const plain = summary(await player.next(message("area_description", /Hearthvale/u)));
  expect(plain).not.toContain(prose);
  const untilMs = performance.now() + 15_000;
  let seen = plain;
  while (!seen.includes(prose) && performance.now() < untilMs)
    seen = summary(await player.ask("look", message("area_description")));
  expect(seen).toContain(prose);
  expect(summary(await player.ask("world reset Hearthvale", message("error")))).toContain("Only the owner");

  player.say("create world");
  expect(summary(await player.next(message("tell_self")))).toContain("I wish for a world.");
  await player.next(message("start_interview"));
  await player.next(message("tell"));

  player.say("watcher Verdance");
  await player.next(message("area_description", /Verdance/u));
  const answer = await call(backend.url, "GET", "/api/game/characters", { token: account.token });
  const { characters } = charactersResponse.parse(answer.json());
  expect(characters.map(({ name, role }) => `${name} ${role}`).toSorted()).toEqual([
    "Beginner player",
    "Beginner watcher",
    "Mira player",
  ]);
});
