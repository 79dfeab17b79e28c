import type { Scene } from "../scene.ts";
import type { Position } from "../space.ts";
import { placedAround } from "./kin.ts";
import { historyAt, stepAt } from "./populations.ts";
import { regionAt, regionM } from "./region.ts";
import { type Species, speciesById } from "./species.ts";

export type Trend = "growing" | "steady" | "shrinking";

export type Counted = {
  readonly species: Species;
  /** Living wild in the region. */
  readonly number: number;
  /** As many as its land ever carries. */
  readonly capacity: number;
  /** Against thirty days ago. */
  readonly trend: Trend;
  /** Alive and put here, beside those. */
  readonly placed: number;
};

export type Census = { readonly areaKm2: number; readonly species: readonly Counted[] };

const stepsBack = 6;
/** Less is noise. */
const trendShare = 0.03;

/** Who lives in the region of a place, and how many of each; those that are only put there come last. */
export function censusAt(scene: Scene, position: Position): Census {
  const { place, gameMs } = scene;
  const region = regionAt(place, position);
  const step = stepAt(place.spec, gameMs);
  const history = historyAt(place, region, step);
  const placed = Map.groupBy(placedAround(scene, position, regionM / 2), ({ speciesId }) => speciesId);
  const wild = region.residents.map(({ species, capacity }, index): Counted => {
    const [now, before] = [history.shareAt(step, index), history.shareAt(step - stepsBack, index)];
    const change = (now - before) / Math.max(before, 1e-9);
    const trend = change > trendShare ? "growing" : change < -trendShare ? "shrinking" : "steady";
    const number = Math.round(now * capacity);
    return { species, number, capacity: Math.round(capacity), trend, placed: placed.get(species.id)?.length ?? 0 };
  });
  const residents = new Set(wild.map(({ species: { id } }) => id));
  const guests = [...placed].flatMap(([id, animals]): Counted[] => {
    const species = speciesById.get(id);
    if (species === undefined || residents.has(id)) return [];
    return [{ species, number: 0, capacity: 0, trend: "steady", placed: animals.length }];
  });
  return { areaKm2: region.areaKm2, species: [...wild, ...guests] };
}
