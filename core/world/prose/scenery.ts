import { describeSky } from "../describe-time.ts";
import type { Scene } from "../scene.ts";
import type { Position } from "../space.ts";
import { groundWords, moodWords } from "../tone/describe.ts";
import { describeAir } from "../weather/describe.ts";

// What of a place a model may put into words of its own: how the ground, the sky and the air look from there, and how that feels. All else of a
// description (which way the land falls, waters, portals, people, things) is what players act by, and stays the template's. The template's
// words are rounded: as long as they are the same, so is what the model was told, and its prose holds for everyone who stands under them.

export type Scenery = { readonly ground: string; readonly mood: string; readonly sky: string; readonly air: string };

/** What models have made of sceneries, by the template's words for them; null for what was not fit to be told. */
export type Prose = ReadonlyMap<string, string | null>;

export function sceneryOf(scene: Scene, position: Position): Scenery {
  const { spec, terrain } = scene.place;
  if (spec.ground === "room") return { ground: spec.theme, mood: "", sky: "", air: describeAir(scene, position) };
  const { biome } = terrain.groundAt(position.x, position.y);
  return {
    ground: groundWords(scene, position, biome),
    mood: moodWords(scene, position),
    sky: describeSky(scene, position),
    air: describeAir(scene, position),
  };
}

export const wordsOf = ({ ground, mood, sky, air }: Scenery): string => [ground, mood, sky, air].join("\n");

/** Rooms look the same every time, and somebody has written down how. */
export const isForModels = ({ place: { spec } }: Scene): boolean => spec.ground !== "room";
