import { levelOf as levelOfXp } from "../character/skills.ts";
import type { SkillName } from "../protocol/character.ts";
import type { Biome } from "../protocol/map.ts";
import type { Body, Gait } from "./model.ts";
import type { Scene } from "./scene.ts";
import { bearingRad, type CompassDirection } from "./space.ts";
import type { Ground } from "./terrain.ts";
import { burdenFactor } from "./things/weight.ts";
import { effortFactor } from "./weather/effects.ts";

/** How somebody gets along. */
export type Motion = Gait | "swim" | "climb" | "fly";

type Manner = {
  readonly you: string;
  readonly they: string;
  /** After "you have". */
  readonly done: string;
  /** Metres in a game second on level, open ground. */
  readonly speedMps: number;
};

export const manners: Readonly<Record<Motion, Manner>> = {
  walk: { you: "walk", they: "walks", done: "walked", speedMps: 1.4 },
  run: { you: "run", they: "runs", done: "run", speedMps: 3.5 },
  sneak: { you: "sneak", they: "sneaks", done: "sneaked", speedMps: 0.7 },
  swim: { you: "swim", they: "swims", done: "swum", speedMps: 0.8 },
  climb: { you: "climb", they: "climbs", done: "climbed", speedMps: 0.3 },
  fly: { you: "fly", they: "flies", done: "flown", speedMps: 8 },
};

/** Deeper water carries whoever is in it. */
export const wadeMaxM = 0.9;

export const isDeep = ({ waterDepthM }: Ground): boolean => waterDepthM > wadeMaxM;

/** Feet on the ground, or afloat. */
export function standingM(ground: Ground): number {
  return isDeep(ground) ? ground.elevationM + ground.waterDepthM : ground.elevationM;
}

/** Over the ground or the water, whichever is higher. */
export const surfaceM = ({ elevationM, waterDepthM }: Ground): number => elevationM + Math.max(0, waterDepthM);

/** How this body goes on from where it is, if nothing else is asked. */
export function motionOf({ place }: Scene, body: Body): Motion {
  if (body.isFlying) return "fly";
  const isAfloat = isDeep(place.terrain.groundAt(body.position.x, body.position.y));
  return isAfloat && body.role !== "watcher" ? "swim" : body.gait;
}

/** What somebody has learnt. */
export function levelOf({ life }: Body, skill: SkillName): number {
  return levelOfXp(life?.xp[skill] ?? 0);
}

/** Those without bodies of flesh. */
export const canFly = (body: Body): boolean => body.role !== "player";

/** Rise for a metre on the level that hands and feet can manage: 1.75 for an average body that never learnt it. */
export function climbMaxGrade(body: Body): number {
  return 1.25 + (body.attributes?.Agility ?? 0) / 100 + levelOf(body, "Climbing") / 40;
}

/** Walking up and down what is no steeper than this needs no hands (rise over run). */
export const walkMaxGrade = 1;

/** Stamina for a metre: 1, 2 and 1.5 on foot, more in snow, gales and heat and under a load. An untrained swimmer lasts some 170 m. */
export function staminaPerMetre(scene: Scene, body: Body, motion: Motion): number {
  return baseCost(body, motion) * burdenFactor(body) * (motion === "fly" ? 1 : effortFactor(scene, body.position));
}

function baseCost(body: Body, motion: Motion): number {
  switch (motion) {
    case "walk":
    case "fly":
      return 1;
    case "run":
      return 2;
    case "sneak":
      return 1.5;
    case "swim":
      return 6 - levelOf(body, "Swimming") / 25;
    case "climb":
      return 15 - levelOf(body, "Climbing") / 10;
  }
}

const biomeSlowness: Partial<Readonly<Record<Biome, number>>> = {
  Rainforest: 1.6,
  Wetland: 1.6,
  "Deciduous Forest": 1.2,
  Taiga: 1.2,
  Desert: 1.2,
  Mountain: 1.3,
  River: 1.3,
};

/** Game milliseconds for a metre in this direction from where the body is: rough ground, water, slopes, weather and a load slow it. */
export function msPerMetre(scene: Scene, body: Body, motion: Motion, direction: CompassDirection): number {
  const plain = 1000 / manners[motion].speedMps;
  if (motion === "fly") return plain;
  const { terrain, spec } = scene.place;
  const { x, y } = body.position;
  const hardship = plain * Math.sqrt(effortFactor(scene, body.position) * burdenFactor(body));
  if (motion === "swim" || motion === "climb" || spec.ground === "room") return hardship;
  const ground = terrain.groundAt(x, y);
  const { grade, downhillRad } = terrain.slopeAt(x, y);
  const rise = -grade * Math.cos(downhillRad - bearingRad(direction));
  // Uphill costs most; steep ground slows the way down, too (after Tobler 1993, whose optimum is slightly downhill).
  const slope = Math.exp(2 * Math.max(0, Math.abs(rise + 0.05) - 0.05));
  const water = 1 + Math.max(0, ground.waterDepthM);
  return hardship * (biomeSlowness[ground.biome] ?? 1) * slope * water;
}
