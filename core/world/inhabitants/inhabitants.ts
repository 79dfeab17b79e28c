import type { NpcId } from "../../lib/ids.ts";
import type { Place, Scene } from "../scene.ts";
import { placeOf } from "../sky.ts";
import { compassOf, distanceM, type Orientation, orientationOf, type Position, round, travel } from "../space.ts";
import { type Doing, type Haunts, hauntsOf, momentOf } from "./days.ts";
import { settle, type Settlement } from "./settle.ts";
import { type Person, type Society, societyOf } from "./society.ts";

export type Resident = { readonly person: Person; readonly settlement: Settlement; readonly haunts: Haunts };

/** Everyone who lives in a world, and where. */
export type Inhabitants = {
  readonly society: Society;
  readonly settlements: readonly Settlement[];
  /** By settlement, in their order. */
  readonly residents: readonly (readonly Resident[])[];
};

/** Somebody as they are at one moment. */
export type Npc = {
  readonly person: Person;
  readonly settlement: Settlement;
  readonly position: Position;
  readonly orientation: Orientation;
  readonly doing: Doing;
};

const known = new WeakMap<Place, Inhabitants>();

/** Made when somebody first asks, which takes some milliseconds, and kept for as long as the place is. */
export function inhabitantsOf(place: Place): Inhabitants {
  const made = known.get(place) ?? makeInhabitants(place);
  known.set(place, made);
  return made;
}

export function makeInhabitants(place: Pick<Place, "id" | "spec" | "terrain">): Inhabitants {
  const society = societyOf(place.id, place.spec);
  const settlements = settle(place, society);
  const residents = settlements.map((settlement) => {
    const persons = society.persons.filter(({ people }) => people === settlement.people);
    return persons.map((person, index) => ({
      person,
      settlement,
      haunts: hauntsOf(person, index, persons.length, settlement.radiusM),
    }));
  });
  return { society, settlements, residents };
}

/** Of one settlement at one moment: whoever looks around in the same turn sees the same people. */
type Crowd = { readonly gameMs: number; readonly npcs: readonly Npc[] };
const lastCrowds = new WeakMap<Settlement, Crowd>();

function crowdOf(
  scene: Pick<Scene, "place" | "gameMs">,
  settlement: Settlement,
  residents: readonly Resident[],
): readonly Npc[] {
  const last = lastCrowds.get(settlement);
  if (last?.gameMs === scene.gameMs) return last.npcs;
  const crowd = { gameMs: scene.gameMs, npcs: residents.map((resident) => npcNow(scene, resident)) };
  lastCrowds.set(settlement, crowd);
  return crowd.npcs;
}

/** Those within a distance who are nobody's character just now, nearest first. */
export function npcsWithin(scene: Scene, from: Position, radiusM: number): Npc[] {
  const { spec } = scene.place;
  if (spec.ground === "room") return [];
  const { settlements, residents } = inhabitantsOf(scene.place);
  const near: { npc: Npc; distance: number }[] = [];
  let taken: ReadonlySet<NpcId> | null = null;
  settlements.forEach((settlement, index) => {
    if (distanceM(spec, { ...from, z: settlement.centre.z }, settlement.centre) > radiusM + settlement.radiusM) return;
    taken ??= played(scene);
    for (const npc of crowdOf(scene, settlement, residents[index]!)) {
      if (taken.has(npc.person.id)) continue;
      const distance = distanceM(spec, from, npc.position);
      if (distance <= radiusM) near.push({ npc, distance });
    }
  });
  return near.toSorted((a, b) => a.distance - b.distance).map(({ npc }) => npc);
}

/** All who are nobody's character just now. */
export function npcsOf(scene: Pick<Scene, "place" | "state" | "gameMs">): Npc[] {
  if (scene.place.spec.ground === "room") return [];
  const { settlements, residents } = inhabitantsOf(scene.place);
  const taken = played(scene);
  return settlements
    .flatMap((settlement, index) => crowdOf(scene, settlement, residents[index]!))
    .filter(({ person }) => !taken.has(person.id));
}

/** As a resident, whoever plays him; null for who does not live in this world. */
export function npcById(scene: Scene, id: NpcId): Npc | null {
  if (scene.place.spec.ground === "room") return null;
  const { residents } = inhabitantsOf(scene.place);
  const resident = residents.flat().find(({ person }) => person.id === id);
  return resident ? npcNow(scene, resident) : null;
}

/** Those who are played by somebody who is here are where their player is, and nowhere else; and some have left the world with him. */
function played({ state }: Pick<Scene, "state">): ReadonlySet<NpcId> {
  return new Set([...state.bodies.values()].flatMap(({ npcId }) => npcId ?? []).concat(...(state.npcsAway ?? [])));
}

/** Where a resident is, on the ground as it is. */
export function npcNow(
  { place, gameMs }: Pick<Scene, "place" | "gameMs">,
  { person, settlement, haunts }: Resident,
): Npc {
  const { spec, terrain } = place;
  const { longitudeRad } = placeOf(spec, settlement.centre);
  const localMs = gameMs + (spec.sky.dayLengthS * 1000 * longitudeRad) / (2 * Math.PI);
  const { doing, at, facingRad } = momentOf(haunts, spec, localMs);
  const there = travel(spec, settlement.centre, Math.atan2(at.east, at.north), Math.hypot(at.east, at.north));
  const position = { x: there.x, y: there.y, z: round(terrain.groundAt(there.x, there.y).elevationM) };
  const orientation = orientationOf(compassOf(Math.sin(facingRad), Math.cos(facingRad)));
  return { person, settlement, position, orientation, doing };
}
