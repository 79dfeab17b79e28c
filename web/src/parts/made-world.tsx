import { useEffect, useState } from "preact/hooks";
import type { WorldDetailResponse } from "#core/protocol/world.ts";
import { api } from "../state/session.ts";
import { WorldPicture } from "./world-picture.tsx";

const askEveryMs = 1500;
/** A planet takes seconds; after this long one is told to come back later. */
const asksMax = 120;

/** What is going on while there is nothing to see yet, in the order in which it happens. */
const stages = [
  "The plates find their places",
  "Mountains rise",
  "Rain carves the valleys",
  "The seas are settling",
  "Forests and grass take root",
  "The first names are given",
];
const stageMs = 2500;

/** A world that is being made, and then is there. */
export function MadeWorld({ id }: { readonly id: string }) {
  const [world, setWorld] = useState<WorldDetailResponse | null>(null);
  const [isLate, setLate] = useState(false);
  useEffect(() => untilMade(id, setWorld, () => setLate(true)), [id]);
  if (world === null) return isLate ? <Later /> : <Making />;
  return (
    <section class="made" aria-labelledby="made">
      <WorldPicture id={id} name={world.name} shape={world.shape} isReady width={768} />
      <h2 id="made" tabIndex={-1} ref={(heading) => heading?.focus({ preventScroll: true })}>
        {world.name} is there
      </h2>
      <p class="lead">{world.theme}</p>
      <p>
        <a class="button primary" href={`/worlds/${id}`}>
          Enter {world.name}
        </a>
      </p>
    </section>
  );
}

function Making() {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setStage((last) => Math.min(stages.length - 1, last + 1)), stageMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <p class="making" role="status">
      <span class="globe" aria-hidden="true" />
      {stages[stage]} …
    </p>
  );
}

function Later() {
  return (
    <p role="status">
      It takes longer than usual. It goes on without you: you find your world among <a href="/worlds">the others</a>{" "}
      when it is there.
    </p>
  );
}

function untilMade(id: string, onMade: (world: WorldDetailResponse) => void, onLate: () => void): () => void {
  let asks = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = async () => {
    const world = await api.world(id).catch(() => null);
    if (world !== null && world.status !== "generating") return onMade(world);
    asks += 1;
    if (asks >= asksMax) return onLate();
    timer = setTimeout(() => void ask(), askEveryMs);
    return undefined;
  };
  void ask();
  return () => {
    asks = asksMax;
    clearTimeout(timer);
  };
}
