import { rng } from "../../sim/rng.ts";
import { sightMaxM } from "../perception.ts";
import type { Place, Scene } from "../scene.ts";
import { distanceM, travel } from "../space.ts";
import type { Ground } from "../terrain.ts";
import { cellsWithin, type Point, pointIn } from "./grid.ts";
import { landMemory } from "./land-memory.ts";
import { lifeIn, type WildLife } from "./lives.ts";
import { historyAt } from "./populations.ts";
import { countAt, type Range, rangeM, rangesWithin } from "./ranges.ts";
import { regionAt, regionM } from "./region.ts";
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

/** Whoever stands in one such square looks at the same herds. */
const squareM = 64;
/** Remembered, of one step of the populations. */
const squaresMax = 2048;

type Squares = { step: number; readonly herds: Map<string, readonly Herd[]> };
const squaresOf = landMemory((): Squares => ({ step: Number.NaN, herds: new Map() }));

/** Those of whom somebody here might see any, at whatever hour and with whatever eyes. */
export function herdsNear(place: Place, { x, y }: Point, step: number): readonly Herd[] {
  const squares = squaresOf(place);
  if (squares.step !== step || squares.herds.size >= squaresMax) {
    squares.step = step;
    squares.herds.clear();
  }
  const [column, row] = [Math.floor(x / squareM), Math.floor(y / squareM)];
  const key = `${column} ${row}`;
  const before = squares.herds.get(key);
  if (before) return before;
  const made = herdsAround(place, { x: (column + 0.5) * squareM, y: (row + 0.5) * squareM }, step);
  squares.herds.set(key, made);
  return made;
}

function herdsAround(place: Place, from: Point, step: number): Herd[] {
  const cornerM = squareM * Math.SQRT1_2;
  const regions = cellsWithin(place.spec, regionM, from, sightMaxM + cornerM).map((cell) => regionAt(place, cell));
  const species = new Set(regions.flatMap(({ residents }) => residents.map((each) => each.species)));
  return [...species].flatMap((each) => {
    const withinM = sightMaxM * each.conspicuity + each.shyM + spreadM(each.group) + cornerM + roamOf(each);
    const herds = rangesWithin(place, each, from, withinM).flatMap((range) => herdsOf(place, range, step));
    return herds.filter(({ home }) => distanceM(place.spec, { ...from, z: 0 }, { ...home, z: 0 }) <= withinM);
  });
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

/** Where one of them is, as its herd is at `middle`. */
export function besideHerd({ place }: Pick<Scene, "place">, herd: Herd, { slot }: WildLife, middle: Point): Point {
  if (herd.members.length <= 1) return middle;
  const index = slot % herd.species.group;
  return travel(place.spec, { ...middle, z: 0 }, index * goldenAngleRad, 1.5 + 1.5 * Math.sqrt(index));
}
const goldenAngleRad = Math.PI * (3 - Math.sqrt(5));
