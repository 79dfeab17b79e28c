import { completeSpecification } from "#core/interview/complete-specification.ts";
import type { SpecificationSketch } from "#core/protocol/world-specification.ts";
import { type Inhabitants, inhabitantsOf, type Npc, npcsWithin } from "#core/world/inhabitants/inhabitants.ts";
import { readyMadeWorlds } from "#core/world/seeds.ts";
import type { WorldSpec } from "#core/world/spec.ts";
import { terrainOf } from "#core/world/terrain.ts";
import { stage } from "./stage.ts";

const valley = readyMadeWorlds[1]!.spec;
const valleyTerrain = terrainOf(valley);
const hourMs = 3_600_000;

export function valleyWith(sketch: SpecificationSketch): WorldSpec {
  return { ...valley, specification: completeSpecification(sketch, { name: "Rime", seed: valley.seed }) };
}

/** The ready-made valley on its first morning, with whoever lives there by this specification; nobody where none is given but its humans. */
export function village(sketch?: SpecificationSketch) {
  const spec = sketch === undefined ? valley : valleyWith(sketch);
  const played = stage({ spec, terrain: valleyTerrain, place: { name: "Hearthvale" } });
  played.play();
  const inhabitants: Inhabitants = inhabitantsOf(played.place);
  const { centre } = inhabitants.settlements[0]!;
  return {
    ...played,
    inhabitants,
    centre,
    /** Until this hour of the next day. */
    waitUntil(hour: number) {
      const { gameMs } = played.scene();
      played.wait(24 * hourMs - (gameMs % (24 * hourMs)) + hour * hourMs);
      played.play();
    },
    around: (radiusM = 100): Npc[] => npcsWithin(played.scene(), centre, radiusM),
  };
}
