import { useEffect, useState } from "preact/hooks";
import type { WorldDetailResponse } from "#core/protocol/world.ts";
import { api } from "../state/session.ts";
import { type Air, joined } from "./air.ts";

/** How often the air is asked for, while one looks; the clock every so many times. */
export const airEveryMs = 4000;
const clockEveryTurns = 3;

export type Now = {
  readonly world: WorldDetailResponse;
  /** "none": nobody is there to see any, or it has none. */
  readonly air: Air | "none" | "unknown";
  readonly isLate: boolean;
};

/** What time it is in a world, and its weather, for as long as the page is seen. */
export function useAir(first: WorldDetailResponse, hasWeather: boolean): Now {
  const [now, setNow] = useState<Now>({ world: first, air: hasWeather ? "unknown" : "none", isLate: false });
  useEffect(() => {
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let turn = 0;
    let isAsking = false;
    const ask = async () => {
      timer = undefined;
      isAsking = true;
      const { signal } = stopped;
      try {
        const world = turn++ % clockEveryTurns === 0 ? await api.world(first.id, { signal }) : null;
        const told = hasWeather ? (await api.worldWeather(first.id, { signal })).weather : null;
        setNow((last) => ({ world: world ?? last.world, air: airAfter(last.air, told), isLate: false }));
      } catch {
        if (!signal.aborted) setNow((last) => ({ ...last, isLate: true }));
      }
      isAsking = false;
      if (!signal.aborted && !document.hidden) timer = setTimeout(() => void ask(), airEveryMs);
    };
    const goOn = () => {
      if (!document.hidden && timer === undefined && !isAsking) timer = setTimeout(() => void ask(), 0);
    };
    document.addEventListener("visibilitychange", goOn);
    void ask();
    return () => {
      stopped.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", goOn);
    };
  }, [first.id, hasWeather]);
  return now;
}

function airAfter(last: Now["air"], told: Parameters<typeof joined>[1] | null): Now["air"] {
  if (told === null) return "none";
  return joined(typeof last === "string" ? null : last, told, performance.now());
}
