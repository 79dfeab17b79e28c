import type { Biome } from "../../protocol/map.ts";
import type { Tone } from "../../protocol/world-specification.ts";
import type { Observation } from "../../sim/weather/observation.ts";
import type { Scene } from "../scene.ts";
import { type Season, skyAt } from "../sky.ts";
import type { Position } from "../space.ts";
import { biomeWords, underSnow } from "../words.ts";
import { moods, type Occasion } from "./moods.ts";

export const toneOf = ({ place: { spec } }: Pick<Scene, "place">): Tone => spec.specification?.tone ?? "neutral";

/** What one stands on, as it looks in this season and under this snow. */
export function groundWords(scene: Scene, position: Position, biome: Biome): string {
  const seen = scene.weather?.observe(position);
  if (seen === undefined) return biomeWords[biome].here;
  if (seen.snowDepthM >= 0.1) return underSnow(biome);
  const { season } = skyAt(scene.place.spec, scene.gameMs, position);
  const words = isTypical(season, seen) ? seasonal[biome]?.[season] : undefined;
  return words ?? biomeWords[biome].here;
}

/** A winter without cold, or a summer with frost, does not look like one. */
function isTypical(season: Season, { temperatureC, snowDepthM }: Observation): boolean {
  if (season === "winter") return temperatureC < 12;
  return season === "summer" ? temperatureC > 10 : temperatureC > 2 && temperatureC < 24 && snowDepthM < 0.01;
}

const seasonal: Readonly<Partial<Record<Biome, Readonly<Record<Season, string>>>>> = {
  Grassland: {
    spring: "New grass stands around your knees, bright green at the root.",
    summer: "Tall grass moves around your knees, heavy with seed.",
    autumn: "Grass gone to straw rustles around your knees.",
    winter: "Pale, flattened grass lies around you.",
  },
  "Deciduous Forest": {
    spring: "You stand among oak and beech in new leaf.",
    summer: "You stand in the green shade of oak and beech.",
    autumn: "You stand among oak and beech, ankle-deep in brown leaves.",
    winter: "You stand among bare oak and beech.",
  },
  Taiga: {
    spring: "Dark spruces stand around you, tipped with pale new shoots.",
    summer: "Dark spruces stand around you, and the air smells of resin.",
    autumn: "Dark spruces stand around you over moss and mushrooms.",
    winter: "Dark spruces stand around you over bare brown ground.",
  },
  Tundra: {
    spring: "Wet moss and low scrub cover the ground.",
    summer: "Moss and small bright flowers cover the ground.",
    autumn: "Moss and low scrub cover the ground, red as rust.",
    winter: "Brown moss and bare scrub cover the ground.",
  },
};

/** How the place feels, in the tone of its world; "" where that has none. */
export function moodWords(scene: Scene, position: Position): string {
  const mood = moods[toneOf(scene)];
  if (mood === null || scene.place.spec.ground === "room") return "";
  const some = mood[occasionOf(scene, position)];
  return some[patchOf(position) % some.length] ?? "";
}

/** The same for all who stand near each other, and not everywhere. */
const patchOf = ({ x, y }: Position): number => Math.abs(Math.floor(x / patchM) + 7 * Math.floor(y / patchM));
const patchM = 60;

export function occasionOf(scene: Scene, position: Position): Occasion {
  const seen = scene.weather?.observe(position);
  if (seen !== undefined) {
    const { precipitation, windMps, fog } = seen;
    if (windMps >= 17.2) return "storm";
    if (precipitation === "snow") return "snowfall";
    if (precipitation === "rain" || precipitation === "showers" || precipitation === "drizzle") return "rain";
    if (fog >= 0.5) return "fog";
  }
  const { daypart } = skyAt(scene.place.spec, scene.gameMs, position);
  if (daypart === "night" || daypart === "evening") return "night";
  return daypart === "dusk" ? "dusk" : "day";
}
