import type { Body } from "./model.ts";
import type { Feature, WorldSpec } from "./spec.ts";

/** Arches of the lobby that lead nowhere by themselves. Older worlds, and those of others, are reached by `enter <world>`. */
export const ownPortalsMax = 2;

/** The features as one character finds them: an arch that is dark for others opens on a world of his own, the newest first. */
export function featuresFor(spec: WorldSpec, { portals = [] }: Pick<Body, "portals">): readonly Feature[] {
  if (portals.length === 0) return spec.features;
  let next = 0;
  return spec.features.map((feature) => {
    if (feature.kind !== "portal" || feature.destination !== null) return feature;
    return { ...feature, destination: portals[next++] ?? null };
  });
}
