import { rng } from "../../sim/rng.ts";
import type { Place } from "../scene.ts";
import type { Ground } from "../terrain.ts";
import { type Point, pointIn } from "./grid.ts";
import { lifeIn, type WildLife } from "./lives.ts";
import { historyAt } from "./populations.ts";
import { countAt, type Range, rangeM, rangesWithin } from "./ranges.ts";
import type { Roamer } from "./roam.ts";
import type { Species } from "./species.ts";

/** Some of a range that keep together. */
export type Herd = Roamer & { readonly members: readonly WildLife[] };

type Band = { readonly step: number; readonly herds: readonly Herd[] };
const bands = new WeakMap<Range, Band>();

/** Those of a range at a step of the populations. */
export function herdsOf(place: Place, range: Range, step: number): readonly Herd[] {
  const last = bands.get(range);
  if (last?.step === step) return last.herds;
  const herds = gather(place, range, step);
  bands.set(range, { step, herds });
  return herds;
}

/** Those who may be within a distance, at whatever hour. */
export function herdsNear(place: Place, species: Species, from: Point, radiusM: number, step: number): Herd[] {
  const ranges = rangesWithin(place, species, from, radiusM + roamOf(species) + spreadM(species.group));
  return ranges.flatMap((range) => herdsOf(place, range, step));
}

const roamMaxM = 200;
const roamOf = (species: Species): number => Math.min(roamMaxM, rangeM(species) * 0.4);

function gather(place: Place, range: Range, step: number): Herd[] {
  const { species, cell } = range;
  const history = historyAt(place, range.region, step);
  const herds = new Map<number, WildLife[]>();
  const count = countAt(range, history, step);
  for (let slot = 0; slot < count; slot++) {
    const life = lifeIn(place, range, slot, step, history);
    const index = Math.floor(slot / species.group);
    if (life) herds.set(index, [...(herds.get(index) ?? []), life]);
  }
  return [...herds].flatMap(([index, members]): Herd[] => {
    const home = homeOf(place, range, index);
    const key = `${species.id} ${cell.key} ${index}`;
    return home === null ? [] : [{ key, species, home, roamM: roamOf(species), members }];
  });
}

const homesTried = 12;

/** null where no such land is found: they keep out of sight. */
function homeOf({ spec, terrain }: Place, { species, cell, patch }: Range, index: number): Point | null {
  const random = rng(spec.seed, "home", species.id, cell.key, index);
  for (let tried = 0; tried < homesTried; tried++) {
    const at = pointIn(spec, patch, random.float(), random.float());
    const ground = terrain.groundAt(at.x, at.y);
    if (suits(species, ground) && random.float() < (species.livesIn[ground.biome] ?? 0)) return at;
  }
  return null;
}

/** Whether one of them can be there at all. */
export function suits({ element, livesIn }: Species, { biome, isWater }: Ground): boolean {
  if ((livesIn[biome] ?? 0) === 0) return false;
  return element === "air" || isWater === (element === "water");
}

/** Of a herd of so many, around where it is. */
export const spreadM = (members: number): number => (members <= 1 ? 0 : 1.5 + 1.5 * Math.sqrt(members));

/** Where one of them is, from the middle of its herd. */
export function besideHerd({ members }: Herd, { slot, range }: WildLife): { bearingRad: number; distanceM: number } {
  const index = slot % range.species.group;
  return { bearingRad: index * goldenAngleRad, distanceM: members.length <= 1 ? 0 : 1.5 + 1.5 * Math.sqrt(index) };
}
const goldenAngleRad = Math.PI * (3 - Math.sqrt(5));
