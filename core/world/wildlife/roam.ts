import { rng } from "../../sim/rng.ts";
import { placeOf } from "../sky.ts";
import { clamp, offsetM, travel, wrapX } from "../space.ts";
import type { WorldSpec } from "../spec.ts";
import type { Point } from "./grid.ts";
import type { Species, Wake } from "./species.ts";

// How an animal's day goes, as a pure function of time, as that of people does (inhabitants/days.ts): a day has 48 parts, and in each of them a herd is on
// the way to a spot around its home, or there.

export type AnimalDoing = "feeding" | "resting" | "moving";

/** Those that go about together, or one alone. */
export type Roamer = {
  /** Names it in seeds. */
  readonly key: string;
  readonly species: Species;
  readonly home: Point;
  /** Never farther from home. */
  readonly roamM: number;
};

export type Moment = { readonly at: Point; readonly doing: AnimalDoing };

const partsPerDay = 48;

export function momentOf(spec: WorldSpec, roamer: Roamer, gameMs: number): Moment {
  const dayMs = spec.sky.dayLengthS * 1000;
  const localMs = gameMs + (dayMs * placeOf(spec, { ...roamer.home, z: 0 }).longitudeRad) / (2 * Math.PI);
  const partMs = dayMs / partsPerDay;
  const part = Math.floor(localMs / partMs);
  const way = wayIn(spec, roamer, part);
  const goneMs = localMs - part * partMs;
  // Where days are short they hurry: they arrive within the part.
  const walked = (roamer.species.walkMps * goneMs) / 1000 / Math.max(way.lengthM, 1);
  const share = Math.max(walked, (2 * goneMs) / partMs);
  if (way.lengthM === 0 || share >= 1) return { at: way.to, doing: way.ends };
  return { at: { x: wrapX(spec, way.from.x + share * way.dx), y: way.from.y + share * way.dy }, doing: "moving" };
}

/** Of one herd in one part of a day. */
type Way = {
  readonly part: number;
  readonly from: Point;
  readonly to: Point;
  readonly dx: number;
  readonly dy: number;
  readonly lengthM: number;
  /** What they do when they are there. */
  readonly ends: AnimalDoing;
};
const lastWays = new WeakMap<Roamer, Way>();

function wayIn(spec: WorldSpec, roamer: Roamer, part: number): Way {
  const last = lastWays.get(roamer);
  if (last?.part === part) return last;
  const [from, to] = [spotIn(spec, roamer, part - 1), spotIn(spec, roamer, part)];
  const { east, north } = offsetM(spec, { ...from, z: 0 }, { ...to, z: 0 });
  const way: Way = {
    part,
    from,
    to,
    dx: wrapX(spec, to.x - from.x),
    dy: to.y - from.y,
    lengthM: Math.hypot(east, north),
    ends: isAwake(roamer.species.wake, part) ? "feeding" : "resting",
  };
  lastWays.set(roamer, way);
  return way;
}

function spotIn(spec: WorldSpec, { key, species, home, roamM }: Roamer, part: number): Point {
  if (!isAwake(species.wake, part)) return home;
  const random = rng(spec.seed, "roam", key, part);
  const { x, y } = travel(spec, { ...home, z: 0 }, random.float() * 2 * Math.PI, roamM * Math.sqrt(random.float()));
  const { bounds } = spec;
  if (bounds === null) return { x, y };
  return {
    x: clamp(x, bounds.minX + wallM, bounds.maxX - wallM),
    y: clamp(y, bounds.minY + wallM, bounds.maxY - wallM),
  };
}
const wallM = 0.5;

/** By the place's own hour. */
function isAwake(wake: Wake, part: number): boolean {
  const hour = ((((part % partsPerDay) + partsPerDay) % partsPerDay) * 24) / partsPerDay;
  switch (wake) {
    case "always":
      return true;
    case "day":
      return hour >= 5.5 && hour < 20;
    case "night":
      return hour >= 20 || hour < 5.5;
    case "twilight":
      return (hour >= 4 && hour < 9.5) || (hour >= 16 && hour < 22);
  }
}
