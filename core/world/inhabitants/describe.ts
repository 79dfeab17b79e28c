import { directionOf, distanceM } from "../space.ts";
import type { Body } from "../model.ts";
import { sightM, type Viewer } from "../perception.ts";
import type { Scene } from "../scene.ts";
import { isHiddenByLand } from "../sight-line.ts";
import { skyAt } from "../sky.ts";
import { directionTo, whereabouts } from "../whereabouts.ts";
import { aboutMetres, capitalised, listed } from "../words.ts";
import { inhabitantsOf, type Npc, npcsWithin } from "./inhabitants.ts";
import { appearanceOf, callingOf, plural } from "./portrait.ts";
import type { Settlement } from "./settle.ts";

/** A place of people is made out from so far in clear air. */
const roofsM = 1_500;
/** Its edge: so far beyond the outermost house one still says that one is there. */
const outskirtsM = 15;
const namedMax = 8;

/** Whom of those who live here somebody standing here sees. */
export function npcsInSight(scene: Scene, viewer: Viewer): Npc[] {
  return npcsWithin(scene, viewer.position, sightM(scene, viewer)).filter(
    ({ position }) => !isHiddenByLand(scene.place, viewer.position, position),
  );
}

/** "Misteir the weaver" */
export const styled = ({ person: { name, occupation } }: Npc): string => `${name} the ${occupation}`;

/** Where one is among people, or where they can be made out to live; "" where there is nothing of them. */
export function describeSettlements(scene: Scene, viewer: Body): string {
  const { spec } = scene.place;
  if (spec.ground === "room") return "";
  const { settlements, society } = inhabitantsOf(scene.place);
  const farM = Math.min(roofsM, scene.weather?.observe(viewer.position).visibilityM ?? roofsM);
  const distanceTo = ({ centre }: Settlement): number =>
    distanceM(spec, viewer.position, { ...centre, z: viewer.position.z });
  const near = settlements
    .map((settlement) => ({ settlement, distance: distanceTo(settlement) }))
    .filter(({ distance }) => distance <= farM)
    .toSorted((a, b) => a.distance - b.distance);
  const isDark = skyAt(spec, scene.gameMs, viewer.position).sunAltitudeRad < darkBelowRad;
  return near
    .map(({ settlement, distance }) => {
      const name = `${settlement.name}, home of the ${plural(society.peoples[settlement.people]!.name)}`;
      if (distance <= settlement.radiusM + outskirtsM) return `This is ${name}.`;
      const where = `${aboutMetres(distance)} to the ${directionTo(scene, viewer, settlement.centre)}`;
      return `${isDark ? "A few lights show" : "Smoke rises"} from ${name}, ${where}.`;
    })
    .join(" ");
}
const darkBelowRad = (-6 * Math.PI) / 180;

/** "Misteir the weaver and Jostvey the smith are here. Somvey the healer is asleep." */
export function describeNpcs(npcs: readonly Npc[]): string {
  const [asleep, awake] = [npcs.filter(isAsleep), npcs.filter((npc) => !isAsleep(npc))];
  const tell = (some: readonly Npc[], how: string): string => {
    if (some.length === 0) return "";
    const named = some.slice(0, namedMax).map(styled);
    const more = some.length - named.length;
    const names = more === 0 ? named : [...named, more === 1 ? "one more" : `${more} more`];
    return `${listed(names)} ${some.length === 1 ? "is" : "are"} ${how}.`;
  };
  return [tell(awake, "here"), tell(asleep, "asleep")].filter((sentence) => sentence !== "").join(" ");
}

const isAsleep = ({ doing }: Npc): boolean => doing === "asleep";

/** What looking at somebody closely shows. */
export function describeNpc(scene: Scene, viewer: Body, npc: Npc): string {
  const { society } = inhabitantsOf(scene.place);
  const { person, orientation, position, doing } = npc;
  const where = whereabouts(scene, viewer, position);
  const facing = doing === "asleep" ? "" : `, facing ${directionOf(orientation)}`;
  return [
    `${person.name} is ${callingOf(society, person)}, ${where}${facing}.`,
    appearanceOf(society, person),
    `${capitalised(person.pronoun)} is ${doingWords[doing]}.`,
  ].join(" ");
}

const doingWords: Readonly<Record<Npc["doing"], string>> = {
  asleep: "asleep",
  "at home": "resting at the door",
  "at work": "at work",
  "in the square": "passing the time with the others",
  "on the way": "on the way somewhere",
};
