import type { Biome } from "../protocol/map.ts";
import { describeNpcs, describeSettlements, npcsInSight, styled } from "./inhabitants/describe.ts";
import { npcById } from "./inhabitants/inhabitants.ts";
import type { Body } from "./model.ts";
import { inSight } from "./perception.ts";
import { featuresFor } from "./portals.ts";
import type { Place, Scene } from "./scene.ts";
import { bearingRad, compass, type CompassDirection, directionOf, distanceM, type Position, travel } from "./space.ts";
import type { Feature } from "./spec.ts";
import { directionTo, whereabouts } from "./whereabouts.ts";
import { describeThings, describeWorn } from "./things/describe.ts";
import { type Prose, sceneryOf, wordsOf } from "./prose/scenery.ts";
import { describeAnimals } from "./wildlife/describe.ts";
import { animalsInSight } from "./wildlife/in-sight.ts";
import { aboutMetres, biomeWords, capitalised, listed, withArticle } from "./words.ts";

/** What one character perceives of the place where it stands. Where models have found words for its scenery, it is told in these. */
export function describePlace(scene: Scene, viewer: Body, prose?: Prose): string {
  const { place } = scene;
  const { ground, mood, sky, air } = sceneryOf(scene, viewer.position);
  const told = prose?.get(wordsOf({ ground, mood, sky, air }));
  const features = featuresInSight(scene, viewer).map((feature) => describeFeatureFrom(scene, viewer, feature));
  const lie = place.spec.ground === "room" ? "" : describeLie(scene, viewer.position);
  const settlements = describeSettlements(scene, viewer);
  const sentences = [
    ...(typeof told === "string"
      ? [told, lie, ...features, settlements]
      : [ground, lie, ...features, mood, settlements, sky, air]),
    describeThings(scene, viewer),
    describeOthers(scene, viewer),
    describeNpcs(npcsInSight(scene, viewer)),
    describeAnimals(scene, viewer),
  ];
  return `${place.name}\n${sentences.filter((sentence) => sentence !== "").join(" ")}`;
}

/** What there is of the land that somebody goes by: no model puts it into other words. */
function describeLie(scene: Scene, position: Position): string {
  const { place } = scene;
  const { terrain, spec } = place;
  const here = terrain.groundAt(position.x, position.y);
  const around = compass.map((direction) => ({
    direction,
    ground: groundTowards(place, position, direction, lieOfLandM),
  }));
  const climbs = around.map(({ direction, ground }) => ({ direction, rise: ground.elevationM - here.elevationM }));
  const highest = climbs.reduce((a, b) => (b.rise > a.rise ? b : a));
  const lowest = climbs.reduce((a, b) => (b.rise < a.rise ? b : a));
  const slope =
    highest.rise < lieOfLandM * 0.05
      ? "The ground is level."
      : lowest.rise > -lieOfLandM * 0.05
        ? `The ground rises to the ${highest.direction}.`
        : `The ground rises to the ${highest.direction} and falls to the ${lowest.direction}.`;
  const water = around.filter(({ ground }) => ground.isWater && !here.isWater);
  const edges = spec.bounds === null ? [] : edgesNear(place, position);
  return [
    namesHere(place, position, here.biome),
    slope,
    water.length > 0 ? `There is water to the ${listed(water.map(({ direction }) => direction))}.` : "",
    edges.length > 0 ? `The world ends to the ${listed(edges)}.` : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

function namesHere({ terrain }: Place, { x, y }: Position, biome: Biome): string {
  const { sea, range, river } = terrain.names?.at(x, y) ?? {};
  if (biome === "Ocean") return sea === undefined ? "" : `This is the ${sea}.`;
  if (biome === "River" && river !== undefined) return `This is the river ${river}.`;
  return range === undefined ? "" : `These are the ${range}.`;
}

/** Over this distance the lie of the land is felt. */
const lieOfLandM = 30;

function groundTowards({ spec, terrain }: Place, from: Position, direction: CompassDirection, distance: number) {
  const at = travel(spec, from, bearingRad(direction), distance);
  return terrain.groundAt(at.x, at.y);
}

function edgesNear({ spec: { bounds } }: Place, { x, y }: Position): CompassDirection[] {
  if (bounds === null) return [];
  const edges: [CompassDirection, number][] = [
    ["north", bounds.maxY - y],
    ["east", bounds.maxX - x],
    ["south", y - bounds.minY],
    ["west", x - bounds.minX],
  ];
  return edges.filter(([, distance]) => distance < lieOfLandM).map(([direction]) => direction);
}

export function featuresInSight(scene: Scene, viewer: Body): Feature[] {
  const sightM = 200;
  return featuresFor(scene.place.spec, viewer).filter(
    (feature) => distanceM(scene.place.spec, viewer.position, feature.position) <= sightM,
  );
}

function describeFeatureFrom(scene: Scene, viewer: Body, feature: Feature): string {
  const where = whereabouts(scene, viewer, feature.position);
  if (feature.kind === "statue") return `${capitalised(withArticle(feature.name))} stands ${where}.`;
  if (feature.destination === null) return `The ${feature.name}, ${where}, is dark.`;
  return `The ${feature.name}, ${where}, opens on ${feature.destination.name}.`;
}

/** What looking at it closely shows. */
export function describeFeature(scene: Scene, viewer: Body, feature: Feature): string {
  const distance = distanceM(scene.place.spec, viewer.position, feature.position);
  if (feature.kind === "statue") {
    return distance <= feature.nearM ? `${feature.description} ${feature.nearDescription}` : feature.description;
  }
  const beyond =
    feature.destination === null
      ? "It is dark; nothing lies behind it yet."
      : `Beyond it lies ${feature.destination.name}.`;
  return `${feature.description} ${beyond}`;
}

function describeOthers(scene: Scene, viewer: Body): string {
  const namedMax = 12;
  const others = inSight(scene, viewer);
  if (others.length === 0) return "";
  const named = others.slice(0, namedMax).map((other) => nameOf(scene, other));
  const more = others.length - named.length;
  const names = more > 0 ? [...named, `${more} others`] : named;
  return `${listed(names)} ${others.length === 1 ? "is" : "are"} here.`;
}

/** Whoever lives here is called as the others are, whoever plays him. */
function nameOf(scene: Scene, { name, npcId }: Body): string {
  const npc = npcId === undefined ? null : npcById(scene, npcId);
  return npc === null ? name : styled(npc);
}

export function describeBody(scene: Scene, viewer: Body, seen: Body): string {
  const kind =
    seen.role === "watcher" ? "a watcher, unseen by those who live here" : withArticle(seen.species.toLowerCase());
  if (seen.id === viewer.id) {
    return [
      "You are " + seen.name + ", " + kind + ".",
      seen.appearance,
      seen.description,
      `You are facing ${directionOf(seen.orientation)}.`,
    ]
      .filter((part) => part !== null)
      .join(" ");
  }
  return [
    `${seen.name} is ${kind}, ${whereabouts(scene, viewer, seen.position)}, facing ${directionOf(seen.orientation)}.`,
    seen.appearance,
    wornBy(seen),
    seen.downUntilGameMs === undefined ? null : `${seen.name} lies senseless.`,
    seen.linkLostAtMs === null ? null : `${seen.name} stares into the distance.`,
  ]
    .filter((part) => part !== null)
    .join(" ");
}

function wornBy(seen: Body): string | null {
  const worn = describeWorn(seen);
  return worn === null ? null : `${seen.name} ${worn}.`;
}

export function describeDirection(scene: Scene, viewer: Body, direction: CompassDirection): string {
  const { place } = scene;
  const within = (position: Position): boolean => directionTo(scene, viewer, position) === direction;
  const things = featuresInSight(scene, viewer)
    .filter(({ position }) => within(position))
    .map((feature) => describeFeatureFrom(scene, viewer, feature));
  const people = inSight(scene, viewer)
    .filter(({ position }) => within(position))
    .map((other) => `${other.name} is ${whereabouts(scene, viewer, other.position)}.`);
  const npcs = npcsInSight(scene, viewer)
    .filter(({ position }) => within(position))
    .map((npc) => `${styled(npc)} is ${whereabouts(scene, viewer, npc.position)}.`);
  const animals = animalsInSight(scene, viewer).filter(({ position }) => within(position));
  const ground =
    place.spec.ground === "room" ? roomTowards(place, viewer, direction) : landTowards(place, viewer, direction);
  const parts = [ground, ...things, ...people, ...npcs, describeAnimals(scene, viewer, animals)];
  return `To the ${direction}: ${parts.filter((part) => part !== "").join(" ")}`;
}

function roomTowards({ spec }: Place, { position }: Body, direction: CompassDirection): string {
  if (spec.bounds === null) return "the floor goes on.";
  const { bounds } = spec;
  const distances: Partial<Record<CompassDirection, number>> = {
    north: bounds.maxY - position.y,
    east: bounds.maxX - position.x,
    south: position.y - bounds.minY,
    west: position.x - bounds.minX,
  };
  const distance = distances[direction];
  return distance === undefined ? "the corner of the room." : `the ${direction} wall, ${aboutMetres(distance)}.`;
}

const looksM = [20, 60, 150, 400, 1000] as const;

function landTowards(place: Place, { position }: Body, direction: CompassDirection): string {
  const here = place.terrain.groundAt(position.x, position.y);
  const parts: string[] = [];
  let last = here.biome;
  for (const distance of looksM) {
    const at = travel(place.spec, position, bearingRad(direction), distance);
    const bounds = place.spec.bounds;
    if (bounds !== null && (at.x < bounds.minX || at.x > bounds.maxX || at.y < bounds.minY || at.y > bounds.maxY)) {
      parts.push("then the edge of the world");
      break;
    }
    const { biome } = place.terrain.groundAt(at.x, at.y);
    if (biome !== last) parts.push(`${biomeWords[biome].name} ${aboutMetres(distance)}`);
    last = biome;
  }
  const rise = groundTowards(place, position, direction, 150).elevationM - here.elevationM;
  const lie = Math.abs(rise) < 5 ? "The land lies level." : rise > 0 ? "The land rises." : "The land falls.";
  const first = capitalised(biomeWords[here.biome].name);
  return parts.length === 0 ? `${first} as far as you can see. ${lie}` : `${first}, then ${listed(parts)}. ${lie}`;
}
