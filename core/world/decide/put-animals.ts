import type { AnimalId } from "../../lib/ids.ts";
import { rng } from "../../sim/rng.ts";
import type { Facts } from "../facts.ts";
import { obstacleOnWay } from "../obstacles.ts";
import { othersWithin, sightM } from "../perception.ts";
import { type Act, type Decision, refuse, type Scene, telling } from "../scene.ts";
import { compass, distanceM, isInBounds, type Position, round, bearingRad, travel } from "../space.ts";
import { capitalised, listed, withArticle } from "../words.ts";
import { animalNamed, unheardOf } from "../wildlife/describe.ts";
import { suits } from "../wildlife/herds.ts";
import { type Animal, animalsInSight } from "../wildlife/in-sight.ts";
import { animalNow, knownBy, lineageOf } from "../wildlife/kin.ts";
import type { Sex } from "../wildlife/lives.ts";
import { livesAt, placedAliveMax, placedAliveOfUserMax, type PlacedAnimal } from "../wildlife/model.ts";
import { dayMs } from "../wildlife/populations.ts";
import { bears } from "../wildlife/region.ts";
import { allSpecies, type Species, speciesNamed } from "../wildlife/species.ts";
import { stillness } from "./clock.ts";
import { mayShape } from "./may-shape.ts";

/** So far from whoever puts it there, or nearer where there is no room. */
const putAtM = [6, 3, 1] as const;
/** Whom one brings together is no farther away, and no farther apart. */
const togetherM = 500;
/** Of what it takes to grow up: so long a mother has no more young. */
const restShare = 0.4;

/** Why nobody may put an animal here now; null where he may. */
function refusalOf({ scene, actor }: Act, facts: Facts): string | null {
  if (!mayShape(actor, facts)) return `Only the owner of ${scene.place.name} can put animals there.`;
  if (scene.state.clock.isPaused) return stillness;
  const alive = aliveIn(scene);
  if (alive.length >= placedAliveMax)
    return `${placedAliveMax} animals have been put in this world. Wait until some of them have died.`;
  if (alive.filter(({ byUserId }) => byUserId === actor.userId).length >= placedAliveOfUserMax)
    return `You have put ${placedAliveOfUserMax} animals here. Wait until some of them have died.`;
  return null;
}

const aliveIn = ({ state, gameMs }: Scene): PlacedAnimal[] =>
  [...(state.wildlife?.animals.values() ?? [])].filter((each) => livesAt(each, gameMs));

export function decideSpawn(act: Act, facts: Facts, words: string): Decision {
  const { scene, actor } = act;
  const refusal = refusalOf(act, facts);
  if (refusal !== null) return refuse(actor, refusal);
  const species = speciesNamed(words);
  if (species === null) return refuse(actor, unknownSpecies(act, words));
  const position = placeFor(act, species);
  if (position === null) return refuse(actor, `${cannotLive(species)} ${canLiveHere(act)}`);
  const { adultDays, lifeDays } = species;
  const day = dayMs(scene.place.spec);
  const id = nextId(scene, species);
  const animal: PlacedAnimal = {
    id,
    speciesId: species.id,
    sex: sexWanted(scene, species),
    position,
    // Grown, so that it can have young.
    bornGameMs: Math.round(scene.gameMs - adultDays * day),
    untilGameMs: Math.round(scene.gameMs + (lifeDays * (0.6 + 0.4 * spread(scene, id)) - adultDays) * day),
    sinceGameMs: Math.round(scene.gameMs),
    byUserId: actor.userId,
  };
  return {
    events: [{ type: "animalSpawned", animal }],
    tell: (after) =>
      toldOf(
        after,
        act,
        position,
        `You bring a ${animal.sex} ${species.name} here: ${id}.`,
        `${actor.name} brings ${withArticle(species.name)} here.`,
      ),
  };
}

export function decideBreed(act: Act, facts: Facts, words: string): Decision {
  const { scene, actor } = act;
  const refusal = refusalOf(act, facts);
  if (refusal !== null) return refuse(actor, refusal);
  const [first, second, ...more] = words.split(" ").filter((word) => word !== "" && word !== "and" && word !== "with");
  if (first === undefined || second === undefined || more.length > 0)
    return refuse(
      actor,
      "Which two? Say `eco breed <animal> <animal>`, each by its mark, as `look <animal>` tells it.",
    );
  const [one, other] = [parentAsked(act, first), parentAsked(act, second)];
  if (typeof one === "string") return refuse(actor, one);
  if (typeof other === "string") return refuse(actor, other);
  const why = whyNot(scene, one, other);
  if (why !== null) return refuse(actor, why);
  const [mother, father] = one.sex === "female" ? [one, other] : [other, one];
  const { species, position } = mother;
  const id = nextId(scene, species);
  const animal: PlacedAnimal = {
    id,
    speciesId: species.id,
    sex: spread(scene, id, "sex") < 0.5 ? "female" : "male",
    position,
    bornGameMs: Math.round(scene.gameMs),
    untilGameMs: Math.round(
      scene.gameMs + species.lifeDays * (0.6 + 0.4 * spread(scene, id)) * dayMs(scene.place.spec),
    ),
    sinceGameMs: Math.round(scene.gameMs),
    parents: { motherId: mother.id, fatherId: father.id },
    byUserId: actor.userId,
  };
  return {
    events: [{ type: "animalBred", animal }],
    tell: (after) =>
      toldOf(
        after,
        act,
        position,
        `${mother.id} has a young one by ${father.id}, a ${animal.sex}: ${id}.`,
        `A young ${species.name} is born.`,
      ),
  };
}

/** By a mark, or the nearest of a kind in sight; words where it cannot be. */
function parentAsked({ scene, actor }: Act, words: string): Animal | string {
  const animal = animalNamed(animalsInSight(scene, actor), words) ?? animalNow(scene, words as AnimalId);
  if (animal === null) {
    const known = knownBy(scene, words);
    if (known === null) return unheardOf(words);
    return known.diedDay === null ? `${words} is out of sight; wait until it shows itself.` : `${words} is dead.`;
  }
  const isNear = distanceM(scene.place.spec, actor.position, animal.position) <= togetherM;
  return isNear ? animal : `${words} is too far away: go within ${togetherM} metres of it.`;
}

function whyNot(scene: Scene, one: Animal, other: Animal): string | null {
  if (one.id === other.id) return "One animal alone has no young. Name two.";
  if (one.species !== other.species)
    return `${one.id} and ${other.id} are of different species: ${withArticle(one.species.name)} and ${withArticle(other.species.name)} have no young together.`;
  if (areClose(scene, one, other)) return `${one.id} and ${other.id} are too closely related.`;
  if (one.sex === other.sex) return `Both are ${one.sex}s: it takes a female and a male.`;
  const young = [one, other].find(({ isGrown }) => !isGrown);
  if (young)
    return `${young.id} is too young. ${capitalised(young.species.plural)} are grown after ${young.species.adultDays} days.`;
  const mother = one.sex === "female" ? one : other;
  const restMs = mother.species.adultDays * restShare * dayMs(scene.place.spec);
  const since = [...(scene.state.wildlife?.animals.values() ?? [])].filter(
    ({ parents }) => parents?.motherId === mother.id,
  );
  const isResting = since.some(({ bornGameMs }) => scene.gameMs - bornGameMs < restMs);
  return isResting ? `${mother.id} has had young lately. Let it rest.` : null;
}

/** Parent and child, or of the same mother or father. */
function areClose(scene: Scene, one: Animal, other: Animal): boolean {
  const [of, to] = [parentsIn(scene, one.id), parentsIn(scene, other.id)];
  return of.includes(other.id) || to.includes(one.id) || of.some((id) => to.includes(id));
}

function parentsIn(scene: Scene, id: AnimalId): AnimalId[] {
  const parents = lineageOf(scene, id)?.parents;
  return parents ? [parents.mother, ...(parents.father === null ? [] : [parents.father])] : [];
}

const nextId = ({ state }: Scene, { id }: Species): AnimalId => `${id}-${(state.wildlife?.count ?? 0) + 1}` as AnimalId;

const spread = ({ place }: Scene, id: AnimalId, what = "life"): number => rng(place.spec.seed, what, id).float();

/** Of whichever there are fewer, so that two of them are a pair. */
function sexWanted(scene: Scene, species: Species): Sex {
  const alive = aliveIn(scene).filter(({ speciesId }) => speciesId === species.id);
  const females = alive.filter(({ sex }) => sex === "female").length;
  return females * 2 > alive.length ? "male" : "female";
}

/** A free spot in front of somebody, or around him, where such an animal can be. */
function placeFor({ scene, actor }: Act, species: Species): Position | null {
  const { place } = scene;
  if (!bears(place, species, actor.position)) return null;
  for (const distance of putAtM) {
    for (const direction of compass) {
      const { x, y } = travel(place.spec, actor.position, bearingRad(direction), distance);
      if (!isInBounds(place.spec, { x, y })) continue;
      const ground = place.terrain.groundAt(x, y);
      if (!suits(species, ground)) continue;
      const isBlocked = obstacleOnWay(place, actor, { direction, distanceM: distance, motion: "fly" }) !== null;
      if (!isBlocked) return { x, y, z: round(ground.elevationM) };
    }
  }
  return null;
}

const cannotLive = ({ plural, element }: Species): string =>
  element === "water"
    ? `No water that ${plural} live in is near enough.`
    : `No land that ${plural} live on is near enough.`;

function unknownSpecies(act: Act, words: string): string {
  if (words === "") return `What? Say \`eco spawn <species>\`. ${canLiveHere(act)}`;
  return `No animal is called "${words}". ${canLiveHere(act)}`;
}

function canLiveHere(act: Act): string {
  const able = allSpecies.filter((species) => placeFor(act, species) !== null).map(({ name }) => name);
  return able.length === 0 ? "Nothing could live here." : `Here you could put: ${listed(able)}.`;
}

/** Who put it there, and the others who see the place. */
function toldOf(after: Scene, { actor }: Act, position: Position, own: string, others: string) {
  const watching = othersWithin(after, position, sightM(after, actor), actor.id).filter(
    ({ linkLostAtMs }) => linkLostAtMs === null,
  );
  return [telling(actor.id, "action", own), ...watching.map(({ id }) => telling(id, "action", others))];
}
