import type { WorldId, UserId } from "../lib/ids.ts";
import type { WorldShape } from "../protocol/world.ts";
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
  /** "room" has a floor; "land" has terrain from the seed. */
  readonly ground: "room" | "land";
  readonly theme: string;
  readonly spawn: { readonly position: Position; readonly orientation: Orientation };
  readonly sky: SkySpec;
  /** Game seconds per real second. */
  readonly dilation: number;
  readonly features: readonly Feature[];
};

/** A world as the registry knows it. */
export type WorldRecord = {
  readonly id: WorldId;
  readonly name: string;
  readonly ownerId: UserId | null;
  readonly status: "active" | "paused" | "generating";
  readonly spec: WorldSpec;
  readonly createdAtMs: number;
};
