import { rng, seedOf } from "../../sim/rng.ts";
import type { Place } from "../scene.ts";
import type { AnimalId } from "../../lib/ids.ts";
import { cellNumbered } from "./grid.ts";
import { type History, historyAt, stepDays } from "./populations.ts";
import { countAt, individualsMax, type Range, rangeM, rangeOf } from "./ranges.ts";
import { speciesById } from "./species.ts";

// Who lives wild, one by one, without being in any state. A range has places for individuals. A place is taken while the population says that so many
// live there, and given on when its time is over: so one life lies between two deaths or comings, and is found again from the place and the step of
// its birth, which is what an id says. Lives at the turn of an age of the populations may be told differently afterwards: see populations.ts.

export type Sex = "female" | "male";

export type WildLife = {
  readonly id: AnimalId;
  readonly range: Range;
  readonly slot: number;
  readonly bornStep: number;
  /** The first step at which it is too old. */
  readonly oldStep: number;
  readonly sex: Sex;
};

/** What was found out up to `nowStep`. */
export type Chronicle = { readonly place: Place; readonly nowStep: number };

/** Who has a place of a range at a step; null while it is free. `history` knows that step. */
export function lifeIn(place: Place, range: Range, slot: number, step: number, history: History): WildLife | null {
  if (countAt(range, history, step) <= slot) return null;
  const { length, phase } = tenureOf(place, range, slot);
  const begins = Math.floor((step + phase) / length) * length - phase;
  let bornStep = step;
  while (bornStep > begins && countAt(range, history, bornStep - 1) > slot) bornStep--;
  return begun(place, range, slot, bornStep);
}

/** Whose life in a place begins with a step. */
export function bornAt(place: Place, range: Range, slot: number, step: number, history: History): WildLife | null {
  if (countAt(range, history, step) <= slot) return null;
  const { length, phase } = tenureOf(place, range, slot);
  const isFree = (step + phase) % length === 0 || countAt(range, history, step - 1) <= slot;
  return isFree ? begun(place, range, slot, step) : null;
}

/** Who had a place until a step; null where nobody lost it then. */
export function endedAt(place: Place, range: Range, slot: number, step: number, history: History): WildLife | null {
  if (countAt(range, history, step - 1) <= slot) return null;
  const { length, phase } = tenureOf(place, range, slot);
  const isOver = (step + phase) % length === 0 || countAt(range, history, step) <= slot;
  return isOver ? lifeIn(place, range, slot, step - 1, history) : null;
}

function begun(place: Place, range: Range, slot: number, bornStep: number): WildLife {
  const { length, phase } = tenureOf(place, range, slot);
  const oldStep = (Math.floor((bornStep + phase) / length) + 1) * length - phase;
  const isFemale = seedOf(place.spec.seed, "sex", range.species.id, range.cell.key, slot, bornStep) % 2 === 0;
  const id = wildId(range, slot, bornStep);
  return { id, range, slot, bornStep, oldStep, sex: isFemale ? "female" : "male" };
}

/** Nobody has a place for longer, and when the first one had had his time. In steps. */
type Tenure = { readonly length: number; readonly phase: number };
const tenures = new WeakMap<Range, Tenure[]>();

function tenureOf({ spec }: Place, range: Range, slot: number): Tenure {
  const known = tenures.get(range) ?? [];
  tenures.set(range, known);
  for (let next = known.length; next <= slot; next++) {
    const random = rng(spec.seed, "tenure", range.species.id, range.cell.key, next);
    const length = Math.max(2, Math.round((range.species.lifeDays / stepDays) * (0.6 + 0.4 * random.float())));
    known.push({ length, phase: random.int(length) });
  }
  return known[slot]!;
}

export const isGrown = ({ range: { species }, bornStep }: WildLife, step: number): boolean =>
  (step - bornStep) * stepDays >= species.adultDays;

/** The first step without it, up to and with `nowStep`; null while it lives. */
export function endOf({ range, slot, bornStep, oldStep }: WildLife, { place, nowStep }: Chronicle): number | null {
  const history = knowing(place, range, bornStep, nowStep);
  for (let step = bornStep + 1; step <= nowStep; step++) {
    if (step === oldStep || countAt(range, history, step) <= slot) return step;
  }
  return null;
}

/** Days of the world: each step tells of those since the one before it. */
export const bornDayOf = ({ spec }: Place, { id, bornStep }: WildLife): number =>
  bornStep * stepDays - (seedOf(spec.seed, "born", id) % stepDays);
export const endDayOf = ({ spec }: Place, { id }: WildLife, endStep: number): number =>
  endStep * stepDays - (seedOf(spec.seed, "ended", id) % stepDays);

/** The mother and the father, who shared its range and were grown; a missing one was a stranger. null: it came from elsewhere when it was young. */
export function parentsOf(
  life: WildLife,
  { place, nowStep }: Chronicle,
): { mother: WildLife; father: WildLife | null } | null {
  const { range, slot, bornStep } = life;
  const history = knowing(place, range, bornStep, nowStep);
  const grown: WildLife[] = [];
  const count = countAt(range, history, bornStep);
  for (let other = 0; other < count; other++) {
    const each = other === slot ? null : lifeIn(place, range, other, bornStep, history);
    if (each && isGrown(each, bornStep)) grown.push(each);
  }
  const random = rng(place.spec.seed, "parents", range.species.id, range.cell.key, slot, bornStep);
  const [females, males] = [grown.filter(({ sex }) => sex === "female"), grown.filter(({ sex }) => sex === "male")];
  const mother = females.length === 0 ? null : females[random.int(females.length)]!;
  if (mother === null) return null;
  return { mother, father: males.length === 0 ? null : males[random.int(males.length)]! };
}

/** Born up to `nowStep`, the eldest first, at most so many. */
export function childrenOf(life: WildLife, chronicle: Chronicle, most: number): WildLife[] {
  const { place, nowStep } = chronicle;
  const { range, bornStep } = life;
  const until = Math.min(endOf(life, chronicle) ?? nowStep + 1, nowStep + 1);
  const from = bornStep + Math.ceil(range.species.adultDays / stepDays);
  const history = knowing(place, range, bornStep, nowStep);
  const children: WildLife[] = [];
  for (let step = from; step < until; step++) {
    for (let slot = 0; slot < countAt(range, history, step); slot++) {
      const child = bornAt(place, range, slot, step, history);
      if (!child) continue;
      const parents = parentsOf(child, chronicle);
      if (parents?.mother.id !== life.id && parents?.father?.id !== life.id) continue;
      children.push(child);
      if (children.length === most) return children;
    }
  }
  return children;
}

/** "deer-3.k.0.2f": the range, the place in it and the step of its birth, in base 36; columns and rows, which may be negative, folded over 0. */
function wildId({ species, cell: { column, row } }: Range, slot: number, bornStep: number): AnimalId {
  const numbers = [fold(column), fold(row), slot, fold(bornStep)].map((number) => number.toString(36));
  return `${species.id}-${numbers.join(".")}` as AnimalId;
}
const fold = (n: number): number => (n < 0 ? -2 * n - 1 : 2 * n);
const unfold = (n: number): number => (n % 2 === 1 ? -(n + 1) / 2 : n / 2);

const wildIds = /^([a-z]+)-([0-9a-z]{1,5})\.([0-9a-z]{1,5})\.([0-9a-z]{1,2})\.([0-9a-z]{1,5})$/u;

/** Whom an id names, alive or dead; null where there was never anybody of that name. */
export function wildLifeOf(id: string, { place, nowStep }: Chronicle): WildLife | null {
  const [, name = "", ...parts] = wildIds.exec(id) ?? [];
  const species = speciesById.get(name);
  if (species === undefined || parts.length !== 4) return null;
  const [columnWord, rowWord, slotWord, bornWord] = parts as [string, string, string, string];
  const bornStep = unfold(Number.parseInt(bornWord, 36));
  if (bornStep > nowStep) return null;
  const [column, row] = [unfold(Number.parseInt(columnWord, 36)), unfold(Number.parseInt(rowWord, 36))];
  const cell = cellNumbered(place.spec, rangeM(species), column, row);
  const range = cell && rangeOf(place, species, cell);
  const slot = Number.parseInt(slotWord, 36);
  if (range === null || slot >= individualsMax) return null;
  const life = bornAt(place, range, slot, bornStep, knowing(place, range, bornStep, nowStep));
  return life?.id === id ? life : null;
}

/** Today's knowledge as far back as it reaches. */
export function knowing(place: Place, { region }: Range, step: number, nowStep: number): History {
  const today = historyAt(place, region, nowStep);
  return step >= today.firstStep ? today : historyAt(place, region, Math.max(0, step));
}
