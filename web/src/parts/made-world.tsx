import { useEffect, useState } from "preact/hooks";
import type { WorldDetailResponse } from "#core/protocol/world.ts";
import { api } from "../state/session.ts";
import { WorldPicture } from "./world-picture.tsx";

const askEveryMs = 1500;
/** A planet takes seconds; after this long one is told to come back later. */
const asksMax = 120;

/** A world that is being made, and then is there. */
export function MadeWorld({ id }: { readonly id: string }) {
  const [world, setWorld] = useState<WorldDetailResponse | null>(null);
  const [isLate, setLate] = useState(false);
  useEffect(() => untilMade(id, setWorld, () => setLate(true)), [id]);
  if (world === null) return isLate ? <Later /> : <Making words="It takes shape …" share={1} />;
  return (
    <section class="made" aria-labelledby="made" ref={(section) => section?.scrollIntoView({ block: "start" })}>
      <WorldPicture id={id} name={world.name} shape={world.shape} isReady width={768} />
      <h2 id="made" tabIndex={-1} ref={(heading) => heading?.focus({ preventScroll: true })}>
        {world.name} is there
      </h2>
      <p class="lead">{world.theme}</p>
      <p>
        <a class="button primary" href={`/worlds/${id}`}>
          Enter {world.name}
        </a>{" "}
        <a class="button" href={`/worlds/${id}/map`}>
          Look at it from above
        </a>
      </p>
    </section>
  );
}

/** What the statue says of it, and how far it is: a share of 0 … 1. */
export function Making({ words, share }: { readonly words: string; readonly share: number }) {
  return (
    <div class="making">
      <span class="globe" aria-hidden="true" />
      <p role="status">{words}</p>
      <progress value={share} aria-label="How far the world is" />
    </div>
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
