import type { WorldId, UserId } from "../lib/ids.ts";
import type { WorldShape } from "../protocol/world.ts";
import type { PlanetSpec } from "../sim/planet/spec.ts";
import type { WorldSpecification } from "../protocol/world-specification.ts";
import type { WorldClock } from "./clock.ts";
import type { Orientation, Position } from "./space.ts";

export type Bounds = { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number };

/** A solid thing that stands in the world from its beginning, or a door out of it. */
export type Feature =
  | {
      readonly kind: "statue";
      readonly id: string;
      readonly name: string;
      readonly position: Position;
      /** Nobody comes nearer to its middle than this. */
      readonly radiusM: number;
      readonly description: string;
      /** What can only be seen from within `nearM`. */
      readonly nearDescription: string;
      readonly nearM: number;
    }
  | {
      readonly kind: "portal";
      readonly id: string;
      readonly name: string;
      readonly position: Position;
      /** null: the portal is dark. */
      readonly destination: { readonly worldId: WorldId; readonly name: string } | null;
      readonly description: string;
    };

/** How the sky moves. Defaults: a day of 24 h, 360 days in four seasons of 90. */
export type SkySpec = {
  readonly dayLengthS: number;
  readonly daysPerYear: number;
  readonly axialTiltRad: number;
  /** Where a world without latitudes of its own (bounded, infinite) lies on its planet. */
  readonly latitudeRad: number;
  /** How far the orbit is from a circle, 0 … 0.9; 0 where nothing is said. */
  readonly eccentricity?: number;
  /** Where the sun stands when it is nearest, from its place at the northern spring. */
  readonly perihelionRad?: number;
  /** One where nothing is said; none with an empty list. */
  readonly moons?: readonly MoonSpec[];
};

/** A moon's way round, seen from the world. */
export type MoonSpec = {
  readonly name: string;
  /** From new moon to new moon, in days of the world. */
  readonly periodDays: number;
  /** At game time 0: 0 is new, ½ full. */
  readonly phaseAtStart: number;
  /** Of its orbit to the sun's way; 0 where nothing is said. */
  readonly inclinationRad?: number;
  /** Where it climbs over the sun's way, from the sun's place at the northern spring. */
  readonly nodeRad?: number;
  /** How far its orbit is from a circle, 0 … 0.9; 0 where nothing is said. */
  readonly eccentricity?: number;
  /** From nearest to nearest, in days of the world; as long as `periodDays` where nothing is said. */
  readonly anomalisticDays?: number;
  /** How far past its nearest point it is at game time 0. */
  readonly anomalyAtStartRad?: number;
};

/** The planet that is made for a world, once; its land is then read from what was kept. `version` is that of the way it is made. */
export type PlanetGenerator = {
  readonly kind: "planet";
  readonly version: 1;
  readonly planet: PlanetSpec;
  /**
   * "settled": biomes and rivers follow from some years of weather over this land, for which the world is waited for about a minute (core/sim/settled-planet.ts).
   * Left out: from a climate of belts and energy balance, in a second or two.
   */
  readonly climate?: "settled";
};

/** What a world is made from. Stored once and never changed: the same specification makes the same land on every start. */
export type WorldSpec = {
  readonly version: 1;
  readonly seed: number;
  readonly shape: WorldShape;
  /** Metres; only of a sphere. */
  readonly radiusM: number | null;
  /** Only of a bounded world. */
  readonly bounds: Bounds | null;
  /** Metres covered by one step. */
  readonly stepM: number;
  /** "room" has a floor; "land" has terrain painted from the seed; "planet" the land of a planet that was made for it. */
  readonly ground: "room" | "land" | "planet";
  /** Of a planet, and only there. */
  readonly generator?: PlanetGenerator;
  readonly theme: string;
  readonly spawn: { readonly position: Position; readonly orientation: Orientation };
  readonly sky: SkySpec;
  /** Game seconds per real second, until somebody changes it. */
  readonly dilation: number;
  /** 1 … 20; 10 where nothing is said. */
  readonly ticksPerSecond?: number;
  /** Whoever is there may shape it: stop its time, make it run faster. */
  readonly isSandbox?: boolean;
  /** Players may attack players who have not agreed to it. */
  readonly isLawless?: boolean;
  readonly features: readonly Feature[];
  /** What its maker said of it, of a world that came out of an interview. To be read by `readSpecification`. */
  readonly specification?: WorldSpecification;
};

/** A world that could not go on: what its owner said of it last. */
export type WorldFault = {
  /** In a row, without a good while between them. */
  readonly count: number;
  readonly atMs: number;
  /** For operators; players are told only that there is one. */
  readonly reason: string;
  /** Nobody opens it before an operator or its owner resumes it. */
  readonly isQuarantined: boolean;
};

/** A world as the registry knows it. */
export type WorldRecord = {
  readonly id: WorldId;
  readonly name: string;
  readonly ownerId: UserId | null;
  /** "generating": its planet is being made, and nobody can go there; where its spawn is to be is a wish until then. */
  readonly status: "active" | "paused" | "generating";
  readonly spec: WorldSpec;
  readonly createdAtMs: number;
  /** As its log had it when the registry was told last. Absent before its first turn. */
  readonly clock?: WorldClock;
  readonly fault?: WorldFault;
};

/** What the registry is told of a world's log, up to a version of it. */
export type WorldLife = {
  readonly version: number;
  readonly status: "active" | "paused" | "deleted";
  readonly clock: WorldClock;
};
