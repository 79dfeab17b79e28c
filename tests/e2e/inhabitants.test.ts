import { expect, test } from "vitest";
import { createCharacterResponse, entryOptionsResponse } from "#core/protocol/character.ts";
import { valleyWorldId } from "#core/lib/ids.ts";
import { startTestBackend } from "#tests/support/dev.ts";
import { isMap, mapIn, message, summary } from "#tests/support/frames.ts";
import { connect, here } from "#tests/support/player.ts";
import { call, newAccount } from "#tests/support/rest.ts";

test("two become two who live in Hearthvale: in their village, seen by each other, among neighbours who answer", async () => {
  await using backend = await startTestBackend({ COMMANDS_BURST: "10000" });
  const [ann, bob] = [await newAccount(backend.url, "LivesAnn"), await newAccount(backend.url, "LivesBob")];
  const offered = async (token: string) => {
    const answer = await call(backend.url, "GET", `/api/game/entry-options?world_id=${valleyWorldId}`, { token });
    return entryOptionsResponse.strict().parse(answer.json()).available_npcs;
  };
  const become = (token: string, npcId: string) =>
    call(backend.url, "POST", "/api/game/characters", {
      token,
      body: { world_id: valleyWorldId, name: "", npc_id: npcId },
    });

  const all = await offered(ann.token);
  expect(await offered(bob.token)).toEqual(all);
  const [first, second, ...others] = all;
  const made = createCharacterResponse.parse((await become(ann.token, first!.id)).json());
  expect(made.character).toMatchObject({ name: first!.name, occupation: first!.occupation });
  expect((await become(bob.token, first!.id)).status).toBe(409);
  expect((await offered(bob.token)).map(({ id }) => id)).toEqual(all.slice(1).map(({ id }) => id));
  const other = createCharacterResponse.parse((await become(bob.token, second!.id)).json());

  using one = await here(connect(backend.url, ann, { characterId: made.character.character_id }), "Hearthvale");
  using two = await here(connect(backend.url, bob, { characterId: other.character.character_id }), "Hearthvale");
  const look = summary(await one.ask("look", message("area_description", /home of the humans/u)));
  expect(look.split(second!.name).length - 1).toBe(1);
  expect(look).not.toContain(`${first!.name} the`);

  // The nearest is named first.
  const [near] = others
    .filter(({ name }) => look.includes(name))
    .toSorted((a, b) => look.indexOf(a.name) - look.indexOf(b.name));
  const answer = await one.ask(`talk ${near!.name} who are you?`, message("dialogue"));
  expect(summary(answer)).toContain(`I am ${near!.name}, a human ${near!.occupation}.`);
  expect(answer).toMatchObject({ data: { metadata: { npcName: near!.name, npcID: near!.id } } });
  const map = mapIn(await one.ask("map", isMap))!;
  const entities = map.tiles.flatMap(({ entities: some = [] }) => some);
  expect(entities.map(({ id }) => id)).not.toContain(first!.id);
  expect(await two.ask("look", message("area_description", new RegExp(`${first!.name} the`, "u")))).toBeDefined();
});
