import type { CharacterResponse } from "#core/protocol/character.ts";
import type { WorldResponse } from "#core/protocol/world.ts";
import { FailedPart } from "../parts/failed-page.tsx";
import { Trouble, useWork } from "../parts/form.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import { WorldPicture } from "../parts/world-picture.tsx";
import { go } from "../state/router.ts";
import { api, session } from "../state/session.ts";

const lobbyId = "00000000-0000-0000-0000-000000000000";

export function Worlds() {
  const loaded = useLoaded(async () => {
    const [worlds, characters] = await Promise.all([api.worlds(), api.characters()]);
    return { worlds, characters };
  });
  const work = useWork();
  const enter = (characterId: string) =>
    work.run(async () => {
      await api.join(characterId);
      go(`/play?as=${characterId}`);
    });
  const name = session.value.kind === "in" ? session.value.user.username : "";
  return (
    <main id="main">
      <h1>Where to, {name}?</h1>
      <Trouble failure={work.failure} />
      {loaded.kind === "loading" && <p class="waiting">Looking for worlds …</p>}
      {loaded.kind === "failed" && <FailedPart message={loaded.message} again={loaded.again} />}
      {loaded.kind === "there" && <Choice {...loaded.value} enter={enter} />}
    </main>
  );
}

type ChoiceProps = {
  readonly worlds: readonly WorldResponse[];
  readonly characters: readonly CharacterResponse[];
  readonly enter: (characterId: string) => void;
};

function Choice({ worlds, characters, enter }: ChoiceProps) {
  const others = worlds.filter(({ id }) => id !== lobbyId);
  const byId = new Map(worlds.map((world) => [world.id, world]));
  const played = characters.filter(({ last_played: at, world_id: id }) => at !== null && byId.has(id));
  return (
    <>
      {played.length > 0 && (
        <section aria-labelledby="go-on">
          <h2 id="go-on">Go on</h2>
          <ul class="cards">
            {played.map((character) => (
              <li key={character.character_id} class="card">
                <h3>{character.name}</h3>
                <p class="soft">
                  {character.role === "watcher" ? "a watcher" : character.species}, in{" "}
                  {byId.get(character.world_id)?.name}
                </p>
                <button type="button" class="primary" onClick={() => enter(character.character_id)}>
                  Go on as {character.name}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="worlds">
        <h2 id="worlds">Worlds</h2>
        <ul class="cards">
          {played.every(({ world_id: id }) => id !== lobbyId) && <Lobby />}
          {others.map((world) => (
            <World key={world.id} world={world} />
          ))}
          <li class="card">
            <Drawing file="/own-world.svg" />
            <h3>One of your own</h3>
            <p class="theme">
              Tell the statue in the lobby of a world, and it will be there: land, sea, weather and peoples.
            </p>
            <a class="button" href="/make">
              Make a world
            </a>
          </li>
        </ul>
      </section>
    </>
  );
}

function Lobby() {
  return (
    <li class="card">
      <Drawing file="/lobby.svg" />
      <h3>The Lobby</h3>
      <p class="theme">
        A quiet room of pale stone where everybody begins, with an arch in each wall and a statue that listens.
      </p>
      <a class="button primary" href="/play">
        Step in
      </a>
    </li>
  );
}

function Drawing({ file }: { readonly file: string }) {
  return (
    <div class="world-picture">
      <img src={file} alt="" width={400} height={200} />
    </div>
  );
}

function World({ world }: { readonly world: WorldResponse }) {
  const { id, name, theme, status, player_count: players, shape } = world;
  return (
    <li class="card">
      <WorldPicture id={id} name={name} shape={shape} isReady={status !== "generating"} />
      <h3>{name}</h3>
      <p class="theme">{theme}</p>
      <p class="facts">
        <span>{players === 0 ? "nobody there now" : players === 1 ? "one is there" : `${players} are there`}</span>
        {status !== "active" && <span>{statusWords[status]}</span>}
      </p>
      {status === "generating" ? (
        <p class="soft">It can be entered when it is made.</p>
      ) : (
        <p class="card-ways">
          <a class="button" href={`/worlds/${id}`}>
            Enter {name}
          </a>
          <a href={`/worlds/${id}/map`}>
            Maps<span class="unseen"> of {name}</span>
          </a>
        </p>
      )}
    </li>
  );
}

const statusWords: Readonly<Record<WorldResponse["status"], string>> = {
  active: "",
  paused: "time stands still",
  generating: "being made",
  faulted: "in trouble",
};
