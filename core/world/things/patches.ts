import { rng } from "../../sim/rng.ts";
import type { Scene } from "../scene.ts";
import { bearingRad, compass, type Position, travel } from "../space.ts";
import { type Source, sources } from "./sources.ts";

/** Metres along a side of one patch, in the world's coordinates. */
export const patchM = 20;

const byWaterM = 5;
const hourMs = 3_600_000;

export type Patch = {
  /** Names it in the state: the place and the source. */
  readonly key: string;
  readonly source: Source;
  /** That can be taken now. */
  readonly left: number;
  /** Not yet grown again. */
  readonly missing: number;
};

/** What the land gives where somebody stands, also what has been taken and grows again. The same world gives the same. */
export function patchesAt(scene: Scene, position: Position): Patch[] {
  const { terrain, spec } = scene.place;
  if (spec.ground === "room") return [];
  const { biome } = terrain.groundAt(position.x, position.y);
  const [i, j] = [Math.floor(position.x / patchM), Math.floor(position.y / patchM)];
  const deposits = terrain.depositsAt?.(position.x, position.y) ?? [];
  let isByWater: boolean | null = null;
  return sources.flatMap((source): Patch[] => {
    const share =
      (source.share[biome] ?? 0) +
      (source.deposit && deposits.includes(source.deposit.kind) ? source.deposit.share : 0);
    if (share === 0) return [];
    const random = rng(spec.seed, "patch", i, j, source.id);
    if (random.float() >= share) return [];
    if (source.isByWater === true && !(isByWater ??= hasWaterNear(scene, position))) return [];
    const most = 1 + random.int(source.mostPerPatch);
    const key = `${i},${j}:${source.id}`;
    const missing = Math.min(most, missingOf(scene, key, source));
    return [{ key, source, left: most - missing, missing }];
  });
}

/** Of what was taken, what has not grown again: whole ones only. */
function missingOf({ state, gameMs }: Scene, key: string, { hoursEach }: Source): number {
  const patch = state.patches.get(key);
  if (patch === undefined) return 0;
  return Math.max(0, patch.taken - Math.floor((gameMs - patch.atGameMs) / (hoursEach * hourMs)));
}

function hasWaterNear({ place: { terrain, spec } }: Scene, at: Position): boolean {
  if (terrain.groundAt(at.x, at.y).isWater) return true;
  return compass.some((direction) => {
    const there = travel(spec, at, bearingRad(direction), byWaterM);
    return terrain.groundAt(there.x, there.y).isWater;
  });
}
