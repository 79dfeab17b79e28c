import type { Api } from "#client/api.ts";
import type { CharacterResponse } from "#core/protocol/character.ts";
import type { WorldResponse } from "#core/protocol/world.ts";
import { makeCharacter } from "./make-character.ts";
import { orSay } from "./sign-in.ts";
import type { Terminal } from "./terminal.ts";

const lobbyId = "00000000-0000-0000-0000-000000000000";

/** As whom to play; `characterId` null: as who one is in the lobby, made on demand. */
export type Chosen = { readonly characterId: string | null };

type Way = { readonly words: string; go(): Promise<Chosen | null> };

/** By its name or id where `as` says one; else from a list. null: there is no such character. */
export async function chooseCharacter(terminal: Terminal, api: Api, as: string | null): Promise<Chosen | null> {
  const [worlds, characters] = await Promise.all([api.worlds(), api.characters()]);
  if (as !== null) return characterCalled(terminal, api, { as, characters });
  const ways = waysFrom(terminal, api, { worlds, characters });
  for (;;) {
    for (const [index, { words }] of ways.entries()) {
      terminal.say("info", `${String(index + 1).padStart(3)}  ${words}`);
    }
    const answer = await terminal.ask("Which? [1] ");
    const way = ways[answer === "" ? 0 : Number(answer) - 1];
    const chosen = way === undefined ? null : await way.go();
    if (chosen !== null) return chosen;
    if (way === undefined) terminal.say("error", `! Say a number from 1 to ${ways.length}.`);
  }
}

type Offers = { readonly worlds: readonly WorldResponse[]; readonly characters: readonly CharacterResponse[] };

function waysFrom(terminal: Terminal, api: Api, { worlds, characters }: Offers): Way[] {
  const byId = new Map(worlds.map((world) => [world.id, world]));
  const played = characters.filter(({ world_id: id }) => byId.has(id));
  const join = (characterId: string) => async (): Promise<Chosen | null> => {
    const joined = await orSay(terminal, () => api.join(characterId));
    return joined && { characterId };
  };
  const others = worlds.filter(
    ({ id, status }) => id !== lobbyId && status !== "generating" && !played.some((own) => own.world_id === id),
  );
  return [
    ...played.map((own) => ({
      words: `Go on as ${own.name} (${own.role === "watcher" ? "a watcher" : own.species}) in ${byId.get(own.world_id)?.name}`,
      go: join(own.character_id),
    })),
    ...(played.some(({ world_id: id }) => id === lobbyId)
      ? []
      : [
          {
            words: "Step into the Lobby, where everybody begins and worlds are made",
            go: async () => ({ characterId: null }),
          },
        ]),
    ...others.map((world) => ({
      words: `Enter ${world.name}${world.theme === "" ? "" : `: ${world.theme}`}`,
      go: async () => {
        const made = await makeCharacter(terminal, api, world);
        return made === null ? null : join(made)();
      },
    })),
  ];
}

async function characterCalled(
  terminal: Terminal,
  api: Api,
  { as, characters }: { readonly as: string; readonly characters: readonly CharacterResponse[] },
): Promise<Chosen | null> {
  const wanted = as.toLowerCase();
  if (wanted === "lobby") {
    const own = characters.find(({ world_id: id }) => id === lobbyId);
    return { characterId: own?.character_id ?? null };
  }
  const found = characters.filter(({ name, character_id: id }) => name.toLowerCase() === wanted || id === wanted);
  if (found.length === 1) {
    const joined = await orSay(terminal, () => api.join(found[0]!.character_id));
    return joined && { characterId: found[0]!.character_id };
  }
  const which =
    found.length === 0
      ? `You have no character "${as}".`
      : `${found.length} of yours are called "${as}": say which by its id.`;
  const own = characters.map(({ name, character_id: id }) => `${name} (${id})`).join(", ");
  terminal.say("error", `! ${which}${own === "" ? "" : ` There are: ${own}.`}`);
  return null;
}
