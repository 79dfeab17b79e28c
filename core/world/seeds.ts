import { lobbyWorldId, sphereWorldId, valleyWorldId } from "../lib/ids.ts";
import type { Feature, SkySpec, WorldRecord } from "./spec.ts";

const defaultSky: SkySpec = {
  dayLengthS: 86_400,
  daysPerYear: 360,
  axialTiltRad: (23.44 * Math.PI) / 180,
  latitudeRad: (48 * Math.PI) / 180,
};

const sphere = { worldId: sphereWorldId, name: "Verdance" };
const valley = { worldId: valleyWorldId, name: "Hearthvale" };

const portal = (
  side: "north" | "east" | "south" | "west",
  x: number,
  y: number,
  destination: typeof sphere | null,
): Feature => ({
  kind: "portal",
  id: `portal-${side}`,
  name: `${side} portal`,
  position: { x, y, z: 0 },
  destination,
  description: `An arch of grey stone in the middle of the ${side} wall, as tall as two people.`,
});

const statue: Feature = {
  kind: "statue",
  id: "statue",
  name: "marble statue",
  position: { x: 5, y: 5, z: 0 },
  radiusM: 0.8,
  description: "A figure of white marble, neither man nor woman, one hand open as if to receive something.",
  nearDescription: "Fine runes run around its plinth and glow when you come close: TELL ME OF A WORLD.",
  nearM: 2,
};

/** The room that everyone comes through. */
const lobby: Omit<WorldRecord, "createdAtMs"> = {
  id: lobbyWorldId,
  name: "Lobby",
  ownerId: null,
  status: "active",
  spec: {
    version: 1,
    seed: 0,
    shape: "bounded",
    radiusM: null,
    bounds: { minX: 0, minY: 0, maxX: 10, maxY: 10 },
    stepM: 1,
    ground: "room",
    theme: "A quiet square room of pale stone, with an arch in the middle of each wall.",
    spawn: { position: { x: 5, y: 2, z: 0 }, orientation: { x: 0, y: 1, z: 0 } },
    sky: defaultSky,
    dilation: 1,
    features: [
      statue,
      portal("north", 5, 10, valley),
      portal("east", 10, 5, null),
      portal("south", 5, 0, null),
      portal("west", 0, 5, sphere),
    ],
  },
};

/** A walled valley, small enough to know by heart. */
const hearthvale: Omit<WorldRecord, "createdAtMs"> = {
  id: valleyWorldId,
  name: valley.name,
  ownerId: null,
  status: "active",
  spec: {
    version: 1,
    seed: 20_260,
    shape: "bounded",
    radiusM: null,
    bounds: { minX: -1000, minY: -1000, maxX: 1000, maxY: 1000 },
    stepM: 2,
    ground: "land",
    theme: "a green valley between wooded hills, with a river and a lake",
    spawn: { position: { x: 0, y: 0, z: 0 }, orientation: { x: 0, y: 1, z: 0 } },
    sky: defaultSky,
    dilation: 1,
    features: [],
  },
};

/** A temperate planet a tenth of the Earth's size, with seas, ranges and forests. */
const verdance: Omit<WorldRecord, "createdAtMs"> = {
  id: sphereWorldId,
  name: sphere.name,
  ownerId: null,
  status: "active",
  spec: {
    version: 1,
    seed: 48_151,
    shape: "spherical",
    radiusM: 637_100,
    bounds: null,
    stepM: 5,
    ground: "land",
    theme: "a temperate world of wide seas, forests and long coasts",
    // A meadow at a wood's edge, 40° north, with water near by.
    spawn: { position: { x: 611_616, y: 439_599, z: 0 }, orientation: { x: 0, y: 1, z: 0 } },
    sky: defaultSky,
    dilation: 1,
    features: [],
  },
};

/** The worlds that are there from the first start. Stored once; what is stored stands. */
export const readyMadeWorlds: readonly Omit<WorldRecord, "createdAtMs">[] = [lobby, hearthvale, verdance];
