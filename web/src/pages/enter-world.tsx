import { useState } from "preact/hooks";
import { type EntryOptions, type NewCharacter } from "#client/api.ts";
import { secondaryOf, spentOn } from "#client/point-buy.ts";
import type { CharacterResponse } from "#core/protocol/character.ts";
import type { WorldDetailResponse } from "#core/protocol/world.ts";
import type { PageProps } from "../app.tsx";
import { Field, Form, Trouble, useWork } from "../parts/form.tsx";
import { PointBuy } from "../parts/point-buy.tsx";
import { FailedPage } from "../parts/failed-page.tsx";
import { useLoaded } from "../parts/use-loaded.ts";
import { WorldPicture } from "../parts/world-picture.tsx";
import { go } from "../state/router.ts";
import { api } from "../state/session.ts";

type Offer = {
  readonly world: WorldDetailResponse;
  readonly options: EntryOptions;
  readonly own: CharacterResponse | undefined;
};

export function EnterWorld({ id }: PageProps) {
  const loaded = useLoaded<Offer>(async () => {
    const [world, options, characters] = await Promise.all([api.world(id), api.entryOptions(id), api.characters()]);
    return { world, options, own: characters.find(({ world_id: worldId }) => worldId === id) };
  }, id);
  if (loaded.kind === "loading") {
    return (
      <main id="main">
        <p class="waiting">Looking through the gate …</p>
      </main>
    );
  }
  if (loaded.kind === "failed")
    return <FailedPage title="The gate is shut" message={loaded.message} again={loaded.again} />;
  return <Gate {...loaded.value} />;
}

const ways = ["new", "inhabitant", "watcher"] as const;
type Way = (typeof ways)[number];
const wayWords: Readonly<Record<Way, string>> = {
  new: "As somebody new",
  inhabitant: "As one who lives there",
  watcher: "Only to watch",
};

function Gate({ world, options, own }: Offer) {
  const { can_create_custom: canCreate, available_npcs: inhabitants, can_enter_as_watcher: canWatch } = options;
  const offered = ways.filter(
    (way) => ({ new: canCreate, inhabitant: inhabitants.length > 0, watcher: canWatch })[way],
  );
  const [way, setWay] = useState<Way>(offered[0] ?? "watcher");
  const work = useWork();
  const enter = async (characterId: string) => {
    await api.join(characterId);
    go(`/play?as=${characterId}`);
  };
  const create = async (character: Omit<NewCharacter, "world_id">) => {
    const made = await api.createCharacter({ world_id: world.id, ...character });
    await enter(made.character.character_id);
  };
  return (
    <main id="main" class="gate">
      <header>
        <WorldPicture id={world.id} name={world.name} shape={world.shape} isReady width={640} />
        <h1>{world.name}</h1>
        <p class="lead">{world.theme}</p>
        <p class="facts">
          <span>
            {world.sky.time_of_day} in {world.season.name}
          </span>
          {world.climate && <span>{Math.round(world.climate.temperature_c)} °C over the year where one arrives</span>}
          <a href={`/worlds/${world.id}/map`}>Maps, climate and weather</a>
        </p>
      </header>
      {own ? (
        <section>
          <p>
            You are {own.name} here{own.role === "watcher" ? ", a watcher" : `, ${own.species}`}.
          </p>
          <Trouble failure={work.failure} />
          <button type="button" class="primary" onClick={() => work.run(() => enter(own.character_id))}>
            Go on as {own.name}
          </button>
        </section>
      ) : (
        <section>
          <fieldset>
            <legend>How do you enter?</legend>
            <div class="segments">
              {offered.map((each) => (
                <label key={each}>
                  <input type="radio" name="way" checked={way === each} onChange={() => setWay(each)} />
                  {wayWords[each]}
                </label>
              ))}
            </div>
          </fieldset>
          {way === "new" && <NewCharacterForm options={options} create={create} />}
          {way === "inhabitant" && <Inhabitants inhabitants={inhabitants} create={create} />}
          {way === "watcher" && <WatcherForm create={create} />}
        </section>
      )}
    </main>
  );
}

type Create = (character: Omit<NewCharacter, "world_id">) => Promise<void>;

function NewCharacterForm({ options, create }: { readonly options: EntryOptions; readonly create: Create }) {
  const work = useWork();
  const [speciesName, setSpecies] = useState(options.species[0]?.name ?? "Human");
  const [raises, setRaises] = useState<Readonly<Record<string, number>>>({});
  const species = options.species.find(({ name }) => name === speciesName) ?? options.species[0];
  return (
    <Form
      work={work}
      submit="Enter"
      onSubmit={({ name = "", appearance = "" }) => {
        const bought = Object.fromEntries(Object.entries(raises).filter(([, raise]) => raise > 0));
        return create({
          name,
          species: speciesName,
          ...(appearance.trim() !== "" && { appearance }),
          ...(spentOn(bought) > 0 && { attributes: bought }),
        });
      }}
    >
      <Field name="name" label="Name" maxLength={50} required autocomplete="off" failure={work.failure} />
      <fieldset>
        <legend>Species</legend>
        <div class="segments">
          {options.species.map(({ name }) => (
            <label key={name}>
              <input type="radio" name="species" checked={name === speciesName} onChange={() => setSpecies(name)} />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      <Field
        name="appearance"
        label="What others see (you may leave it out)"
        hint="“Tall, in a grey coat that was once blue.”"
        maxLength={500}
        autocomplete="off"
        failure={work.failure}
      />
      {species && (
        <PointBuy template={species.attributes} raises={raises} onChange={setRaises} secondary={secondaryOf} />
      )}
    </Form>
  );
}

type InhabitantsProps = { readonly inhabitants: EntryOptions["available_npcs"]; readonly create: Create };

function Inhabitants({ inhabitants, create }: InhabitantsProps) {
  const work = useWork();
  return (
    <>
      <Trouble failure={work.failure} />
      <ul class="cards">
        {inhabitants.map(({ id, name, species, occupation, description, appearance }) => (
          <li key={id} class="card">
            <h3>{name}</h3>
            <p class="soft">{[species, occupation].filter((word) => word !== "").join(", ")}</p>
            <p class="theme">{[description, appearance].filter((text) => text !== "").join(" ")}</p>
            <button type="button" onClick={() => work.run(() => create({ name, species, npc_id: id }))}>
              Be {name}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function WatcherForm({ create }: { readonly create: Create }) {
  const work = useWork();
  return (
    <Form work={work} submit="Enter and watch" onSubmit={({ name = "" }) => create({ name, role: "watcher" })}>
      <p>Nobody who lives there sees you. You walk without tiring and touch nothing.</p>
      <Field name="name" label="Name" maxLength={50} required autocomplete="off" failure={work.failure} />
    </Form>
  );
}
