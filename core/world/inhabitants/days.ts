import { assert } from "../../lib/assert.ts";
import { rng } from "../../sim/rng.ts";
import type { WorldSpec } from "../spec.ts";
import type { Person } from "./society.ts";

// How somebody's day goes, as a pure function of time: nothing of it is an event, and a world that slept for a year knows at once where everyone is. A
// day has 48 parts, whatever its length; in each of them a person is on the way to a spot of the village, or there.

export type Doing = "asleep" | "at home" | "at work" | "in the square" | "on the way";

/** Metres from the middle of the village. */
export type Spot = { readonly east: number; readonly north: number };

/** The spots of one person. */
export type Haunts = {
  readonly home: Spot;
  readonly works: readonly [Spot, Spot];
  readonly square: Spot;
  /** Rises and goes to bed so much later than others, in parts of a day. */
  readonly lateParts: number;
};

export type Moment = {
  readonly doing: Doing;
  readonly at: Spot;
  /** Compass bearing of the way they look. */
  readonly facingRad: number;
};

const partsPerDay = 48;
const walkingMps = 1.2;

/** Where somebody lives, works and meets others, all within the village. */
export function hauntsOf(person: Person, index: number, count: number, radiusM: number): Haunts {
  const random = rng(person.seed, "haunts");
  const around = (angle: number, distance: number): Spot => ({
    east: Math.sin(angle) * distance,
    north: Math.cos(angle) * distance,
  });
  const angle = index * goldenAngleRad;
  const somewhere = (): Spot => around(random.float() * 2 * Math.PI, radiusM * Math.sqrt(random.float()));
  return {
    home: around(angle, radiusM * Math.sqrt((index + 0.7) / count)),
    works: [somewhere(), somewhere()],
    square: around(angle, Math.min(radiusM, 1.5 + 0.25 * index)),
    lateParts: random.int(4),
  };
}
const goldenAngleRad = Math.PI * (3 - Math.sqrt(5));

/** `localMs`: game time at the village's own longitude, midnight a whole number of days. */
export function momentOf(haunts: Haunts, { sky }: WorldSpec, localMs: number): Moment {
  const partMs = (sky.dayLengthS * 1000) / partsPerDay;
  const part = Math.floor(localMs / partMs);
  const [from, to] = [spotIn(haunts, part - 1), spotIn(haunts, part)];
  const [east, north] = [to.spot.east - from.spot.east, to.spot.north - from.spot.north];
  const distance = Math.hypot(east, north);
  const walkedM = (walkingMps * (localMs - part * partMs)) / 1000;
  // Where days are short people hurry: they arrive within the part.
  const share =
    distance === 0 ? 1 : Math.min(1, Math.max(walkedM / distance, (2 * (localMs - part * partMs)) / partMs));
  const walked = Math.atan2(east, north);
  if (share < 1) {
    const at = { east: from.spot.east + share * east, north: from.spot.north + share * north };
    return { doing: "on the way", at, facingRad: walked };
  }
  // Back to the square: that is where others are.
  const inwards = Math.atan2(-to.spot.east, -to.spot.north);
  return { doing: to.doing, at: to.spot, facingRad: to.doing === "at work" ? walked : inwards };
}

function spotIn(haunts: Haunts, part: number): { readonly doing: Exclude<Doing, "on the way">; readonly spot: Spot } {
  const own = part - haunts.lateParts;
  const hour = ((((own % partsPerDay) + partsPerDay) % partsPerDay) * 24) / partsPerDay;
  if (hour < 5.5 || hour >= 21.5) return { doing: "asleep", spot: haunts.home };
  if (hour < 7 || hour >= 19.5) return { doing: "at home", spot: haunts.home };
  if ((hour >= 12 && hour < 13) || hour >= 17.5) return { doing: "in the square", spot: haunts.square };
  const spot = haunts.works[Math.abs(Math.floor(own / 2)) % 2];
  assert(spot !== undefined, "there are two places of work");
  return { doing: "at work", spot };
}
