import type { Npc } from "./inhabitants/inhabitants.ts";
import type { Body } from "./model.ts";
import { featuresFor } from "./portals.ts";
import { compass, type CompassDirection, distanceM } from "./space.ts";
import type { Feature, WorldSpec } from "./spec.ts";

type Portal = Extract<Feature, { kind: "portal" }>;

const shortForms: Readonly<Record<string, CompassDirection>> = {
  n: "north",
  ne: "northeast",
  e: "east",
  se: "southeast",
  s: "south",
  sw: "southwest",
  w: "west",
  nw: "northwest",
};

export function compassIn(word: string): CompassDirection | null {
  const lower = word.toLowerCase();
  return (
    compass.find((direction) => direction === lower) ??
    (Object.hasOwn(shortForms, lower) ? (shortForms[lower] ?? null) : null)
  );
}

/** Lower case, without quotes around it and without a leading article. */
export function bare(words: string): string {
  return words
    .toLowerCase()
    .replace(/^"(.*)"$/u, "$1")
    .replace(/^(?:the|a|an)\s+/u, "")
    .trim();
}

/** The whole name, else its beginning, else one of its words. The first of several; `bodies` come nearest first. */
export function bodyNamed(bodies: readonly Body[], words: string): Body | null {
  return named(bodies, words, ({ name }) => name);
}

export function featureNamed(features: readonly Feature[], words: string): Feature | null {
  return named(features, words, ({ name }) => name);
}

/** By name, or by what they do for a living: "weaver". */
export function npcNamed(npcs: readonly Npc[], words: string): Npc | null {
  return named(npcs, words, ({ person }) => person.name) ?? named(npcs, words, ({ person }) => person.occupation);
}

function named<T>(things: readonly T[], words: string, nameOf: (thing: T) => string): T | null {
  const wanted = bare(words);
  if (wanted === "") return null;
  const names = things.map((thing) => ({ thing, name: bare(nameOf(thing)) }));
  const found =
    names.find(({ name }) => name === wanted) ??
    names.find(({ name }) => name.startsWith(wanted)) ??
    names.find(({ name }) => name.split(/\s+/u).includes(wanted));
  return found?.thing ?? null;
}

/** "west", "the west portal", or just "portal": the nearest. */
export function portalNamed(spec: WorldSpec, viewer: Pick<Body, "position" | "portals">, words: string): Portal | null {
  const portals = featuresFor(spec, viewer).filter((feature) => feature.kind === "portal");
  const wanted = bare(words);
  if (wanted === "portal") {
    const byDistance = portals.toSorted(
      (a, b) => distanceM(spec, viewer.position, a.position) - distanceM(spec, viewer.position, b.position),
    );
    return byDistance[0] ?? null;
  }
  const direction = compassIn(wanted);
  return named(portals, direction === null ? wanted : `${direction} portal`, ({ name }) => name);
}
